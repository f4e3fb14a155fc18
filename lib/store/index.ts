/** Everything that is stored, in parts. Each part owns its transactions; money.ts owns those that concern money. */
import type { StorageTrouble } from '../model/error.ts';
import { Archive } from './archive.ts';
import { openDatabase, type Database } from './database.ts';
import { DerivedColumns } from './derived.ts';
import { Keys } from './keys.ts';
import { Ledger } from './ledger.ts';
import { Money } from './money.ts';
import type { ReportTrouble } from './open-database.ts';
import { PageLog } from './page-log.ts';
import { RawResponses } from './raw-responses.ts';
import { SettingsTable } from './settings-table.ts';
import { SnapshotIndex } from './snapshot-index.ts';
import { Snapshots } from './snapshots.ts';

const DATABASE_NAME = 'followledger';

<<<<<<< HEAD
/** Of the lookups of a page of IDs, so many say how much one account takes. */
const FILLS_SAMPLED = 5;

/** What may be shown of a stored key. */
export interface KeyInfo {
  readonly provider: ProviderId;
  /** The last four characters behind dots; only dots where the key is locked. */
  readonly masked: string;
  /** Whether it is behind the user's passphrase. */
  readonly locked: boolean;
  readonly baseUrl: string;
  readonly savedAt: number;
  readonly checkedAt: number | null;
  readonly balance: number | null;
}

/** A page as a reader gets it back. */
export interface StoredPage {
  readonly seq: number;
  readonly first: number;
  readonly receivedAt: number;
  readonly accounts: readonly Account[];
}

/** A page of which accounts are read one by one. */
export interface StoredAccounts {
  readonly seq: number;
  readonly first: number;
  readonly receivedAt: number;
  readonly count: number;
  /** By place in the page, from 0. */
  readonly accountAt: (index: number) => Account | undefined;
}

/** A page as it lies in the store, for those who read field by field. */
export interface PageColumns {
  readonly seq: number;
  readonly first: number;
  readonly receivedAt: number;
  readonly columns: AccountColumns;
}

/** A page as the collector hands it over. */
export interface NewPage {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly cursor: Cursor | null;
  readonly next: Cursor | null;
  readonly first: number;
  readonly accounts: readonly Account[];
  readonly idsOnly: boolean;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly charged: number;
  readonly providerAt: number | null;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** Accounts of a page of ids, completed; `part` is where in the page they begin. */
export interface NewFill {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly part: number;
  readonly accounts: readonly Account[];
  readonly receivedAt: number;
  readonly sha256: string;
}

/** How a request that was written as `sent` ended. */
export interface Settlement {
  readonly entry: string;
  readonly provider: ProviderId;
  readonly at: number;
  readonly status: 'charged' | 'maybe';
  readonly amount: number;
  /** What our price list says that it costs; `null` where it is not known what came. */
  readonly listed: number | null;
  /** What the answer says is left on the account, where it does. */
  readonly balance?: number;
}

/** Where a list ends so far: what a restarted collector goes on from. */
export interface Checkpoint {
  readonly nextSeq: number;
  /** The cursor of the next page; `null` at the beginning, and where no more was offered. */
  readonly cursor: Cursor | null;
  /** Whether the last page said that none follows. */
  readonly atEnd: boolean;
}

type Change = (snapshot: Snapshot) => Snapshot;

/** A change that rests on what other snapshots are, read in the transaction that writes it. */
export interface Among {
  /** Snapshots created after this time are read. Epoch milliseconds. */
  readonly since: number;
  readonly change: (snapshot: Snapshot, recent: readonly Snapshot[]) => Snapshot;
}

/** What a provider may be paid for requests sent since a time, in its unit. */
export interface Allowance {
  readonly since: number;
  readonly limit: number;
}

/** What came of writing down a request that is to be sent. Only after `written` may it be. */
export type Written =
  | { readonly kind: 'written'; readonly snapshot: Snapshot }
  /** Nothing was written: the list was paused, stopped or ended meanwhile. */
  | { readonly kind: 'rests'; readonly snapshot: Snapshot }
  /** Nothing was written: somebody else has spent what it was to cost. */
  | { readonly kind: 'beyond' }
  /** Nothing was written: the list was deleted. */
  | { readonly kind: 'gone' };

/** The request that follows a page, written in the same transaction. */
export interface Follow {
  /** The provider's limit; `null` where there is none. */
  readonly allowance: Allowance | null;
  /**
   * Pure. `left` is what the limit leaves after the page; `null` where there is none.
   * @returns the request's entry and the snapshot with it; `null` where none is to be sent
   */
  readonly plan: (
    kept: Snapshot,
    left: number | null,
  ) => { readonly entry: RunEntry; readonly snapshot: Snapshot } | null;
}

/** A list with its ledger, summed: both change in one transaction. */
export interface Statement {
  readonly snapshot: Snapshot;
  readonly spent: Spent;
}

export interface Started {
  readonly kind: 'started' | 'joined' | 'exists';
  readonly snapshot: Snapshot;
}

function range(id: SnapshotId): [readonly [SnapshotId, number], readonly [SnapshotId, number]] {
  return [
    [id, 0],
    [id, Number.MAX_SAFE_INTEGER],
  ];
}

type Note = (more: SpentMore) => void;

=======
>>>>>>> main
export class Store {
  readonly snapshots: Snapshots;
  readonly pages: PageLog;
  readonly rawResponses: RawResponses;
  readonly money: Money;
  readonly ledger: Ledger;
  readonly keys: Keys;
  readonly settings: SettingsTable;
  readonly derived: DerivedColumns;
  /** For pages that show all snapshots. */
  readonly index: SnapshotIndex;
  /** For backups. */
  readonly archive: Archive;
  readonly #db: Database;
  readonly #listeners = new Set<ReportTrouble>();
  #trouble: StorageTrouble | null = null;

  constructor(name: string) {
    this.#db = openDatabase(name, (trouble) => {
      // Once a newer version has taken over, nothing that this version does can change that.
      if (this.#trouble === 'outdated' || this.#trouble === trouble) return;
      this.#trouble = trouble;
      for (const listener of this.#listeners) listener(trouble);
    });
    this.snapshots = new Snapshots(this.#db);
    this.pages = new PageLog(this.#db);
    this.rawResponses = new RawResponses(this.#db);
    this.money = new Money(this.#db);
    this.ledger = new Ledger(this.#db);
    this.keys = new Keys(this.#db);
    this.settings = new SettingsTable(this.#db);
    this.derived = new DerivedColumns(this.#db);
    this.index = new SnapshotIndex(this.#db.snapshots);
    this.archive = new Archive(this.#db);
  }

  close(): void {
    this.#db.close();
  }

  /** What prevents the database from being opened, as far as is known; `null` if nothing does. */
  get trouble(): StorageTrouble | null {
    return this.#trouble;
  }

  /** Calls back when {@link trouble} changes. @returns a function that ends it */
  onTrouble(listener: ReportTrouble): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** After the database failed to open: lets the next query try again, unless that can't help. */
  tryOpeningAgain(): void {
    if (this.#trouble !== 'outdated' && this.#db.hasFailed()) this.#db.close({ disableAutoOpen: false });
  }

  /**
<<<<<<< HEAD
   * Keeps a new snapshot, unless its list is being collected already (it is joined) or was collected to its end
   * and nobody asked for another. Two clicks at once therefore make one run, and what it may spend is worked out from
   * the other runs in the same transaction.
   */
  async start(fresh: Snapshot, again: boolean, among: Among | null = null): Promise<Started> {
    return this.#db.transaction('rw', this.#db.snapshots, async () => {
      const others = await this.snapshotsOf(fresh.platform, fresh.handleKey, fresh.relation);
      const running = others.find((other) => !hasEnded(other.state));
      if (running !== undefined) return { kind: 'joined', snapshot: running };
      const usable = others.find(isWorthOpening);
      if (usable !== undefined && !again) return { kind: 'exists', snapshot: usable };
      const snapshot = among === null ? fresh : among.change(fresh, await this.#createdAfter(among.since));
      const kept = clean.snapshot(snapshot);
      await this.#db.snapshots.add(kept);
      return { kind: 'started', snapshot: kept };
    });
  }

  /** Changes a snapshot as {@link change} does, by what others are at that moment. */
  async changeAmong(id: SnapshotId, { since, change }: Among): Promise<Snapshot | undefined> {
    return this.#db.transaction('rw', this.#db.snapshots, async () => {
      const recent = await this.#createdAfter(since);
      return this.#change(id, (current) => change(current, recent));
    });
  }

  /** Deleted ones that are still there included. */
  async #createdAfter(time: number): Promise<Snapshot[]> {
    return readable(await this.#db.snapshots.where('createdAt').above(time).toArray());
  }

  /** Changes a snapshot as it now stands; `undefined` when it was deleted meanwhile. */
  async change(id: SnapshotId, change: Change): Promise<Snapshot | undefined> {
    return this.#db.transaction('rw', this.#db.snapshots, () => this.#change(id, change));
  }

  /** Notes that the user looked at a list; one that is still being collected stays news. */
  async markOpened(id: SnapshotId, at: number): Promise<void> {
    await this.change(id, (current) =>
      hasEnded(current.state) && current.openedAt === null ? { ...current, openedAt: at } : current,
    );
  }

  async #change(id: SnapshotId, change: Change): Promise<Snapshot | undefined> {
    const now = await this.#db.snapshots.get(id);
    if (now === undefined) return undefined;
    const changed = change(now);
    if (changed === now) return now;
    const kept = clean.snapshot(changed);
    await this.#db.snapshots.put(kept);
    return kept;
  }

  /** Hides a list that has ended; {@link deleteHidden} deletes it for good. @returns whether it is hidden */
  async hide(id: SnapshotId, at: number): Promise<boolean> {
    const hidden = await this.change(id, (current) =>
      hasEnded(current.state) ? { ...current, deletedAt: at } : current,
    );
    return hidden?.deletedAt !== undefined;
  }

  /** Shows a hidden list again. @returns whether it was still there */
  async unhide(id: SnapshotId): Promise<boolean> {
    const shown = await this.change(id, ({ deletedAt: _, ...current }) => current);
    return shown !== undefined;
  }

  /** Deletes the lists that were hidden at a time or before, each whole or not at all. */
  async deleteHidden(before: number): Promise<void> {
    for (const { id, deletedAt } of await this.deletedSnapshots()) {
      if (deletedAt !== undefined && deletedAt <= before) await this.deleteSnapshot(id);
    }
  }

  /** Keeps a list that no run collected, whole or not at all. */
  async keepFinished(snapshot: Snapshot, kept: readonly NewPage[]): Promise<void> {
    const { snapshots, pages, ids } = this.#db;
    const rows = kept.map((page) => clean.page({ ...page, accounts: toColumns(page.accounts) }));
    await this.#db.transaction('rw', [snapshots, pages, ids], async () => {
      await snapshots.add(clean.snapshot(snapshot));
      await pages.bulkAdd(rows);
      await ids.bulkAdd(rows.map(clean.idsOf));
    });
  }

  /** Deletes a list with its pages. The spending history stays: what was paid was paid. */
  async deleteSnapshot(id: SnapshotId): Promise<void> {
    const { snapshots, pages, ids, raw, fills, derived } = this.#db;
    await this.#db.transaction('rw', [snapshots, pages, ids, raw, fills, derived], async () => {
      const [from, to] = range(id);
      await fills
        .where('[snapshotId+seq+part]')
        .between([...from, 0], [...to, 0], true, true)
        .delete();
      await pages.where('[snapshotId+seq]').between(from, to, true, true).delete();
      await ids.where('[snapshotId+seq]').between(from, to, true, true).delete();
      await raw.where('[snapshotId+seq]').between(from, to, true, true).delete();
      await derived
        .where('[snapshotId+column+segment]')
        .between([id, Dexie.minKey, Dexie.minKey], [id, Dexie.maxKey, Dexie.maxKey])
        .delete();
      await snapshots.delete(id);
    });
  }

  // ——— the log of pages ———

  async checkpoint(id: SnapshotId): Promise<Checkpoint> {
    const [from, to] = range(id);
    const last = await this.#db.ids.where('[snapshotId+seq]').between(from, to, true, true).last();
    return last === undefined
      ? { nextSeq: 0, cursor: null, atEnd: false }
      : { nextSeq: last.seq + 1, cursor: last.next, atEnd: last.next === null };
  }

  /** Hands over the ids and the offered cursor of every page kept, in order, a few pages at a time. */
  async eachIds(id: SnapshotId, visit: (ids: PackedIds, next: Cursor | null) => void): Promise<void> {
    const BATCH = 256;
    for (let seq = 0; ; seq += BATCH) {
      const rows = await this.#db.ids
        .where('[snapshotId+seq]')
        .between([id, seq], [id, seq + BATCH], true, false)
        .toArray();
      for (const row of rows) visit(row.ids, row.next);
      if (rows.length < BATCH) return;
    }
  }

  /** The page that holds the account at a list position (from 0), if there is one. */
  async pageAt(id: SnapshotId, position: number): Promise<StoredPage | undefined> {
    const row = await this.#rowAt(id, position);
    if (row === undefined) return undefined;
    const [page] = await this.#complete([row]);
    return page;
  }

  /** About how many bytes an account of a list takes, from a few of its pages; 0 where it has none. */
  async bytesPerAccount({
    id,
    pages,
    filled: filledOfAll,
  }: Pick<Snapshot, 'id' | 'pages' | 'filled'>): Promise<number> {
    const seqs = Array.from(new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.floor(share * (pages - 1)))));
    const samples = await this.#db.pages.bulkGet(seqs.map((seq) => [id, seq] as [SnapshotId, number]));
    let bytes = 0;
    let counted = 0;
    for (const sample of samples) {
      if (sample === undefined) continue;
      bytes += pageBytes(sample.accounts);
      counted += sample.accounts.id.length;
      // Of a list of IDs, nearly all is in what was looked up since: a few lookups stand for those of the page.
      if (!sample.idsOnly) continue;
      const fills = await this.#db.fills
        .where('[snapshotId+seq+part]')
        .between([id, sample.seq, 0], [id, sample.seq, Dexie.maxKey], true, true)
        .limit(FILLS_SAMPLED)
        .toArray();
      const looked = fills.reduce((sum, { accounts }) => sum + accounts.id.length, 0);
      const inFills = fills.reduce((sum, { accounts }) => sum + pageBytes(accounts), 0);
      const filled = Math.min(sample.accounts.id.length, Math.max(0, filledOfAll - sample.first));
      bytes += looked === 0 ? 0 : (inFills / looked) * filled;
    }
    return counted === 0 ? 0 : bytes / counted;
  }

  /** As {@link pageAt}, for a reader who wants few of its accounts: each is put together when it is asked for. */
  async accountsAt(id: SnapshotId, position: number): Promise<StoredAccounts | undefined> {
    const row = await this.#rowAt(id, position);
    if (row === undefined) return undefined;
    const { seq, first, receivedAt, accounts, idsOnly } = row;
    const fills = idsOnly
      ? await this.#db.fills
          .where('[snapshotId+seq+part]')
          .between([id, seq, 0], [id, seq, Dexie.maxKey], true, true)
          .toArray()
      : [];
    return {
      seq,
      first,
      receivedAt,
      count: accounts.id.length,
      accountAt: (index) => {
        const fill = fills.findLast(({ part }) => part <= index);
        const filled = fill === undefined ? undefined : accountAt(fill.accounts, index - fill.part);
        return filled ?? accountAt(accounts, index);
      },
    };
  }

  async #rowAt(id: SnapshotId, position: number): Promise<PageRow | undefined> {
    return this.#db.pages.where('[snapshotId+first]').between([id, 0], [id, position], true, true).last();
  }

  /** The pages from one on, in order, at most `count`. */
  async pages(id: SnapshotId, fromSeq: number, count: number): Promise<StoredPage[]> {
    const rows = await this.#db.pages
      .where('[snapshotId+seq]')
      .between([id, fromSeq], [id, fromSeq + count], true, false)
      .toArray();
    return this.#complete(rows);
  }

  /** As {@link pages}, in columns: many times faster where millions of fields are read. */
  async columnPages(id: SnapshotId, fromSeq: number, count: number): Promise<PageColumns[]> {
    const rows = await this.#db.pages
      .where('[snapshotId+seq]')
      .between([id, fromSeq], [id, fromSeq + count], true, false)
      .toArray();
    const fills = await this.#fillsOf(rows);
    return rows.map(({ seq, first, receivedAt, accounts }) => ({
      seq,
      first,
      receivedAt,
      columns: replaceAccounts(
        accounts,
        (fills.get(seq) ?? []).map(({ part, accounts: columns }) => ({ from: part, columns })),
      ),
    }));
  }

  /** The number of the page that holds the account at a list position (from 0), without reading it. */
  async seqAt(id: SnapshotId, position: number): Promise<number | undefined> {
    const [key] = await this.#db.pages
      .where('[snapshotId+first]')
      .between([id, 0], [id, position], true, true)
      .reverse()
      .limit(1)
      .primaryKeys();
    return key?.[1];
  }

  async #fillsOf(rows: readonly PageRow[]): Promise<ReadonlyMap<number, readonly FillRow[]>> {
    const fills = new Map<number, FillRow[]>();
    const [first] = rows.filter(({ idsOnly }) => idsOnly);
    const last = rows.findLast(({ idsOnly }) => idsOnly);
    if (first !== undefined && last !== undefined) {
      await this.#db.fills
        .where('[snapshotId+seq+part]')
        .between([first.snapshotId, first.seq, 0], [last.snapshotId, last.seq, Dexie.maxKey], true, true)
        .each((fill) => {
          fills.set(fill.seq, [...(fills.get(fill.seq) ?? []), fill]);
        });
    }
    return fills;
  }

  /** The pages with what look-ups added to those that came as ids alone. */
  async #complete(rows: readonly PageRow[]): Promise<StoredPage[]> {
    const fills = await this.#fillsOf(rows);
    return rows.map(({ seq, first, receivedAt, accounts }) => {
      const whole = fromColumns(accounts);
      for (const fill of fills.get(seq) ?? []) {
        whole.splice(fill.part, fill.accounts.id.length, ...fromColumns(fill.accounts));
      }
      return { seq, first, receivedAt, accounts: whole };
    });
  }

  /** Keeps what a look-up completed, with the ledger and the snapshot's counters in one transaction. */
  async settleFill(fill: NewFill, settlement: Settlement, change: Change): Promise<Snapshot | undefined> {
    const { snapshots, ledger, fills, keys } = this.#db;
    const { accounts, ...rest } = fill;
    return this.#spent.during((note) =>
      this.#db.transaction('rw', [snapshots, ledger, fills, keys], async () => {
        await this.#settle(settlement, note);
        if ((await snapshots.get(fill.snapshotId)) === undefined) return undefined;
        await fills.add(clean.fill({ ...rest, accounts: toColumns(accounts) }));
        return this.#change(fill.snapshotId, change);
      }),
    );
  }

  /**
   * Writes a run's request into the ledger before it is sent, and what that means for the snapshot. The limit is looked
   * at in the same transaction: whoever else spends at this moment, in whatever window, is before it or after it.
   */
  async send(entry: RunEntry, change: Change, allowance: Allowance | null = null): Promise<Written> {
    const { snapshots, ledger } = this.#db;
    return this.#spent.during((note) =>
      this.#db.transaction('rw', [snapshots, ledger], async (): Promise<Written> => {
        const snapshot = await snapshots.get(entry.snapshotId);
        if (snapshot === undefined) return { kind: 'gone' };
        const changed = change(snapshot);
        const { state } = changed;
        if (hasEnded(state) || state.kind === 'paused') return { kind: 'rests', snapshot };
        if (!(await this.#affords(entry, allowance))) return { kind: 'beyond' };
        const kept = clean.snapshot(changed);
        const sent = clean.entry(entry);
        await Promise.all([snapshots.put(kept), ledger.add(sent)]);
        note({ provider: sent.provider, sentAt: sent.sentAt, by: sent.reserved });
        return { kind: 'written', snapshot: kept };
      }),
    );
  }

  /** Writes down a request of which it turned out that it may have been sent beside another: it is past preventing. */
  async addSent(entry: RunEntry, change: Change): Promise<void> {
    const { snapshots, ledger } = this.#db;
    await this.#spent.during((note) =>
      this.#db.transaction('rw', [snapshots, ledger], async () => {
        if ((await this.#change(entry.snapshotId, change)) === undefined) return;
        const sent = clean.entry(entry);
        await ledger.add(sent);
        note({ provider: sent.provider, sentAt: sent.sentAt, by: sent.amount });
      }),
    );
  }

  /** Whether a limit leaves room for a request. Within a transaction of the ledger. */
  async #affords({ provider, reserved, sentAt }: LedgerEntry, allowance: Allowance | null): Promise<boolean> {
    if (allowance === null) return true;
    const { since, limit } = allowance;
    return (await this.spentSince(provider, since, sentAt)) + reserved <= limit;
  }

  /** Settles a request that brought no page. An answer that could not be understood is kept with it. */
  async settle(
    snapshotId: SnapshotId,
    settlement: Settlement,
    change: Change,
    raw: RawAnswer | null,
  ): Promise<Snapshot | undefined> {
    const tables = [this.#db.snapshots, this.#db.ledger, this.#db.raw, this.#db.keys];
    return this.#spent.during((note) =>
      this.#db.transaction('rw', tables, async () => {
        await this.#settle(settlement, note);
        if (raw !== null) await this.#db.raw.put(clean.raw(raw));
        return this.#change(snapshotId, change);
      }),
    );
  }

  /**
   * Keeps a page: the page, its ids, the snapshot's counters and the ledger in one transaction, and with them the
   * request for the next one.
   */
  async settlePage(
    page: NewPage,
    settlement: Settlement,
    change: Change,
    follow: Follow | null = null,
  ): Promise<Snapshot | undefined> {
    const { snapshots, ledger, pages, ids, keys } = this.#db;
    const { accounts, ...rest } = page;
    const { snapshotId } = rest;
    // Made before the transaction opens: whatever waits for it waits for the disk alone.
    const row = clean.page({ ...rest, accounts: toColumns(accounts) });
    const idsRow = clean.idsOf(row);
    return this.#spent.during((note) =>
      this.#db.transaction('rw', [snapshots, ledger, pages, ids, keys], async () => {
        const before = await this.#leftBefore(settlement, follow);
        const [now, settled] = await Promise.all([snapshots.get(snapshotId), this.#settle(settlement, note)]);
        // A list that was deleted while its page was on the way stays deleted; the ledger keeps what it cost.
        if (now === undefined) return undefined;
        const kept = clean.snapshot(change(now));
        const next = follow?.plan(kept, before === null ? null : before - settled) ?? null;
        const changed = next === null ? kept : clean.snapshot(next.snapshot);
        const sent = next === null ? null : clean.entry(next.entry);
        await Promise.all([
          pages.add(row),
          ids.add(idsRow),
          snapshots.put(changed),
          sent === null ? undefined : ledger.add(sent),
        ]);
        if (sent !== null) note({ provider: sent.provider, sentAt: sent.sentAt, by: sent.reserved });
        return changed;
      }),
    );
  }

  /** What a limit leaves before a request is settled. Reads what the settlement changes, so it comes first. */
  async #leftBefore({ provider, at }: Settlement, follow: Follow | null): Promise<number | null> {
    const allowance = follow?.allowance ?? null;
    if (allowance === null) return null;
    const { since, limit } = allowance;
    return limit - (await this.spentSince(provider, since, at));
  }

  async rawAnswers(id: SnapshotId): Promise<RawAnswer[]> {
    const [from, to] = range(id);
    return this.#db.raw.where('[snapshotId+seq]').between(from, to, true, true).toArray();
  }

  /** Visits all answers that were kept raw, of all lists, one at a time. */
  async eachRaw(visit: (raw: RawAnswer) => Promise<void>): Promise<void> {
    for (const key of await this.#db.raw.toCollection().primaryKeys()) {
      const raw = await this.#db.raw.get(key);
      if (raw !== undefined) await visit(raw);
    }
  }

  /** Replaces the bytes of an answer that was kept raw, unless it was deleted meanwhile. */
  async replaceRawBytes({ snapshotId, seq }: RawAnswer, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { raw } = this.#db;
    await this.#db.transaction('rw', raw, async () => {
      const now = await raw.get([snapshotId, seq]);
      if (now !== undefined) await raw.put(clean.raw({ ...now, bytes }));
    });
  }

  // ——— what reading is made fast with ———

  /** The derived records there are of some columns, of segment `from` up to, not including, `to`; in no order. */
  async derived(
    id: SnapshotId,
    columns: readonly string[],
    from: number,
    to: number,
  ): Promise<readonly DerivedRow[]> {
    const { derived } = this.#db;
    const found = await this.#db.transaction('r', derived, () =>
      Promise.all(
        columns.map((column) =>
          derived
            .where('[snapshotId+column+segment]')
            .between([id, column, from], [id, column, to], true, false)
            .toArray(),
        ),
      ),
    );
    return found.flat();
  }

  /** Keeps derived records, unless their list was deleted meanwhile. */
  async putDerived(id: SnapshotId, rows: readonly DerivedRow[]): Promise<void> {
    const { derived, snapshots } = this.#db;
    await this.#db.transaction('rw', [derived, snapshots], async () => {
      if ((await snapshots.get(id)) === undefined) return;
      await derived.bulkPut(rows);
    });
  }

  // ——— the ledger ———

  /**
   * Settles an entry, and takes what it cost off the balance that the provider stated last.
   * @returns by how much the entry now counts for more
   */
  async #settle(settlement: Settlement, note: Note): Promise<number> {
    const { entry: id, provider, at, status, amount, listed, balance: stated } = settlement;
    const { ledger, keys } = this.#db;
    const costs = (status === 'charged' && amount > 0) || stated !== undefined;
    const [entry, key] = await Promise.all([ledger.get(id), costs ? keys.get(provider) : undefined]);
    const balance = stated ?? key?.balance ?? null;
    const settled =
      entry === undefined ? undefined : clean.entry({ ...entry, settledAt: at, status, amount, listed });
    const by =
      entry === undefined || settled === undefined ? 0 : countedAmount(settled) - countedAmount(entry);
    if (entry !== undefined) note({ provider: entry.provider, sentAt: entry.sentAt, by });
    await Promise.all([
      settled === undefined ? undefined : ledger.put(settled),
      key === undefined || balance === null
        ? undefined
        : keys.put(clean.key({ ...key, balance: stated ?? Math.max(0, balance - amount) })),
    ]);
    return by;
  }

  /**
   * Turns the entries of a provider that still stand as `sent` into `maybe`, and tells each one's snapshot. Only
   * for a caller that knows that no request of this provider is under way.
   */
  async sweep(provider: ProviderId, at: number, change: (entry: LedgerEntry) => Change): Promise<void> {
    const { snapshots, ledger, keys } = this.#db;
    this.#spent.forget(provider);
    await this.#spent.during((note) =>
      this.#db.transaction('rw', [snapshots, ledger, keys], async () => {
        const open = readable(await ledger.where('[provider+status]').equals([provider, 'sent']).toArray());
        for (const entry of open) {
          const { id, reserved: amount } = entry;
          await this.#settle({ entry: id, provider, at, status: 'maybe', amount, listed: null }, note);
          if (entry.snapshotId !== null) await this.#change(entry.snapshotId, change(entry));
        }
      }),
    );
  }

  /**
   * What limits count of the requests sent to a provider since a time: what it charged or may have, at least what the
   * price list says; requests under way at their reserve. Costs the same however many requests that were.
   */
  async spentSince(provider: ProviderId, since: number, now: number): Promise<number> {
    return this.#spent.since(provider, { since, now }, async (from, until) => {
      const entries = await this.#db.ledger
        .where('[provider+sentAt]')
        .between([provider, from], [provider, until], true, false)
        .toArray();
      return readable(entries).reduce((sum, entry) => sum + countedAmount(entry), 0);
    });
  }

  /** Forgets what it has in mind of a month's spending: the ledger was written past this store. */
  forgetSpending(providers: readonly ProviderId[]): void {
    for (const provider of providers) this.#spent.forget(provider);
  }

  async ledgerEntry(id: string): Promise<LedgerEntry | undefined> {
    return this.#db.ledger.get(id);
  }

  /** What each provider was paid in each month. Lists that were deleted count too. */
  async spending(): Promise<MonthlySpending[]> {
    const sums = new SpendingSums();
    await this.#db.ledger.each((entry: LedgerEntry | undefined) => {
      if (entry !== undefined) sums.add(entry);
    });
    return sums.rows();
  }

  /** What a list has cost so far. */
  async spentOn(id: SnapshotId): Promise<Spent> {
    return sumOf(readable(await this.#db.ledger.where('snapshotId').equals(id).toArray()));
  }

  /** A list and what it has cost at one moment; `undefined` where it was deleted. Requests under way are counted, not paid for. */
  async statementOf(id: SnapshotId): Promise<Statement | undefined> {
    const { snapshots, ledger } = this.#db;
    return this.#db.transaction('r', [snapshots, ledger], async () => {
      const snapshot = await snapshots.get(id);
      if (snapshot === undefined) return undefined;
      const entries = readable(await ledger.where('snapshotId').equals(id).toArray());
      const settled = entries.filter(({ status }) => status !== 'sent');
      return { snapshot, spent: { ...sumOf(settled), requests: entries.length } };
    });
  }

  /** How many requests were written down for a list, those under way included. */
  async requestsOn(id: SnapshotId): Promise<number> {
    return this.#db.ledger.where('snapshotId').equals(id).count();
  }

  /**
   * Writes the test of a key into the ledger before it is sent. The limit is looked at in the same transaction.
   * @returns whether the limit allows it; if not, nothing was written
   */
  async sendKeyCheck(entry: KeyCheckEntry, allowance: Allowance | null = null): Promise<boolean> {
    const { ledger } = this.#db;
    return this.#spent.during((note) =>
      this.#db.transaction('rw', [ledger], async () => {
        if (!(await this.#affords(entry, allowance))) return false;
        const sent = clean.entry(entry);
        await ledger.add(sent);
        note({ provider: sent.provider, sentAt: sent.sentAt, by: sent.reserved });
        return true;
      }),
    );
  }

  async settleKeyCheck(settlement: Settlement): Promise<void> {
    const { ledger, keys } = this.#db;
    await this.#spent.during((note) =>
      this.#db.transaction('rw', [ledger, keys], () => this.#settle(settlement, note)),
    );
  }

  /** The ledger of one snapshot, in the order sent. */
  async ledgerOf(id: SnapshotId): Promise<LedgerEntry[]> {
    const entries = readable(await this.#db.ledger.where('snapshotId').equals(id).toArray());
    return entries.sort((a, b) => a.sentAt - b.sentAt);
  }

  // ——— keys ———

  /** The key with its base URL. For the code that is about to send it to that base URL, and nobody else. */
  async key(provider: ProviderId): Promise<KeyRow | undefined> {
    return this.#db.keys.get(provider);
  }

  /** All keys with their secrets. For the code that locks and unlocks them. */
  async keyRows(): Promise<KeyRow[]> {
    const rows = await this.#db.keys.toArray();
    const found = readable(rows);
    this.damagedKeys.note(rows.length - found.length);
    return found.filter((row) => 'secret' in row);
  }

  async keyInfos(): Promise<KeyInfo[]> {
    const rows = await this.keyRows();
    return rows.map(({ secret, ...rest }) => ({
      ...rest,
      masked: mask(secret.kind === 'open' ? secret.key : ''),
      locked: secret.kind === 'locked',
    }));
  }

  async saveKey(key: {
    readonly provider: ProviderId;
    /** The key as it is, or locked. */
    readonly key: string | LockedSecret;
    readonly baseUrl: string;
    readonly savedAt: number;
    readonly checkedAt: number | null;
    readonly balance: number | null;
  }): Promise<void> {
    const { key: secret, ...rest } = key;
    await this.#db.keys.put(
      clean.key({
        ...rest,
        secret: typeof secret === 'string' ? { kind: 'open', key: secret } : secret,
      }),
    );
  }

  // ——— traces of keys ———

  /** Traces of all keys that were ever in use here, those that are gone among them. */
  async keyTraces(): Promise<KeyTrace[]> {
    return this.#db.traces.toArray();
  }

  async addKeyTraces(traces: readonly KeyTrace[]): Promise<void> {
    await this.#db.traces.bulkPut(traces);
  }

  // ——— everything ———

  /**
   * Deletes everything. The tables are emptied first, which nobody's open connection can hold up; then the database
   * itself goes, and with it what the browser kept of older values in its files, as soon as the browser closes these.
   * The next query begins anew.
=======
   * Deletes everything. The tables are emptied first, which no open connection can delay. Then the database itself is
   * deleted, and with it the older values that the browser may still have in its files. The next query creates it anew.
>>>>>>> main
   */
  async clear(): Promise<void> {
    const { tables } = this.#db;
    await this.#db.transaction('rw', tables, () => Promise.all(tables.map((table) => table.clear())));
    this.money.forgetTotals('all');
    await this.#db.delete({ disableAutoOpen: false });
  }
}

/** Opens the store. This takes no time, because the first query opens the database. */
export function openStore(name: string = DATABASE_NAME): Store {
  return new Store(name);
}
