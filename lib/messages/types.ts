/**
 * Everything that crosses contexts. Types only: the content script imports this and {@link ./send.ts}, and must not
 * pull in a schema library. The receiver validates with {@link ./receive.ts}.
 *
 * No message carries a key, a host or a list. A message from a page names no profile: the background takes it from
 * the sender's tab.
 */
import type { ExportId, ExportOrder, ExportState } from '../export/jobs/job.ts';
import type { Trouble } from '../model/error.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Outcome, WithoutDetails } from '../model/snapshot.ts';

/** How many accounts: a number, or `null` for all. */
export type HowMany = number | null;

/** A run as every place that shows it needs it: numbers and kinds, no words, no accounts. */
export interface RunView {
  readonly snapshotId: SnapshotId;
  readonly relation: Relation;
  readonly providerName: string;
  readonly state:
    | { readonly kind: 'queued' | 'confirming' | 'resolving' | 'running' | 'paused' }
    | { readonly kind: 'waiting'; readonly until: number; readonly trouble: Trouble }
    | { readonly kind: 'blocked'; readonly trouble: Trouble }
    | { readonly kind: 'ended'; readonly outcome: Outcome };
  readonly rows: number;
  /** How many of all accounts have no details, as far as is known. */
  readonly withoutDetails?: WithoutDetails;
  readonly expected: number | null;
  readonly howMany: HowMany;
  readonly unit: Unit;
  readonly charged: number;
  readonly maybeCharged: number;
  readonly cap: number;
  /** What the whole run is expected to cost; `null` when unknown. */
  readonly estimate: number | null;
  /** When the run is expected to be done, epoch milliseconds. */
  readonly doneAt: number | null;
  readonly endedAt: number | null;
}

/** What the button on a profile page shows. */
export interface PageView {
  readonly platform: Platform;
  readonly handle: string;
  /** False when the user wants no button on pages. */
  readonly button: boolean;
  /** Whether some provider that can collect this platform's followers has a key. */
  readonly hasKey: boolean;
  /** The profile's run or newest list, if any. */
  readonly run: RunView | null;
}

/** What the page itself says about the profile, for free: enough for an estimate, and for an id that saves the look-up. */
export interface PageHint {
  readonly handle: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly followers: number | null;
  readonly following: number | null;
}

/** The profile of the tab that the popup was opened for. */
export interface AtHand {
  readonly tabId: number;
  readonly platform: Platform;
  readonly handle: string;
  readonly hint: PageHint | null;
}

export interface StartRequest {
  readonly platform: Platform;
  readonly handle: string;
  readonly relation: Relation;
  /** `null` takes the preferred provider that has a key. */
  readonly provider: ProviderId | null;
  readonly howMany: HowMany;
  /** The most to spend, in the provider's unit; `null` leaves it at the amount that is asked before. */
  readonly cap: number | null;
  /** Collect again although a finished list is there. */
  readonly again: boolean;
}

export type StartAnswer =
  | { readonly kind: 'started' | 'joined' | 'exists'; readonly snapshotId: SnapshotId }
  | { readonly kind: 'no-key' };

/** Messages by name: what is asked, what is answered, and who may ask. */
export interface Messages {
  /** From a content script: the state of its own tab's profile, with the page's own data on it, as text. */
  'page.state': { from: 'page'; ask: { schema: readonly string[] }; answer: PageView | null };
  /** From a content script, after a trusted click: do what the button says. */
  'page.start': { from: 'page'; ask: { relation: Relation }; answer: PageView | null };
  'page.pause': { from: 'page'; ask: Record<never, never>; answer: PageView | null };
  'page.resume': { from: 'page'; ask: Record<never, never>; answer: PageView | null };
  'page.stop': { from: 'page'; ask: Record<never, never>; answer: PageView | null };
  /** Opens the profile's run or list in our own pages. */
  'page.open': { from: 'page'; ask: Record<never, never>; answer: null };

  'run.start': { from: 'own'; ask: StartRequest; answer: StartAnswer };
  /** The user's answer to `confirming`. */
  'run.confirm': {
    from: 'own';
    ask: { snapshotId: SnapshotId; howMany: HowMany; cap: number };
    answer: null;
  };
  'run.pause': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: null };
  /** Goes on: after a pause, at once instead of waiting, or again after what blocked it was mended. */
  'run.resume': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: null };
  /** Reads an answer again that could not be understood; answers whether it is now. Costs nothing. */
  'run.read-again': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: boolean };
  'run.stop': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: null };
  /** Goes on from the last page of a list that ended before its end, with new limits. */
  'run.continue': {
    from: 'own';
    ask: { snapshotId: SnapshotId; howMany: HowMany; cap: number | null };
    answer: null;
  };
  /** The user looks at a list: once it has ended, it is no longer news. */
  'list.opened': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: null };
  /** Hides a list that has ended; after the time to undo it it is gone for good. Answers whether it is hidden. */
  'list.delete': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: boolean };
  /** Shows a hidden list again. Answers whether it was still there. */
  'list.restore': { from: 'own'; ask: { snapshotId: SnapshotId }; answer: boolean };
  /** From the options page: a key came, went or changed. The key itself is in the database. */
  'keys.changed': { from: 'own'; ask: { provider: ProviderId }; answer: null };
  /** From an extension page: preferences were changed. They are in the database. */
  'preferences.changed': { from: 'own'; ask: Record<never, never>; answer: null };
  /** From the options page: a backup was restored, past the background's store. */
  'backup.restored': { from: 'own'; ask: Record<never, never>; answer: null };
  /** The user says that the storage was mended: what could not be written is tried again at once. */
  'storage.try-again': { from: 'own'; ask: Record<never, never>; answer: null };
  /** Writes a list to a file, wherever the page goes that asked. */
  'export.start': { from: 'own'; ask: ExportOrder; answer: null };
  'export.cancel': { from: 'own'; ask: { id: ExportId }; answer: null };
  /** The user has read how an export ended. */
  'export.dismiss': { from: 'own'; ask: { id: ExportId }; answer: null };
  /** From the document that writes: how an export stands. */
  'export.told': { from: 'own'; ask: { id: ExportId; state: ExportState }; answer: null };
  /** From the document that writes: it has nothing left to do. */
  'export.idle': { from: 'own'; ask: Record<never, never>; answer: null };
  /** From the options page: forget everything that is kept. */
  'everything.delete': { from: 'own'; ask: Record<never, never>; answer: null };
  /** From the popup: which profile it was opened for. */
  'popup.at-hand': { from: 'own'; ask: Record<never, never>; answer: AtHand | null };
}

export type MessageName = keyof Messages;
export type Ask<N extends MessageName> = Messages[N]['ask'];
export type AnswerTo<N extends MessageName> = Messages[N]['answer'];

/** From the background to a tab: the button's state changed. */
export interface PageChanged {
  readonly name: 'page.changed';
  readonly view: PageView;
}

/** From the background to a tab: the user wants a button on pages, or none. */
export interface PageSwitched {
  readonly name: 'page.switched';
  readonly button: boolean;
}

/** What actually travels. A failed request answers with a sentence, never with a stack or a key. */
export interface Envelope<N extends MessageName = MessageName> {
  readonly name: N;
  readonly ask: Ask<N>;
}
export type Reply<N extends MessageName> =
  { readonly ok: true; readonly answer: AnswerTo<N> } | { readonly ok: false; readonly why: string };
