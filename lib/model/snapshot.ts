/** One collection of a list, from its start to its end. Times are epoch milliseconds. */
import type { BatchId } from './batch.ts';
import type { BudgetId } from './budget.ts';
import type { RunError } from './error.ts';
import { type AccountId, type ProviderId, SAMPLE_PROVIDER, type SnapshotId } from './ids.ts';
import type { Unit } from './money.ts';
import type { Platform, Relation } from './platform.ts';
import type { Handle, ProfileFacts } from './profile.ts';
import type { UnexpectedEntries } from './unexpected.ts';
import type { Update } from './update.ts';

/** How many accounts have no details: only their ID is known. */
export interface WithoutDetails {
  readonly idsOnly: number;
  /** Of these, the ones that a lookup left out: suspended or deleted since they were listed. */
  readonly unavailable: number;
}

/** Which limit ended a run. `shared` is one that it shares with other runs. */
export type Limit = 'rows' | 'cap' | 'monthly' | 'shared';

export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'ended-early' }
  /** An update reached the accounts that were known before. Who left since then is unknown. */
  | { readonly kind: 'updated' }
  | { readonly kind: 'capped'; readonly by: Limit }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'stalled' }
  | { readonly kind: 'failed'; readonly trouble: RunError };

export type State =
  | { readonly kind: 'queued' }
  /** The price is known and above what may be spent without asking; nothing is sent until the user decides. */
  | { readonly kind: 'confirming' }
  | { readonly kind: 'resolving' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting'; readonly until: number; readonly attempt: number; readonly trouble: RunError }
  /**
   * `price` is the most that another attempt can cost, in the provider's unit, where earlier attempts were charged or may
   * have been: then the user has to approve that price.
   */
  | { readonly kind: 'blocked'; readonly trouble: RunError; readonly price?: number }
  | { readonly kind: 'paused' }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

/** What a run is expected to cost, shown before it is spent. */
export interface Estimate {
  readonly rows: number | null;
  readonly requests: number | null;
  /** In the provider's unit; `null` when the count is unknown. */
  readonly amount: number | null;
  /**
   * What has to be available beyond the amount, because even the smallest request can return more than the last few
   * accounts; absent where it cannot.
   */
  readonly margin?: number;
  readonly seconds: number | null;
}

/** The most that a run may need to spend so that the estimate comes true; `null` when the count is unknown. */
export function neededFor({ amount, margin = 0 }: Pick<Estimate, 'amount' | 'margin'>): number | null {
  return amount === null ? null : amount + margin;
}

/** A file that was exported from a list, so that it can be recognized later. */
export interface ExportedFile {
  readonly name: string;
  /** How many accounts it contains. */
  readonly rows: number;
  readonly bytes: number;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  readonly writtenAt: number;
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
  /** When the first page was requested. */
  readonly startedAt: number | null;
  readonly updatedAt: number;
  readonly endedAt: number | null;
  /**
   * When the run was last started or resumed, and how many rows it had then: the basis for its pace. `wait` is the last
   * wait for a rate limit since then: when it ends, and the rows before it.
   */
  readonly pace: {
    readonly from: number;
    readonly rows: number;
    readonly wait?: { readonly until: number; readonly rows: number };
  } | null;
  /** When the user last opened it after it ended. */
  readonly openedAt: number | null;
  readonly state: State;
  readonly facts: ProfileFacts | null;
  /** Whether ID and facts come from the profile's own page, for which nothing was paid. */
  readonly hinted: boolean;
  readonly expected: number | null;
  /** How many accounts the user requested; `null` is all. */
  readonly howMany: number | null;
  readonly unit: Unit;
  /** The most this run may spend, in `unit`, including the lookup of the handle. */
  readonly cap: number;
  /** Whether the user chose this cap. If not, an estimate above it asks the user first. */
  readonly confirmed: boolean;
  readonly estimate: Estimate | null;
  readonly pages: number;
  readonly rows: number;
  readonly duplicates: number;
  /** Accounts in responses that could not be read. */
  readonly unreadable: number;
  /** Entries that were not as expected, by kind; unknown in lists of early versions. */
  readonly unexpected?: UnexpectedEntries;
  readonly charged: number;
  /** For requests whose response was lost: the provider may have charged for them. */
  readonly maybeCharged: number;
  /** By how much responses claimed to cost less than the price list, summed: limits count the price list. */
  readonly undercharged?: number;
  /** Consecutive pages without a new ID. */
  readonly pagesWithoutNew: number;
  /** Consecutive attempts at the current request that failed and were charged, or may have been. */
  readonly losses: number;
  /** Consecutive retries of a request that failed. */
  readonly attempt: number;
  /** Accounts whose details are known: all rows, or in a list of IDs, those that were looked up so far. */
  readonly filled: number;
  /** How many of the `filled` ones have no details after all; lists of early versions do not know. */
  readonly withoutDetails?: WithoutDetails;
  /** The outcome of the pages, while accounts are still being looked up. */
  readonly ending: Outcome | null;
  /** The origins that its requests were sent to, by the first request to each; unknown in lists of early versions. */
  readonly origins?: readonly string[];
  /**
   * In a list restored from a backup: the profile's ID as the file states it, until a lookup confirms it before the run
   * resumes.
   */
  readonly idFromBackup?: AccountId;
  /** When the user moved it to the trash. It is hidden everywhere else, and deleted after {@link TRASH_TIME}. */
  readonly deletedAt?: number;
  /** The user's own name for the list. It is shown instead of its relation and time. */
  readonly name?: string;
  /** The user's own notes. */
  readonly notes?: string;
  /** The files that were exported from it, newest first, at most {@link MAX_FILES}. */
  readonly files?: readonly ExportedFile[];
  /** If it brings an earlier list up to date: how, and how far it got. */
  readonly update?: Update;
  /** The batch that it was started with. */
  readonly batch?: BatchId;
  /** The limit that it shares with other runs. */
  readonly budget?: BudgetId;
  /**
   * Its place in the queue of its provider, if that isn't the time when it was created: runs with a smaller number come
   * first. In milliseconds, like the time.
   */
  readonly turn?: number;
}

/** The place of a run in the queue of its provider: those with a smaller number come first. */
export function turnOf({ turn, createdAt }: Pick<Snapshot, 'turn' | 'createdAt'>): number {
  return turn ?? createdAt;
}

/** Whether nothing more will happen to the snapshot by itself or by a resume. */
export function hasEnded(state: State): state is Extract<State, { kind: 'ended' }> {
  return state.kind === 'ended';
}

/**
 * What limits count, in the run's unit: what was charged and what may have been, and where responses claimed to cost less
 * than the price list, the price list.
 */
export function countedSpending({
  charged,
  maybeCharged,
  undercharged = 0,
}: Pick<Snapshot, 'charged' | 'maybeCharged' | 'undercharged'>): number {
  return charged + maybeCharged + undercharged;
}

/** How many accounts to show: while a list of IDs is being looked up, those whose details are known. */
export function shownRows({ rows, filled, state }: Pick<Snapshot, 'rows' | 'filled' | 'state'>): number {
  return hasEnded(state) ? rows : filled;
}

/** Whether an ended list is opened instead of being paid for again: not if it is empty without being complete. */
export function isWorthOpening({ state, rows }: Pick<Snapshot, 'state' | 'rows'>): boolean {
  return hasEnded(state) && (rows > 0 || state.outcome.kind === 'complete');
}

/** Whether a list is the sample, whose accounts are made up. */
export function isSample({ provider }: Pick<Snapshot, 'provider'>): boolean {
  return provider === SAMPLE_PROVIDER;
}

/**
 * Whether a run ended without anything to show: no such profile, a private one, stopped before the first account, or of a
 * batch whose limit left nothing for it. It leaves no list, only an entry in the log of recent collections.
 */
export function collectedNothing({ state, rows }: Pick<Snapshot, 'state' | 'rows'>): boolean {
  if (!hasEnded(state) || rows > 0) return false;
  const { outcome } = state;
  return (
    outcome.kind === 'failed' ||
    outcome.kind === 'stopped' ||
    (outcome.kind === 'capped' && outcome.by === 'shared')
  );
}

/** Whether a run of a batch waits for its turn. It is shown in the queue, and among the lists only once it has begun. */
export function waitsInBatch({ batch, state }: Pick<Snapshot, 'batch' | 'state'>): boolean {
  return batch !== undefined && state.kind === 'queued';
}

/** How long undo is offered after a list was moved to the trash, milliseconds. */
export const UNDO_TIME = 10_000;
/** How long lists stay in the trash, and entries in the log of recent collections, milliseconds. */
export const TRASH_TIME = 30 * 86_400_000;
/** The longest name of a list, and the longest notes, in UTF-16 code units. */
export const MAX_NAME_LENGTH = 200;
export const MAX_NOTES_LENGTH = 10_000;
/** How many exported files a list remembers. */
export const MAX_FILES = 50;
