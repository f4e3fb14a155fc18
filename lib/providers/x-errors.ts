/**
 * X's error codes, in API v1.1 and in forwarded GraphQL responses. Source: developer.x.com, "Response codes"; codes that
 * are not listed there were observed.
 */
import { readErrorText, type ErrorMeaning } from './error-response.ts';

export type XErrorMeaning =
  | 'no-such-profile'
  | 'suspended'
  | 'private'
  | 'too-fast'
  /** The credentials are invalid. */
  | 'credentials'
  /** The credentials are valid but do not permit this request. */
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

/** What one of X's codes means; `null` if it is unknown. */
export function meaningOfXCode(code: number | null): XErrorMeaning | null {
  return code === null ? null : (CODES[code] ?? null);
}

/**
 * Whether a problem (RFC 9457) is X's own: its type is one of X's, or unspecified. A gateway in front of X uses the same
 * format with another type.
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

/** Adds to a missing profile whether X's message states that it was suspended. */
export function withSuspension(
  meaning: Extract<ErrorMeaning, { kind: 'no-such-profile' }>,
  message: string | null,
  handle: string | null,
): ErrorMeaning {
  const readSuspension = (text: string) =>
    /\bsuspended\b/i.test(text) ? ({ ...meaning, suspended: true } as const) : null;
  return message === null ? meaning : (readErrorText(message, handle, readSuspension) ?? meaning);
}
