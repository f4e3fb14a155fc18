/** How a call to a provider fails: what it means, what it cost, and whether the same may succeed later. */
import type { Trouble } from '../model/error.ts';

/** The troubles that a provider's answer, or its absence, can mean. */
export type ProviderTrouble = Extract<
  Trouble,
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

/** Why a call gave no result, and what it means for money and for trying again. */
export interface ProviderFailure {
  readonly trouble: ProviderTrouble;
  /**
   * What the failed call cost in the provider's unit: 0 when it is known to be free, `null` when it may have been
   * charged (no whole answer arrived, none that could be understood, or none by the provider itself).
   */
  readonly charged: number | null;
  /**
   * Whether the same request may succeed later by itself. Where `charged` is not 0 every retry can cost as much again:
   * then it may be retried once by itself, and after that only when the user has agreed to the price.
   */
  readonly retryable: boolean;
  /** Milliseconds to wait before the next try, by the provider's own headers and clock; `null` when it named none. */
  readonly retryAfter: number | null;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ProviderFailure };

/** A failure whose cost is stated with it. */
export function failure(
  trouble: ProviderTrouble,
  rest: {
    readonly charged: number | null;
    readonly retryable?: boolean;
    readonly retryAfter?: number | null;
  },
): { readonly ok: false; readonly failure: ProviderFailure } {
  return {
    ok: false,
    failure: {
      trouble,
      charged: rest.charged,
      retryable: rest.retryable ?? false,
      retryAfter: rest.retryAfter ?? null,
    },
  };
}
