/**
 * The tables. Only this folder knows that they are IndexedDB.
 *
 * A released version is never edited (tests/structure/database.test.ts): a change is a new `version(n)` with an upgrade
 * and a test that starts from a stored older database (tests/fixtures).
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Cursor, ProviderId, SnapshotId } from '../model/ids.ts';
import type { KeyLock, Secret } from '../model/key.ts';
import type { Batch, BatchId } from '../model/batch.ts';
import type { Budget, BudgetId } from '../model/budget.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { PartStart } from '../model/update.ts';
import type { Watch, WatchId } from '../model/watch.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import { clean, type Clean } from './clean.ts';
import type { AccountColumns } from './columns.ts';
import type { DerivedRow } from './derived.ts';
import type { PackedIds } from './ids.ts';
import { isBatch, isBudget, isKeyOrLock, isSnapshot, isWatch, readEntry } from './readable.ts';
import { watchedFactory, type ReportStorageError } from './open-database.ts';

/** One response of a provider. Written once, never changed. */
export interface PageRow {
  readonly snapshotId: SnapshotId;
  /** Counts from 0. */
  readonly seq: number;
  /** The cursor that requested it. */
  readonly cursor: Cursor | null;
  /** The cursor that follows it. */
  readonly next: Cursor | null;
  /** How many accounts the previous pages contain: the list position of its first account, from 0. */
  readonly first: number;
  readonly accounts: AccountColumns;
  /** Whether its accounts are IDs only and are completed by `fills`. */
  readonly idsOnly: boolean;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly charged: number;
  /** The response's `Date`, if it has one. */
  readonly providerAt: number | null;
  readonly receivedAt: number;
  /** Of the response's bytes, in hex. */
  readonly sha256: string;
}

/** What a restarted collector needs of a page, without reading its accounts. */
export interface IdsRow {
  readonly snapshotId: SnapshotId;
  readonly seq: number;
  readonly next: Cursor | null;
  readonly ids: PackedIds;
}

/** A provider's key. Content scripts cannot reach IndexedDB of the extension in any browser. */
export interface KeyRow {
  readonly provider: ProviderId;
  readonly secret: Secret;
  readonly baseUrl: string;
  readonly savedAt: number;
  readonly checkedAt: number | null;
  /** The balance that the provider stated at `checkedAt`, in its unit. */
  readonly balance: number | null;
}

/** The lock of all keys is stored in their table, under a name that no provider has. */
export const LOCK = '@lock';
export interface LockRow {
  readonly provider: typeof LOCK;
  readonly lock: KeyLock;
}

/** A part of a page of IDs, completed by one fill. Written once, never changed. */
export interface FillRow {
  readonly snapshotId: SnapshotId;
  /** The page. */
  readonly seq: number;
  /** The position in the page where it begins, in accounts. */
  readonly part: number;
  readonly accounts: AccountColumns;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** What a restore has written but not made visible yet. */
export interface StagedRow {
  readonly key: string;
  /** The list that the rows belong to; `null` for a part of the ledger. */
  readonly id: SnapshotId | null;
  readonly entries: readonly LedgerEntry[];
}

/** One preference. `lib/settings/preferences.ts` validates its value when it is read. */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Stored among the settings from the upgrade to version 3 until the preferences of the older version are moved from
 * `storage.local`. A database that was created in version 3 never has it.
 */
export const FROM_STORAGE_LOCAL = '@from-storage-local';

/**
 * A part of an updated list that comes from an earlier collection, whose pages it shares. The list reads as its own
 * pages, then its parts in order. Written once, when the update ends.
 */
export interface PartRow {
  readonly snapshotId: SnapshotId;
  /** Counts from 0. */
  readonly part: number;
  /** Whose pages they are. That list may have been deleted since. */
  readonly log: SnapshotId;
  /** The collections that the log contains. A list restored from a backup can contain several. */
  readonly starts: readonly PartStart[];
  readonly pages: number;
  readonly rows: number;
  /** Of `rows`, the ones whose details are known; they are known in order. */
  readonly filled: number;
  /** The accounts that are listed above already: ranges of positions in the log, as pairs of first and after-last. */
  readonly dropped: Uint32Array<ArrayBuffer>;
}

/** A table that accepts only clean rows. */
type CleanTable<T, Key> = Table<T, Key, Clean<T>>;

export interface Tables {
  readonly settings: EntityTable<SettingRow, 'key'>;
  readonly staged: CleanTable<StagedRow, string>;
  readonly fills: CleanTable<FillRow, [SnapshotId, number, number]>;
  readonly snapshots: CleanTable<Snapshot, SnapshotId>;
  readonly pages: CleanTable<PageRow, [SnapshotId, number]>;
  readonly ids: CleanTable<IdsRow, [SnapshotId, number]>;
  readonly raw: CleanTable<RawResponse, [SnapshotId, number]>;
  readonly ledger: CleanTable<LedgerEntry, string>;
  readonly keys: CleanTable<KeyRow, ProviderId>;
  readonly derived: Table<DerivedRow, [SnapshotId, string, number]>;
  readonly traces: Table<KeyTrace, string>;
  readonly budgets: CleanTable<Budget, BudgetId>;
  readonly batches: CleanTable<Batch, BatchId>;
  readonly watches: CleanTable<Watch, WatchId>;
  readonly parts: Table<PartRow, [SnapshotId, number]>;
}

export type Database = Dexie & Tables;

/** The version of the tables. */
const VERSION = 4;

/** The tables of version 1, as released with 0.1.0. */
export const TABLES_OF_VERSION_1 = {
  snapshots: 'id, [platform+handleKey+relation], createdAt, state.kind',
  pages: '[snapshotId+seq], [snapshotId+first]',
  ids: '[snapshotId+seq]',
  fills: '[snapshotId+seq+part]',
  raw: '[snapshotId+seq]',
  ledger: 'id, snapshotId, [provider+sentAt], [provider+status]',
  keys: 'provider',
} as const;

export const TABLES_ADDED_IN_VERSION_2 = {
  derived: '[snapshotId+column+segment]',
  staged: 'key',
} as const;

export const TABLES_CHANGED_IN_VERSION_4 = {
  snapshots: 'id, [platform+handleKey+relation], createdAt, state.kind, batch',
  parts: '[snapshotId+part], log',
  budgets: 'id',
  batches: 'id, createdAt',
  watches: 'id',
} as const;

/**
 * Opens the database with the first query. Transactions use strict durability, because what was paid for must survive a
 * power failure; relaxed ones survive only a killed process.
 * @param report called with what prevents it from being opened, and when a newer version takes it over
 */
export function openDatabase(name: string, report: ReportStorageError): Database {
  const database = new Dexie(name, {
    chromeTransactionDurability: 'strict',
    indexedDB: watchedFactory(Dexie.dependencies.indexedDB, VERSION * 10, report),
  }) as Database;
  database.version(1).stores(TABLES_OF_VERSION_1);
  database
    .version(2)
    .stores(TABLES_ADDED_IN_VERSION_2)
    .upgrade(async (transaction) => {
      // The list price of older requests was not stored.
      await transaction.table<LedgerEntry>('ledger').toCollection().modify({ listed: null });
    });
  database
    .version(3)
    .stores({ traces: 'id', settings: 'key' })
    .upgrade(async (transaction) => {
      await transaction.table<SettingRow>('settings').put({ key: FROM_STORAGE_LOCAL, value: true });
    });
  database.version(VERSION).stores(TABLES_CHANGED_IN_VERSION_4);
  cleanWhatIsRead(database);
  database.on('versionchange', ({ newVersion }) => {
    // Another context deletes everything: Dexie closes the connection, and the next query opens a new database.
    if (newVersion === null || newVersion === 0) return undefined;
    // A newer version waits until this connection is closed. After that, the tables may be unknown to this version.
    database.close();
    report('outdated');
    return false;
  });
  return database;
}

/**
 * Earlier versions stored some rows without rules. Such rows are cleaned whenever they are read, which takes less time
 * than rewriting every page in an upgrade, and cannot be interrupted halfway. A damaged row reads as `undefined`; code
 * that reads many rows leaves it out (`readable`).
 */
function cleanWhatIsRead(database: Database): void {
  const { snapshots, pages, fills, raw, ledger, keys, budgets, batches, watches } = database;
  // The hook is also called for missing rows, with `undefined`.
  const found =
    <T>(of: (row: T) => T | undefined) =>
    (row: T | undefined) =>
      row === undefined ? undefined : of(row);
  snapshots.hook.reading.subscribe(found((row) => (isSnapshot(row) ? clean.snapshot(row) : undefined)));
  keys.hook.reading.subscribe(found((row) => (isKeyOrLock(row) ? row : undefined)));
  budgets.hook.reading.subscribe(found((row) => (isBudget(row) ? clean.budget(row) : undefined)));
  watches.hook.reading.subscribe(found((row) => (isWatch(row) ? clean.watch(row) : undefined)));
  batches.hook.reading.subscribe(found((row) => (isBatch(row) ? clean.batch(row) : undefined)));
  pages.hook.reading.subscribe(found(clean.page));
  fills.hook.reading.subscribe(found(clean.fill));
  raw.hook.reading.subscribe(found(clean.raw));
  ledger.hook.reading.subscribe(
    found((row: LedgerEntry) => {
      const entry = readEntry(row);
      return entry === undefined ? undefined : clean.entry(entry);
    }),
  );
}
