/** Why a run waits, is blocked, or failed. */

/**
 * What can be wrong with the storage as a whole: no room; an older version open in another tab; this version replaced
 * by a newer one meanwhile; a database that a newer version wrote; an upgrade that failed; a connection that the
 * browser closed; anything else that the browser cannot read or write.
 */
export const storageTroubles = [
  'full',
  'older-tab',
  'outdated',
  'newer',
  'upgrade',
  'closed',
  'broken',
] as const;

export type StorageTrouble = (typeof storageTroubles)[number];

/**
 * Why a run waits, is blocked or failed. `said` is the provider's own sentence, cleaned of keys and cut short.
 * Each kind has its own words on the screen, because each asks something else of the user.
 */
export type Trouble =
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
  /** `suspended` where the provider says so; otherwise nobody knows why there is no such profile. */
  | { readonly kind: 'no-such-profile'; readonly said: string | null; readonly suspended?: boolean }
  | { readonly kind: 'private-profile'; readonly said: string | null }
  | { readonly kind: 'hidden-list'; readonly said: string | null }
  | { readonly kind: 'too-fast'; readonly said: string | null }
  | { readonly kind: 'provider-broken'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'refused-request'; readonly status: number; readonly said: string | null }
  | { readonly kind: 'redirect-refused' }
  | { readonly kind: 'unreadable'; readonly status: number; readonly why: string }
  /** The answer was not read on beyond so many megabytes, and is not kept. */
  | { readonly kind: 'too-large'; readonly megabytes: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'offline' }
  /** `price` is the most that another try can cost, in the provider's unit; early versions did not keep it. */
  | { readonly kind: 'lost-answers'; readonly times: number; readonly price?: number }
  /** This version has no adapter that can continue the list: its provider, or what is asked of it, is not known here. */
  | { readonly kind: 'unknown-provider' }
  /** The look-up of a restored list's handle gave another account than the one that the list was collected from. */
  | { readonly kind: 'other-profile' }
  /** `name` is a {@link StorageTrouble}, or the name of an error that has no sentence of its own. */
  | { readonly kind: 'storage'; readonly name: string };

export type TroubleKind = Trouble['kind'];
