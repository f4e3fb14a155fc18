/**
 * Restores a backup. The file is read twice: first completely, to validate it and to compare it with what is stored; then
 * to stage what is new, invisibly to the user. A single transaction makes all of it visible. An error before that changes
 * nothing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import { snapshotIdSchema, type SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Preferences } from '../settings/preferences.ts';
import { archiveOf, ListChanged, type FillRow, type PageRow, type StagedList } from '../store/archive.ts';
import type { Store } from '../store/index.ts';
import { adoptedBudget, adoptedEntry, adoptedList, type Adapters } from './check-against-adapter.ts';
import { fromBase64 } from './base64.ts';
import { Comparison } from './compare.ts';
import type { Trailer } from './format.ts';
import type { LineSource } from './lines.ts';
import { mergedPreferences } from './preferences.ts';
import { readBackup, type BackupPart } from './read.ts';
import { BackupError, damaged } from './restore-error.ts';

/** Accounts per write. */
const ROWS_PER_WRITE = 4_000;
const FILLS_PER_WRITE = 100;
const ENTRIES_PER_WRITE = 1_000;

export interface RestoreOptions {
  readonly store: Store;
  readonly file: LineSource;
  /** The adapters that the lists of the file are checked against. */
  readonly adapters: Adapters;
  /** How many bytes of storage are available; `null` if the browser doesn't report it. */
  readonly room: () => Promise<number | null>;
  /** The current preferences. */
  readonly preferences: Preferences;
  readonly now: number;
  readonly signal: AbortSignal;
  /** Called with the completed share of the whole work, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** What a restore did. */
export interface Restored {
  readonly added: number;
  /** Lists that were stored before and are longer now. */
  readonly continued: number;
  /** Lists that were stored before, equal to the backup's or longer. */
  readonly present: number;
  /** Lists that were stored before and differ from the backup's. Both are kept. */
  readonly keptTwice: number;
  /** Accounts in lists that were added, continued, or kept twice. */
  readonly accounts: number;
  /** New requests in the spending history. */
  readonly requests: number;
  /** Unfinished lists, which are paused until the user resumes them. */
  readonly paused: number;
  /** Unfinished lists that this version can't continue. */
  readonly blocked: number;
  /** The preferences to save; `null` if nothing changes. */
  readonly preferences: Preferences | null;
}

/** What to do with a list of the backup. */
type Verdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'present' }
  | { readonly kind: 'longer'; readonly own: Snapshot; readonly ownFills: number }
  | { readonly kind: 'twice'; readonly id: SnapshotId };

interface Inspected {
  readonly verdicts: ReadonlyMap<SnapshotId, Verdict>;
  readonly preferences: Preferences | null;
  readonly end: Trailer;
  /** Approximately how many bytes of the backup are new. */
  readonly bytes: number;
}

/** The ID for a list whose own ID is taken by a different list. The same content always gets the same ID. */
function idOfCopy(id: SnapshotId, content: string): SnapshotId {
  const hex = bytesToHex(sha256(new TextEncoder().encode(`${id} ${content}`)));
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  return snapshotIdSchema.parse(parts.join('-'));
}

/** Whether a collector may be collecting the list. */
function isLive({ state }: Snapshot): boolean {
  return ['queued', 'resolving', 'running', 'waiting'].includes(state.kind);
}

async function verdictOf(store: Store, comparison: Comparison | null, content: string): Promise<Verdict> {
  if (comparison === null) return { kind: 'new' };
  const local = comparison.own.snapshot;
  switch (await comparison.standing()) {
    case 'same':
    case 'shorter':
      return { kind: 'present' };
    case 'longer':
      if (isLive(local)) throw new BackupError('busy', 'A list in the backup is being collected.');
      return { kind: 'longer', own: local, ownFills: comparison.ownFills };
    case 'different': {
      const id = idOfCopy(local.id, content);
      // A stored copy with this ID was restored from the same content. It is equal to it or longer.
      return (await store.snapshots.get(id)) === undefined ? { kind: 'twice', id } : { kind: 'present' };
    }
  }
}

/** Reads the whole file without writing anything. */
async function inspect({ store, file, signal, onProgress }: RestoreOptions): Promise<Inspected> {
  const verdicts = new Map<SnapshotId, Verdict>();
  let open: { readonly id: SnapshotId; readonly comparison: Comparison | null } | null = null;
  let preferences: Preferences | null = null;
  let end: Trailer | null = null;
  let bytes = 0;
  let listBytes = 0;
  for await (const { part, read, size } of readBackup(file, signal)) {
    onProgress(read / file.size / 2);
    listBytes += size;
    switch (part.kind) {
      case 'preferences':
        ({ preferences } = part);
        break;
      case 'snapshot': {
        listBytes = 0;
        const local = await archiveOf(store).freeze(part.snapshot.id);
        open = {
          id: part.snapshot.id,
          comparison: local === undefined ? null : new Comparison(archiveOf(store), local),
        };
        break;
      }
      case 'page':
        await open?.comparison?.page(part.line);
        break;
      case 'fill':
        await open?.comparison?.fill(part.line);
        break;
      case 'closed':
        if (open !== null) {
          const verdict = await verdictOf(store, open.comparison, part.content);
          verdicts.set(open.id, verdict);
          if (verdict.kind !== 'present') bytes += listBytes;
        }
        open = null;
        break;
      case 'end':
        ({ end } = part);
        break;
      case 'entry':
      case 'raw':
      case 'budget':
      case 'batch':
        break;
    }
  }
  if (end === null) throw damaged('cut-off', 'The end is missing.');
  return { verdicts, preferences, end, bytes };
}

/** Stages what is new, in the order of the file. */
class Stager {
  readonly lists: StagedList[] = [];
  readonly budgets: Budget[] = [];
  readonly batches: Batch[] = [];
  accounts = 0;
  readonly #options: RestoreOptions;
  readonly #verdicts: Inspected['verdicts'];
  #pages: PageRow[] = [];
  #pageRows = 0;
  #fills: FillRow[] = [];
  #entries: LedgerEntry[] = [];
  #chunks = 0;
  /** The list whose lines are being read. */
  #open: { readonly snapshot: Snapshot; readonly verdict: Verdict; readonly id: SnapshotId } | null = null;
  #requests = { count: 0, lost: 0 };
  #fillsSeen = 0;

  constructor(options: RestoreOptions, verdicts: Inspected['verdicts']) {
    this.#options = options;
    this.#verdicts = verdicts;
  }

  async add(part: BackupPart): Promise<void> {
    const archive = archiveOf(this.#options.store);
    switch (part.kind) {
      case 'snapshot':
        return this.#begin(part.snapshot);
      case 'entry':
        return this.#entry(part.entry);
      case 'page': {
        const snapshotId = this.#targetId();
        if (snapshotId === null || part.page.seq < this.#ownPages()) return;
        this.#pages.push({ ...part.page, snapshotId });
        this.#pageRows += part.page.accounts.id.length;
        this.accounts += part.page.accounts.id.length;
        if (this.#pageRows >= ROWS_PER_WRITE) await this.#flush();
        return;
      }
      case 'fill': {
        const snapshotId = this.#targetId();
        this.#fillsSeen += 1;
        const verdict = this.#open?.verdict;
        if (snapshotId === null) return;
        if (verdict?.kind === 'longer' && this.#fillsSeen <= verdict.ownFills) return;
        this.#fills.push({ ...part.fill, snapshotId });
        if (this.#fills.length >= FILLS_PER_WRITE) await this.#flush();
        return;
      }
      case 'raw': {
        const snapshotId = this.#targetId();
        if (snapshotId === null) return;
        return archive.stageRaw({ ...part.raw, snapshotId, bytes: fromBase64(part.raw.bytes) });
      }
      case 'closed':
        return this.#close();
      case 'end':
        await this.#flushEntries();
        return;
      case 'budget':
        this.budgets.push(adoptedBudget(part.budget, this.#options.adapters));
        return;
      case 'batch':
        this.batches.push(part.batch);
        return;
      case 'preferences':
        return;
    }
  }

  #targetId(): SnapshotId | null {
    return this.#open === null || this.#open.verdict.kind === 'present' ? null : this.#open.id;
  }

  #ownPages(): number {
    const verdict = this.#open?.verdict;
    return verdict?.kind === 'longer' ? verdict.own.pages : 0;
  }

  async #begin(snapshot: Snapshot): Promise<void> {
    const verdict = this.#verdicts.get(snapshot.id);
    if (verdict === undefined) throw new BackupError('changed', 'The file changed while it was being read.');
    const stagedUnder =
      verdict.kind === 'longer'
        ? snapshotIdSchema.parse(crypto.randomUUID())
        : verdict.kind === 'twice'
          ? verdict.id
          : snapshot.id;
    this.#open = { snapshot, verdict, id: stagedUnder };
    this.#requests = { count: 0, lost: 0 };
    this.#fillsSeen = 0;
    if (verdict.kind !== 'present') await archiveOf(this.#options.store).stage(stagedUnder);
  }

  async #entry(entry: LedgerEntry): Promise<void> {
    const open = this.#open;
    // A pending request of a stored list is in the stored ledger with its current state. It may still be in progress.
    if (open?.verdict.kind === 'present' && entry.status === 'sent') return;
    const { adapters, now } = this.#options;
    const id = open?.verdict.kind === 'twice' ? open.verdict.id : null;
    const adopted = adoptedEntry(entry, { adapters, id, now });
    if (open !== null) {
      const { count, lost } = this.#requests;
      this.#requests = { count: count + 1, lost: lost + (entry.status === 'sent' ? adopted.amount : 0) };
    }
    this.#entries.push(adopted);
    if (this.#entries.length >= ENTRIES_PER_WRITE) await this.#flushEntries();
  }

  async #close(): Promise<void> {
    await this.#flush();
    const open = this.#open;
    this.#open = null;
    if (open === null || open.verdict.kind === 'present') return;
    const { verdict, snapshot, id } = open;
    const shownAs = verdict.kind === 'twice' ? verdict.id : snapshot.id;
    this.lists.push({
      id,
      snapshot: adoptedList(snapshot, {
        adapters: this.#options.adapters,
        id: shownAs,
        requests: this.#requests,
        own: verdict.kind === 'longer' ? verdict.own : null,
        now: this.#options.now,
      }),
      continues: verdict.kind === 'longer' ? { pages: verdict.own.pages, filled: verdict.own.filled } : null,
    });
  }

  async #flush(): Promise<void> {
    const archive = archiveOf(this.#options.store);
    if (this.#pages.length > 0) await archive.stagePages(this.#pages);
    if (this.#fills.length > 0) await archive.stageFills(this.#fills);
    this.#pages = [];
    this.#pageRows = 0;
    this.#fills = [];
  }

  async #flushEntries(): Promise<void> {
    if (this.#entries.length === 0) return;
    await archiveOf(this.#options.store).stageEntries(this.#chunks, this.#entries);
    this.#chunks += 1;
    this.#entries = [];
  }
}

function count(verdicts: Inspected['verdicts'], kind: Verdict['kind']): number {
  return Array.from(verdicts.values()).filter((verdict) => verdict.kind === kind).length;
}

/**
 * Restores a backup. The caller must hold a lock, so that only one restore runs at a time. An error changes nothing.
 * @throws BackupError if the file is not a backup, is damaged, or conflicts with a stored list; DOMException `AbortError`
 *   if the signal aborts; storage errors
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { store, file, signal, onProgress } = options;
  const { verdicts, preferences, end, bytes } = await inspect(options);
  const room = await options.room();
  if (room !== null && bytes > room) {
    throw new DOMException('There is not enough storage for the new data in the file.', 'QuotaExceededError');
  }
  await archiveOf(store).dropStaged();
  const stager = new Stager(options, verdicts);
  let shown: { readonly newEntries: number };
  try {
    let secondDigest: string | null = null;
    for await (const { part, read } of readBackup(file, signal)) {
      onProgress(0.5 + read / file.size / 2);
      await stager.add(part);
      if (part.kind === 'end') secondDigest = part.end.sha256;
    }
    if (secondDigest !== end.sha256)
      throw new BackupError('changed', 'The file changed while it was being read.');
    signal.throwIfAborted();
    const { budgets, batches } = stager;
    shown = await archiveOf(store).show(stager.lists, { budgets, batches });
  } catch (error) {
    await archiveOf(store).dropStaged();
    if (error instanceof ListChanged) throw new BackupError('changed', error.message, { cause: error });
    throw error;
  }
  // A list that the user just deleted and now restores must not be removed.
  for (const id of verdicts.keys()) {
    if ((await store.snapshots.get(id))?.deletedAt !== undefined) await store.snapshots.unhide(id);
  }
  return {
    added: count(verdicts, 'new'),
    continued: count(verdicts, 'longer'),
    present: count(verdicts, 'present'),
    keptTwice: count(verdicts, 'twice'),
    accounts: stager.accounts,
    requests: shown.newEntries,
    paused: stager.lists.filter(({ snapshot }) => snapshot.state.kind === 'paused').length,
    blocked: stager.lists.filter(({ snapshot }) => snapshot.state.kind === 'blocked').length,
    preferences: preferences === null ? null : mergedPreferences(options.preferences, preferences),
  };
}
