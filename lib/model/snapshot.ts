/** One collection of a list, from its start to its end. Times are epoch milliseconds. */
import type { Trouble } from './error.ts';
import { type AccountId, type ProviderId, SAMPLE_PROVIDER, type SnapshotId } from './ids.ts';
import type { Unit } from './money.ts';
import type { Platform, Relation } from './platform.ts';
import type { Handle, ProfileFacts } from './profile.ts';
import type { UnexpectedEntries } from './unexpected.ts';

/** How many accounts have no details: only their ID is known. */
export interface WithoutDetails {
  readonly idsOnly: number;
  /** Of these, the ones that a lookup left out: suspended or deleted since they were listed. */
  readonly unavailable: number;
}

/** Which limit ended a run. */
export type Limit = 'rows' | 'cap' | 'monthly';

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'ended-early' }
  | { readonly kind: 'capped'; readonly by: Limit }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'failed'; readonly trouble: Trouble };

export type State =
  | { readonly kind: 'queued' }
  /** The price is known and above what may be spent unasked; nothing is sent until the user decides. */
  | { readonly kind: 'confirming' }
  | { readonly kind: 'resolving' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly until: number; readonly attempt: number; readonly trouble: Trouble }
  /**
   * `price` is the most that another try can cost, in the provider's unit, where the tries before were charged or may
   * have been: then the user approves that price.
   */
  | { readonly kind: 'blocked'; readonly trouble: Trouble; readonly price?: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/** What a run is expected to cost, said before it is spent. */
export interface Estimate {
  readonly rows: number | null;
  readonly requests: number | null;
  /** In the provider's unit; `null` when the count is unknown. */
  readonly amount: number | null;
  readonly seconds: number | null;
}

/** One collection of one relation of one profile by one provider, at one time. */
export interface Snapshot {
  readonly id: SnapshotId;
  readonly platform: Platform;
  /** In the spelling of the platform once known, of the user before. */
  readonly handle: Handle;
  readonly handleKey: string;
  readonly profileId: AccountId | null;
  /** When the provider accepted the handle; `null` until then. */
  readonly resolvedAt: number | null;
  readonly relation: Relation;
  readonly provider: ProviderId;
  readonly startedFrom: 'page' | 'own';
  readonly createdAt: number;
  /** When the first list page was asked for. */
  readonly startedAt: number | null;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  /**
   * When the run last began to go on, and how many rows it had: what its pace is measured from. `wait` is the last wait
   * for a rate limit since then: when it ends, and the rows before it.
   */
  readonly pace: {
    readonly from: number;
    readonly rows: number;
    readonly wait?: { readonly until: number; readonly rows: number };
  } | null;
  /** When the user last looked at it after it ended. */
  readonly openedAt: number | null;
  readonly state: State;
  readonly facts: ProfileFacts | null;
  /** Whether id and facts are the word of the profile's own page, for which nothing was paid. */
  readonly hinted: boolean;
  readonly expected: number | null;
  /** How many accounts the user asked for; `null` is all. */
  readonly howMany: number | null;
  readonly unit: Unit;
  /** The most this run may spend, in `unit`, resolving included. */
  readonly cap: number;
  /** Whether the user chose this cap. If not, an estimate above it asks the user first. */
  readonly confirmed: boolean;
  readonly estimate: Estimate | null;
  readonly pages: number;
  readonly rows: number;
  readonly duplicates: number;
  /** Accounts in answers that could not be read. */
  readonly unreadable: number;
  /** Entries that were not as expected, by kind; lists of early versions do not know. */
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
  /** Of requests whose answer was lost: the provider may have charged for them. */
  readonly maybeCharged: number;
  /** By how much responses claimed to cost less than the price list, summed: limits count the price list. */
  readonly undercharged?: number;
  /** Pages in a row without a new id. */
  readonly pagesWithoutNew: number;
  /** Tries in a row of the present request that failed and were charged, or may have been. */
  readonly losses: number;
  /** Retries in a row of a request that failed. */
  readonly attempt: number;
  /** Accounts whose details are known: all rows, or of a list that comes as ids those that were looked up so far. */
  readonly filled: number;
  /** How many of the `filled` ones have no details after all; lists of early versions do not know. */
  readonly withoutDetails?: WithoutDetails;
  /** The outcome that the pages came to, while accounts are still to be filled in. */
  readonly ending: Outcome | null;
  /** The origins that its requests went to, in the order of the first to each; lists of early versions do not know. */
  readonly origins?: readonly string[];
  /**
   * Of a list that came with a backup: the profile's id as the file states it, until a look-up confirms it before the
   * run goes on.
   */
  readonly idFromBackup?: AccountId;
  /** When the user deleted it. It is hidden since, and gone for good once it cannot be undone any more. */
  readonly deletedAt?: number;
}

/** Whether nothing more will happen to the snapshot by itself or by a resume. */
export function hasEnded(state: State): state is Extract<State, { kind: 'ended' }> {
  return state.kind === 'ended';
}

/**
 * What limits are checked against, in the run's unit: what was charged and what may have been, and where responses
 * claimed to cost less than the price list, the price list.
 */
export function countedSpending({
  charged,
  maybeCharged,
  undercharged = 0,
}: Pick<Snapshot, 'charged' | 'maybeCharged' | 'undercharged'>): number {
  return charged + maybeCharged + undercharged;
}

/** How many accounts to speak of: while a list of ids is being filled in, those whose details are known. */
export function shownRows({ rows, filled, state }: Pick<Snapshot, 'rows' | 'filled' | 'state'>): number {
  return hasEnded(state) ? rows : filled;
}

/** Whether a list that has ended is there to be opened instead of being paid for again: not one that holds nothing. */
export function isWorthOpening({ state, rows }: Pick<Snapshot, 'state' | 'rows'>): boolean {
  return hasEnded(state) && (rows > 0 || state.outcome.kind === 'complete');
}

/** Whether a list is the sample, whose accounts are made up. */
export function isSample({ provider }: Pick<Snapshot, 'provider'>): boolean {
  return provider === SAMPLE_PROVIDER;
}

/** How long the deletion of a list can be undone, milliseconds. */
export const UNDO_TIME = 10_000;
