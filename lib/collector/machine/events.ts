/** What can happen to a snapshot. */
import type { RunError } from '../../model/error.ts';
import type { Cursor } from '../../model/ids.ts';
import type { Purpose } from '../../model/ledger.ts';
import type { Handle } from '../../model/profile.ts';
import type { Estimate, Limit, WithoutDetails } from '../../model/snapshot.ts';
import type { UnexpectedEntries } from '../../model/unexpected.ts';
import type { JoinedList, KnownSoFar } from '../../model/update.ts';
import type { PageRules, Resolved } from '../../providers/adapter.ts';
import type { ProviderFailure } from '../../providers/failure.ts';

/** What a page contains, compared with the accounts that were saved before. */
export interface PageSummary {
  /** Accounts that are new. */
  readonly rows: number;
  readonly duplicates: number;
  readonly unreadable: number;
  /** Entries that were not as expected, by kind. */
  readonly unexpected?: UnexpectedEntries;
  /** How many of `rows` have no details. Absent if all have some, and if details are requested separately. */
  readonly withoutDetails?: WithoutDetails;
  /** `null` when the provider offers no more. */
  readonly next: Cursor | null;
  /** Whether the next cursor is further along, and was not offered before. */
  readonly moved: boolean;
  readonly expected: number | null;
  readonly charged: number;
  /** What it may have cost, if that is not certain; `charged` and `listed` are 0 then. */
  readonly maybeCharged?: number;
  /** What the price list says that it costs. Limits count this if `charged` is less. */
  readonly listed: number;
  /** In an update: how far it has come with this page. */
  readonly known?: KnownSoFar;
}

/** A request is sent, or has ended. */
export type RequestEvent =
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
      /** Of the whole list, for a run whose price was not known before its first page. */
      readonly estimate: Estimate | null;
      readonly fillSize: number;
    }
  /** A fill completed `count` accounts, or found that they are unavailable. */
  | {
      readonly kind: 'filled';
      readonly count: number;
      readonly unreadable: number;
      readonly unexpected?: UnexpectedEntries;
      /** How many of `count` still have no details; absent if all have some. */
      readonly withoutDetails?: WithoutDetails;
      readonly charged: number;
      /** What the price list says that it costs. */
      readonly listed: number;
      readonly fillSize: number;
    }
  /** `reserve` is what the request may have cost if the failure does not say. */
  | {
      readonly kind: 'failed';
      readonly failure: ProviderFailure;
      readonly reserve: number;
      readonly wait: number;
    }
  /** A request was in progress when the background or the browser was terminated. */
  | { readonly kind: 'interrupted'; readonly reserve: number }
  /** The browser may have sent a request twice by itself, and the provider may have charged for both. */
  | { readonly kind: 'resent'; readonly reserve: number };

/** An update's list now shows the earlier one below its own accounts. */
export interface JoinedEvent {
  readonly kind: 'joined';
  readonly newAccounts: number;
  readonly totals: Omit<JoinedList, 'newAccounts'>;
}

/** The conditions under which a run continues have changed. */
export type ConditionEvent =
  | JoinedEvent
  /** Everything that the outcome depended on is done. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'limited'; readonly by: Limit }
  /** The next request would cost more than the user has approved. */
  | { readonly kind: 'approval-needed' }
  /** A run that a page button started may spend up to this cap, from the amount that such runs share. */
  | { readonly kind: 'grant'; readonly cap: number }
  | { readonly kind: 'offline'; readonly wait: number }
  | { readonly kind: 'online' }
  | { readonly kind: 'blocked'; readonly trouble: RunError }
  /** The browser permits requests to the provider again. */
  | { readonly kind: 'permitted' }
  /** The storage can be written again. */
  | { readonly kind: 'storage-works' };

/** The user decided something. */
export type CommandEvent =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'confirm';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
      /** What looking up the profile costs, if that is still to be done; else 0. */
      readonly lookUp: number;
      /** Whether only the request that states the count is approved: the price that it leads to is asked for. */
      readonly check?: boolean;
    }
  /**
   * Tries a run of a batch again that failed, was stopped, reached a limit, or needs the user. It stays within the limit
   * that it shares; `cap` is the most that it may spend of it.
   */
  | { readonly kind: 'retry'; readonly cap: number }
  /** The user changed the limit that the run shares. */
  | { readonly kind: 'limit-changed'; readonly cap: number }
  /** Continues a list that ended before its end. */
  | {
      readonly kind: 'continue';
      readonly howMany: number | null;
      readonly cap: number;
      readonly estimate: Estimate;
      /** Whether the user has to approve the price before anything is spent. */
      readonly needsApproval: boolean;
    };

export type Event = RequestEvent | ConditionEvent | CommandEvent;
