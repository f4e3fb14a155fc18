/** What can happen to a snapshot. */
import type { Trouble } from '../../model/error.ts';
import type { Cursor } from '../../model/ids.ts';
import type { Purpose } from '../../model/ledger.ts';
import type { Handle } from '../../model/profile.ts';
import type { Estimate, Limit, WithoutDetails } from '../../model/snapshot.ts';
import type { UnexpectedEntries } from '../../model/unexpected.ts';
import type { PageRules, Resolved } from '../../providers/adapter.ts';
import type { ProviderFailure } from '../../providers/failure.ts';

/** What a page brought, after its accounts were compared with those kept before. */
export interface PageSummary {
  /** Accounts that are new. */
  readonly rows: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** Entries that were not as expected, by kind. */
  readonly unexpected?: UnexpectedEntries;
  /** How many of `rows` have no details, where a page brings details; absent where all have some. */
  readonly withoutDetails?: WithoutDetails;
  /** `null` when the provider offers no more. */
  readonly next: Cursor | null;
  /** Whether the next cursor is further along, and none that was offered before. */
  readonly moved: boolean;
  readonly expected: number | null;
  readonly charged: number;
  /** What the price list says that it costs: what limits count where `charged` is less. */
  readonly listed: number;
}

export type Event =
  /** `origin` is where the request goes. */
  | { readonly kind: 'sending'; readonly purpose: Purpose; readonly origin: string }
  | {
      readonly kind: 'resolved';
      readonly resolved: Omit<Resolved, 'handle'> & { readonly handle: Handle };
      readonly estimate: Estimate;
      /** What the price list says that it costs. */
      readonly listed: number;
    }
  | {
      readonly kind: 'page';
      readonly page: PageSummary;
      readonly rules: Pick<PageRules, 'withoutNewUntilStalled'>;
      /** Of the whole list, for a run whose price could not be told before its first page. */
      readonly estimate: Estimate | null;
      readonly fillSize: number;
    }
  /** A look-up completed `count` accounts, or found them gone. */
  | {
      readonly kind: 'filled';
      readonly count: number;
      readonly unreadable: number;
      readonly unexpected?: UnexpectedEntries;
      /** How many of `count` have no details after all; absent where all have some. */
      readonly withoutDetails?: WithoutDetails;
      readonly charged: number;
      /** What the price list says that it costs. */
      readonly listed: number;
      readonly fillSize: number;
    }
  | { readonly kind: 'finish' }
  /** `charged` is what the request may have cost where the failure does not say. */
  | {
      readonly kind: 'failed';
      readonly failure: ProviderFailure;
      readonly reserve: number;
      readonly wait: number;
    }
  /** A request that was under way when the worker or the browser ended. */
  | { readonly kind: 'interrupted'; readonly reserve: number }
  /** The browser may have sent a request twice by itself; the provider may have charged for both. */
  | { readonly kind: 'resent'; readonly reserve: number }
  | { readonly kind: 'ask' }
  /** A run that a page button started gets this cap out of what such runs may spend unasked together. */
  | { readonly kind: 'grant'; readonly cap: number }
  | { readonly kind: 'limited'; readonly by: Limit }
  | { readonly kind: 'offline'; readonly wait: number }
  /** The browser is connected again. */
  | { readonly kind: 'online' }
  /** The browser lets us reach the provider again. */
  | { readonly kind: 'permitted' }
  | { readonly kind: 'blocked'; readonly trouble: Trouble }
  /** The storage can be written again. */
  | { readonly kind: 'room' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'confirm';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
      /** What looking the profile up costs, where that is still to come; else 0. */
      readonly lookUp: number;
    }
  /** Goes on with a list that ended before its end. */
  | {
      readonly kind: 'continue';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
      /** Whether the price is to be confirmed before anything is spent. */
      readonly asks: boolean;
    };
