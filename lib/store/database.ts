/**
 * The tables. Only this folder knows that they are IndexedDB.
 *
 * A released version is never edited (tests/structure/database.test.ts): a change is a new `version(n)` with an upgrade
 * and a test that starts from a stored older database (tests/fixtures).
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Cursor, ProviderId, SnapshotId } from '../model/ids.ts';
import type { KeyLock, Secret } from '../model/key.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import { clean, type Clean } from './clean.ts';
import type { AccountColumns } from './columns.ts';
import type { DerivedRow } from './derived.ts';
import type { PackedIds } from './ids.ts';
import { isKeyOrLock, isSnapshot, readEntry } from './readable.ts';
import { watchedFactory, type ReportTrouble } from './open-database.ts';

/** One answer of a provider. Written once, never changed. */
export interface PageRow {
  readonly snapshotId: SnapshotId;
  /** Counts from 0. */
  readonly seq: number;
  /** The cursor that asked for it. */
  readonly cursor: Cursor | null;
  /** The cursor that it offered. */
  readonly next: Cursor | null;
  /** How many accounts the pages before it hold: the list position of its first account, from 0. */
  readonly first: number;
  readonly accounts: AccountColumns;
  /** Whether its accounts came as ids alone and are completed by `fills`. */
  readonly idsOnly: boolean;
  readonly duplicates: number;
  readonly unreadable: number;
  readonly charged: number;
  /** The answer's `Date`, if it had one. */
  readonly providerAt: number | null;
  readonly receivedAt: number;
  /** Of the raw answer, in hex. */
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
  /** What the provider said was left at `checkedAt`, in its unit. */
  readonly balance: number | null;
}

/** The lock of all keys lies in their table, under a name that no provider has. */
export const LOCK = '@lock';
export interface LockRow {
  readonly provider: typeof LOCK;
  readonly lock: KeyLock;
}

/** A part of a page of ids, completed by one look-up. Written once, never changed. */
export interface FillRow {
  readonly snapshotId: SnapshotId;
  /** The page. */
  readonly seq: number;
  /** Where in the page it begins, in accounts. */
  readonly part: number;
  readonly accounts: AccountColumns;
  readonly receivedAt: number;
  readonly sha256: string;
}

/** What a restore has written and not shown yet. */
export interface StagedRow {
  readonly key: string;
  /** The list whose rows they are; `null` for a chunk of the ledger. */
  readonly id: SnapshotId | null;
  readonly entries: readonly LedgerEntry[];
}

/** One preference. What its value may be is known to `lib/settings/preferences.ts`; whatever is stored, it is read. */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}

/**
 * Lies among the settings from the upgrade to version 3 until the preferences of the older version, which were in
 * `storage.local`, are moved. A database that was new in version 3 never has it.
 */
export const FROM_STORAGE_LOCAL = '@from-storage-local';

/** A table that takes clean rows only. */
type CleanTable<T, Key> = Table<T, Key, Clean<T>>;

export interface Tables {
  readonly settings: EntityTable<SettingRow, 'key'>;
  readonly staged: CleanTable<StagedRow, string>;
  readonly fills: CleanTable<FillRow, [SnapshotId, number, number]>;
  readonly snapshots: CleanTable<Snapshot, SnapshotId>;
  readonly pages: CleanTable<PageRow, [SnapshotId, number]>;
  readonly ids: CleanTable<IdsRow, [SnapshotId, number]>;
  readonly raw: CleanTable<RawAnswer, [SnapshotId, number]>;
  readonly ledger: CleanTable<LedgerEntry, string>;
  readonly keys: CleanTable<KeyRow, ProviderId>;
  readonly derived: Table<DerivedRow, [SnapshotId, string, number]>;
  readonly traces: Table<KeyTrace, string>;
}

export type Database = Dexie & Tables;

/** The version of the tables. */
const VERSION = 3;

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

/**
 * Opens the database lazily: the first query does. Transactions are strict: what was paid for must survive a power
 * cut, and relaxed ones survive only a killed process.
 * @param tell told of what stands in the way of opening it, and of a newer version that takes it over
 */
export function openDatabase(name: string, tell: ReportTrouble): Database {
  const database = new Dexie(name, {
    chromeTransactionDurability: 'strict',
    indexedDB: watchedFactory(Dexie.dependencies.indexedDB, VERSION * 10, tell),
  }) as Database;
  database.version(1).stores(TABLES_OF_VERSION_1);
  database
    .version(2)
    .stores(TABLES_ADDED_IN_VERSION_2)
    .upgrade(async (transaction) => {
      // What the price list said of older requests was not kept.
      await transaction.table<LedgerEntry>('ledger').toCollection().modify({ listed: null });
    });
  database
    .version(VERSION)
    .stores({ traces: 'id', settings: 'key' })
    .upgrade(async (transaction) => {
      await transaction.table<SettingRow>('settings').put({ key: FROM_STORAGE_LOCAL, value: true });
    });
  cleanWhatIsRead(database);
  database.on('versionchange', ({ newVersion }) => {
    // Somebody deletes everything: Dexie lets go, and the next query begins anew.
    if (newVersion === null || newVersion === 0) return undefined;
    // A newer version waits for us to let go. Opening again would be reading tables that we do not know.
    database.close();
    tell('outdated');
    return false;
  });
  return database;
}

/**
 * Earlier versions kept some rows as they came. They are cleaned whenever they are read, which costs less than writing
 * every page anew in an update, and leaves nothing that an interrupted one could forget. A row that is damaged reads as
 * if it were not there: whoever reads many at once leaves those out (`readable`).
 */
function cleanWhatIsRead({ snapshots, pages, fills, raw, ledger, keys }: Database): void {
  // What is not there is read too, as `undefined`.
  const found =
    <T>(of: (row: T) => T | undefined) =>
    (row: T | undefined) =>
      row === undefined ? undefined : of(row);
  snapshots.hook.reading.subscribe(found((row) => (isSnapshot(row) ? clean.snapshot(row) : undefined)));
  keys.hook.reading.subscribe(found((row) => (isKeyOrLock(row) ? row : undefined)));
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
