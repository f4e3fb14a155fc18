/** How the user wants a list to be kept up to date. Types only: messages import this. */
import type { ProviderId } from '../../model/ids.ts';
import type { Interval } from '../../model/watch.ts';

/** What the user wants for a list. Amounts are in the provider's unit. */
export type WatchSetting =
  | { readonly kind: 'off' }
  | { readonly kind: 'remind'; readonly every: Interval }
  | {
      readonly kind: 'update';
      readonly every: Interval;
      readonly provider: ProviderId;
      /** The most that it may spend in a calendar month. */
      readonly allowance: number;
      readonly fullEvery: number | null;
    };

export type WatchResult = 'saved' | 'gone' | 'no-limit' | 'no-provider';
