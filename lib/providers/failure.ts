/** How a call to a provider fails: the error, its cost, and whether a retry may succeed. */
import type { RunError } from '../model/error.ts';

/** The errors that a provider's response, or a missing response, can mean. */
export type ProviderError = Extract<
  RunError,
  {
    kind:
      | 'bad-key'
      | 'no-credit'
      | 'not-allowed'
      | 'no-such-profile'
      | 'private-profile'
      | 'hidden-list'
      | 'too-fast'
      | 'provider-broken'
      | 'refused-request'
      | 'redirect-refused'
      | 'unreadable'
      | 'too-large'
      | 'unreachable';
  }
>;

export interface ProviderFailure {
  readonly trouble: ProviderError;
  /**
   * What the failed call cost in the provider's unit: 0 if it is known to be free, `null` if it may have been charged
   * (the response was incomplete, not understood, or not from the provider itself).
   */
  readonly charged: number | null;
  /**
   * The most that it may have cost, if `charged` is `null` and the price list says more than that it cost no more than a
   * good response: the minimum of a request that returns nothing.
   */
  readonly atMost?: number;
  /**
   * Whether the same request may succeed later. If `charged` is not 0, every retry can cost as much again: then it may be
   * retried once automatically, and after that only with the user's approval of the price.
   */
  readonly retryable: boolean;
  /** Milliseconds to wait before the next attempt, from the provider's headers and clock; `null` if it states none. */
  readonly retryAfter: number | null;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ProviderFailure };

export function failure(
  runError: ProviderError,
  rest: {
    readonly charged: number | null;
    readonly atMost?: number | undefined;
    readonly retryable?: boolean;
    readonly retryAfter?: number | null;
  },
): { readonly ok: false; readonly failure: ProviderFailure } {
  return {
    ok: false,
    failure: {
      trouble: runError,
      charged: rest.charged,
      ...(rest.atMost === undefined ? {} : { atMost: rest.atMost }),
      retryable: rest.retryable ?? false,
      retryAfter: rest.retryAfter ?? null,
    },
  };
}
