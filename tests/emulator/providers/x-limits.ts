/** Shared by both versions of the X API: the bearer token, and the rate limit headers. */
import type { IncomingHttpHeaders } from 'node:http';
import { header } from '../exchange.ts';
import type { Allowance } from '../keys.ts';

export function bearerIn(headers: IncomingHttpHeaders): string | null {
  const [, token] = /^Bearer (\S+)$/.exec(header(headers, 'authorization') ?? '') ?? [];
  return token ?? null;
}

/** `x-rate-limit-reset` is in epoch seconds. */
export function rateLimitHeaders(allowance: Allowance | null): Record<string, string> {
  if (allowance === null) return {};
  return {
    'x-rate-limit-limit': String(allowance.limit),
    'x-rate-limit-remaining': String(allowance.remaining),
    'x-rate-limit-reset': String(allowance.resetAt),
  };
}
