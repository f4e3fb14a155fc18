/** Why a run waits, is blocked, or failed. */

/**
 * Errors of the storage as a whole: no space; an older version open in another tab; this version meanwhile replaced by a
 * newer one; a database that a newer version wrote; an upgrade that failed; a connection that the browser closed; anything
 * else that the browser cannot read or write.
 */
export const storageErrors = [
  'full',
  'older-tab',
  'outdated',
  'newer',
  'upgrade',
  'closed',
  'broken',
] as const;

export type StorageError = (typeof storageErrors)[number];

/**
 * Why a run waits, is blocked, or failed. `said` is the provider's own message, without keys and shortened. Each kind has
 * its own message on screen, because each requires a different action of the user.
 */
export type RunError =
  | { readonly kind: 'no-key' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'no-permission'; readonly origin: string }
  | { readonly kind: 'bad-key'; readonly said: string | null }
  | {
      readonly kind: 'no-credit';
      readonly required: number | null;
      readonly available: number | null;
      readonly said: string | null;
    }
  | { readonly kind: 'not-allowed'; readonly said: string | null }
  /** `suspended` where the provider states it; otherwise the reason is unknown. */
  | { readonly kind: 'no-such-profile'; readonly said: string | null; readonly suspended?: boolean }
  | { readonly kind: 'private-profile'; readonly said: string | null }
  | { readonly kind: 'hidden-list'; readonly said: string | null }
  | { readonly kind: 'too-fast'; readonly said: string | null }
  | { readonly kind: 'provider-broken'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'refused-request'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'redirect-refused' }
  | { readonly kind: 'unreadable'; readonly status: number; readonly why: string }
  /** The response was not read beyond so many megabytes, and is not stored. */
  | { readonly kind: 'too-large'; readonly megabytes: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'offline' }
  /** `price` is the most that another attempt can cost, in the provider's unit; early versions did not store it. */
  | { readonly kind: 'lost-answers'; readonly times: number; readonly price?: number }
  /** This version has no adapter that can continue the list: the provider is unknown, or does not offer such lists. */
  | { readonly kind: 'unknown-provider' }
  /** The lookup of a restored list's handle returned another account than the one that the list was collected from. */
  | { readonly kind: 'other-profile' }
  /** `name` is a {@link StorageError}, or the name of an error that has no message of its own. */
  | { readonly kind: 'storage'; readonly name: string };

export type RunErrorKind = RunError['kind'];
