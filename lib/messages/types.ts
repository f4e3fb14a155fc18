/**
 * The messages between contexts. Types only: the content script imports this file and {@link ./send.ts}, and must not
 * load a schema library. The receiver validates with {@link ./receive.ts}.
 *
 * No message contains a key, a host, or a list. A message from a page names no profile: the background takes the profile
 * from the sender's tab.
 */
import type { ExportId, ExportOrder, ExportState } from '../export/jobs/job.ts';
import type { NewBatch } from '../collector/batches.ts';
import type { BatchId } from '../model/batch.ts';
import type { WatchResult, WatchSetting } from '../collector/watch/setting.ts';
import type { RunError } from '../model/error.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';
import type { Outcome, WithoutDetails } from '../model/snapshot.ts';
import type { QueueMove } from '../store/queue-order.ts';
import type { WatchId } from '../model/watch.ts';

/** How many accounts: a number, or `null` for all. */
export type HowMany = number | null;

/** What is needed to display a run: numbers and kinds, but no text and no accounts. */
export interface RunView {
  readonly snapshotId: SnapshotId;
  readonly relation: Relation;
  readonly providerName: string;
  readonly state:
    | { readonly kind: 'queued' | 'confirming' | 'resolving' | 'running' | 'paused' }
    | { readonly kind: 'waiting'; readonly until: number; readonly trouble: RunError }
    | { readonly kind: 'blocked'; readonly trouble: RunError }
    | { readonly kind: 'ended'; readonly outcome: Outcome };
  readonly rows: number;
  /** How many of all accounts have no details, as far as is known. */
  readonly withoutDetails?: WithoutDetails;
  /** In an update that reached the known accounts: how many are new. */
  readonly newAccounts?: number;
  readonly expected: number | null;
  readonly howMany: HowMany;
  readonly unit: Unit;
  readonly charged: number;
  readonly maybeCharged: number;
  readonly cap: number;
  /** What the whole run is expected to cost; `null` when unknown. */
  readonly estimate: number | null;
  /** When the run is expected to end, epoch milliseconds. */
  readonly doneAt: number | null;
  readonly endedAt: number | null;
}

/** What a click on the page button would start, and what that costs: texts in the user's language. */
export interface PageOffer {
  readonly label: string;
  readonly detail: string;
}

/** What the button on a profile page shows. */
export interface PageView {
  readonly platform: Platform;
  readonly handle: string;
  /** False if the user turned off the button on pages. */
  readonly button: boolean;
  /** Whether some provider that can collect this platform's followers has a key. */
  readonly hasKey: boolean;
  /** The profile's run or newest list, if any. */
  readonly run: RunView | null;
  /** By relation; `null` where a click spends nothing. */
  readonly offers: Readonly<Record<Relation, PageOffer | null>>;
}

/** What the page states about the profile, at no cost: used for estimates, and for the ID, which saves a lookup. */
export interface PageHint {
  readonly handle: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly followers: number | null;
  readonly following: number | null;
}

/** The profile that the active tab shows. */
export interface ActiveProfile {
  readonly tabId: number;
  readonly platform: Platform;
  readonly handle: string;
  readonly hint: PageHint | null;
}

export interface StartRequest {
  readonly platform: Platform;
  readonly handle: string;
  readonly relation: Relation;
  /** `null` uses the preferred provider among those that have a key. */
  readonly provider: ProviderId | null;
  readonly howMany: HowMany;
  /** The most to spend, in the provider's unit; `null` uses the approval threshold. */
  readonly cap: number | null;
  /** Collects the list again even if a finished one exists. */
  readonly again: boolean;
  /** Only the request that states the count is approved, with `cap`. The price that it leads to is asked for. */
  readonly check?: boolean | undefined;
}

export type StartResponse =
  | { readonly kind: 'started' | 'joined' | 'exists'; readonly snapshotId: SnapshotId }
  | { readonly kind: 'no-key' };

export type BatchStartResponse =
  { readonly kind: 'started'; readonly batchId: BatchId } | { readonly kind: 'no-key' | 'unsupported' };

/** Messages by name: the request, the response, and who may send it. */
export interface Messages {
  /** From a content script: requests the state of its tab's profile, and sends the page's own data about it as text. */
  'page.state': { from: 'page'; request: { schema: readonly string[] }; response: PageView | null };
  /** From a content script, after a trusted click on the button. */
  'page.start': { from: 'page'; request: { relation: Relation }; response: PageView | null };
  'page.pause': { from: 'page'; request: Record<never, never>; response: PageView | null };
  'page.resume': { from: 'page'; request: Record<never, never>; response: PageView | null };
  'page.stop': { from: 'page'; request: Record<never, never>; response: PageView | null };
  /** Opens the profile's run or list in an extension page. */
  'page.open': { from: 'page'; request: Record<never, never>; response: null };

  'run.start': { from: 'extension'; request: StartRequest; response: StartResponse };
  /** Brings a list up to date. `cap` is the most to spend, in the provider's unit; `null` uses the approval threshold. */
  'run.update': {
    from: 'extension';
    request: { snapshotId: SnapshotId; cap: number | null };
    response: StartResponse | { readonly kind: 'gone' };
  };
  /** The user approved the price of a run that is `confirming`. */
  'run.confirm': {
    from: 'extension';
    request: { snapshotId: SnapshotId; howMany: HowMany; cap: number; check?: boolean | undefined };
    response: null;
  };
  'run.pause': { from: 'extension'; request: { snapshotId: SnapshotId }; response: null };
  /** Resumes a run that is paused, waiting, or blocked. */
  'run.resume': { from: 'extension'; request: { snapshotId: SnapshotId }; response: null };
  /** Parses a stored response again that could not be parsed; responds whether it could be now. Costs nothing. */
  'run.read-again': { from: 'extension'; request: { snapshotId: SnapshotId }; response: boolean };
  'run.stop': { from: 'extension'; request: { snapshotId: SnapshotId }; response: null };
  /** Continues a list that ended early from its last page, with new limits. */
  'run.continue': {
    from: 'extension';
    request: { snapshotId: SnapshotId; howMany: HowMany; cap: number | null };
    response: null;
  };
  /** Starts many profiles at once; the user approved the limit that they share. */
  'batch.start': { from: 'extension'; request: NewBatch; response: BatchStartResponse };
  'batch.pause': { from: 'extension'; request: { batchId: BatchId }; response: null };
  /** Resumes what is paused. */
  'batch.resume': { from: 'extension'; request: { batchId: BatchId }; response: null };
  /** Tries again what failed, was stopped, or needs the user. */
  'batch.retry': { from: 'extension'; request: { batchId: BatchId }; response: null };
  'batch.stop': { from: 'extension'; request: { batchId: BatchId }; response: null };
  /** Changes the limit. What ended because of it continues. Responds whether the batch exists. */
  'batch.limit': { from: 'extension'; request: { batchId: BatchId; limit: number }; response: boolean };
  /** Moves a run in the queue of its provider. Responds whether it has another place now. */
  'queue.move': { from: 'extension'; request: { snapshotId: SnapshotId; to: QueueMove }; response: boolean };
  /** The user opened a list. Once it has ended, the badge no longer counts it. */
  'list.opened': { from: 'extension'; request: { snapshotId: SnapshotId }; response: null };
  /** Keeps the profile's list up to date, reminds of it, or neither. Responds whether that was saved. */
  'list.watch': {
    from: 'extension';
    request: { snapshotId: SnapshotId; setting: WatchSetting };
    response: WatchResult;
  };
  /** Turns a watch off. */
  'list.unwatch': { from: 'extension'; request: { watch: WatchId }; response: null };
  /** Names a list and adds notes to it; empty text removes them. Responds whether it exists. */
  'list.describe': {
    from: 'extension';
    request: { snapshotId: SnapshotId; name: string; notes: string };
    response: boolean;
  };
  /** Moves a list that has ended to the trash. Responds whether it is there. */
  'list.delete': { from: 'extension'; request: { snapshotId: SnapshotId }; response: boolean };
  /** Takes a list out of the trash. Responds whether it still existed. */
  'list.restore': { from: 'extension'; request: { snapshotId: SnapshotId }; response: boolean };
  /** Deletes all lists in the trash, or all entries of the log of recent collections. */
  'list.empty': { from: 'extension'; request: { what: 'trash' | 'recent' }; response: null };
  /** From the options page: a key was added, removed, or changed. The key itself is in the database. */
  'keys.changed': { from: 'extension'; request: { provider: ProviderId }; response: null };
  /** Preferences were changed. They are in the database. */
  'preferences.changed': { from: 'extension'; request: Record<never, never>; response: null };
  /** From the options page: a backup was restored, without the background's store. */
  'backup.restored': { from: 'extension'; request: Record<never, never>; response: null };
  /** The user fixed the storage: what could not be written is tried again immediately. */
  'storage.try-again': { from: 'extension'; request: Record<never, never>; response: null };
  /** Writes a list to a file, even if the requesting page is closed. */
  'export.start': { from: 'extension'; request: ExportOrder; response: null };
  'export.cancel': { from: 'extension'; request: { id: ExportId }; response: null };
  /** The user dismissed the message about an export that ended. */
  'export.dismiss': { from: 'extension'; request: { id: ExportId }; response: null };
  /** From the export document: an export's state changed. */
  'export.state-changed': {
    from: 'extension';
    request: { id: ExportId; state: ExportState };
    response: null;
  };
  /** From the export document: it has nothing left to do. */
  'export.idle': { from: 'extension'; request: Record<never, never>; response: null };
  /** From the options page: deletes everything that is stored. */
  'everything.delete': { from: 'extension'; request: Record<never, never>; response: null };
  /** From the welcome page: what the page of any open tab states about a profile. */
  'popup.hint': {
    from: 'extension';
    request: { platform: Platform; handle: Handle };
    response: PageHint | null;
  };
  /** From the popup: the profile that the active tab shows. */
  'popup.active-profile': {
    from: 'extension';
    request: Record<never, never>;
    response: ActiveProfile | null;
  };
}

export type MessageName = keyof Messages;
export type RequestOf<N extends MessageName> = Messages[N]['request'];
export type ResponseTo<N extends MessageName> = Messages[N]['response'];

/** From the background to a tab: the button's state changed. */
export interface PageChanged {
  readonly name: 'page.changed';
  readonly view: PageView;
}

/** From the background to a tab: the user turned the button on pages on or off. */
export interface PageSwitched {
  readonly name: 'page.switched';
  readonly button: boolean;
}

/** A message as it is sent. A failed request returns a message for the user, never a stack trace or a key. */
export interface Envelope<N extends MessageName = MessageName> {
  readonly name: N;
  readonly request: RequestOf<N>;
}
export type Reply<N extends MessageName> =
  { readonly ok: true; readonly response: ResponseTo<N> } | { readonly ok: false; readonly why: string };
