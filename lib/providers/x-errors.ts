/**
 * X's own error codes, in API v1.1 and inside GraphQL answers that are passed through. Vendor: developer.x.com,
 * "Response codes"; those not listed there are observed.
 */
import { readWords, type ErrorMeaning } from './error-response.ts';

export type XErrorMeaning =
  | 'no-such-profile'
  | 'suspended'
  | 'private'
  | 'too-fast'
  /** The credentials with which X was asked are bad. */
  | 'credentials'
  /** The credentials are good, and not allowed to ask this. */
  | 'access'
  | 'internal';

const CODES: Readonly<Record<number, XErrorMeaning>> = {
  17: 'no-such-profile',
  50: 'no-such-profile',
  63: 'suspended',
  22: 'private',
  179: 'private',
  88: 'too-fast',
  32: 'credentials',
  89: 'credentials',
  99: 'credentials',
  215: 'credentials',
  37: 'access',
  64: 'access',
  87: 'access',
  93: 'access',
  200: 'access',
  220: 'access',
  326: 'access',
  453: 'access',
  29: 'internal',
  130: 'internal',
  131: 'internal',
};

/** What one of X's codes means; `null` where it is unknown. */
export function meaningOfXCode(code: number | null): XErrorMeaning | null {
  return code === null ? null : (CODES[code] ?? null);
}

/**
 * Whether a problem (RFC 9457) is X's own: its type is one of X's or says nothing. A gateway before X speaks in the same
 * form, with a type of its own.
 */
export function isOwnProblem(problem: {
  readonly type: string | null;
  readonly title: string | null;
  readonly message?: string | null;
  readonly code?: number | null;
}): boolean {
  const { type, title, message = null, code = null } = problem;
  if (type !== null) return type === 'about:blank' || type.includes('/problems/');
  return title !== null || message !== null || code !== null;
}

/** A missing profile, with whether X's sentence says that it was suspended. */
export function withSuspension(
  meaning: Extract<ErrorMeaning, { kind: 'no-such-profile' }>,
  message: string | null,
  handle: string | null,
): ErrorMeaning {
  const says = (text: string) =>
    /\bsuspended\b/i.test(text) ? ({ ...meaning, suspended: true } as const) : null;
  return message === null ? meaning : (readWords(message, handle, says) ?? meaning);
}
