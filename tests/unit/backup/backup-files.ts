/** Stores to save and restore, and backup files that are taken apart and reassembled. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, expect, vi } from 'vitest';
import { LinesDigest } from '../../../lib/backup/digest.ts';
import { identityLine } from '../../../lib/backup/format.ts';
import { restoreBackup, type Restored } from '../../../lib/backup/restore.ts';
import { writeBackup } from '../../../lib/backup/write.ts';
import { cursorSchema, snapshotIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { LedgerEntry } from '../../../lib/model/ledger.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { xV11 } from '../../../lib/providers/x-v1.1.ts';
import { defaultPreferences, type Preferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { storedDatabase, writeDatabase } from '../../harness/stored-database.ts';
import { account, createTestCollector, PROVIDER } from '../collector/test-collector.ts';

/** Each test starts without a database. */
export function freshDatabases(): void {
  beforeEach(() => {
    const factory = new IDBFactory();
    vi.stubGlobal('indexedDB', factory);
    Dexie.dependencies.indexedDB = factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    return () => {
      vi.unstubAllGlobals();
    };
  });
}

export const WHOLE = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000a');
export const OF_IDS = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000b');
export const NOW = Date.UTC(2026, 10, 21);
export const KEYS = ['sk_live_stored_by_version_one_0001', 'AAAAversion_one_token'];
const { signal } = new AbortController();

/** The adapters that its lists use. */
export const ADAPTERS = [createTestCollector({ followers: 0 }).adapter, sociavault, xV11];

/** A store with a complete list, a half-filled list of IDs, and a saved unparsed response. */
export async function filled(): Promise<Store> {
  await writeDatabase({ name: 'source', stored: await storedDatabase(1) });
  return new Store('source');
}

export async function save(store: Store, preferences: Preferences = defaultPreferences): Promise<Uint8Array> {
  const written = writeBackup({
    store,
    preferences,
    secrets: KEYS,
    now: NOW,
    signal,
    onProgress: () => undefined,
  });
  const parts: Uint8Array[] = [];
  for await (const part of written.bytes) parts.push(part);
  return Buffer.concat(parts);
}

export function restore(
  store: Store,
  bytes: Uint8Array,
  preferences: Preferences = defaultPreferences,
): Promise<Restored> {
  const file = new Blob([new Uint8Array(bytes)]);
  return restoreBackup({
    store,
    file,
    adapters: ADAPTERS,
    room: () => Promise.resolve(null),
    preferences,
    now: NOW,
    signal,
    onProgress: () => undefined,
  });
}

/** Everything in a database, bypassing all code of the extension. */
export async function everything(name: string): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('The database did not open.'));
    };
  });
  const rows: unknown[] = [];
  for (const table of database.objectStoreNames) {
    const request = database.transaction(table).objectStore(table).getAll();
    rows.push(
      table,
      await new Promise((resolve) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
      }),
    );
  }
  database.close();
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'bigint'
      ? String(value)
      : value instanceof BigUint64Array || value instanceof Uint8Array
        ? Array.from(value, String)
        : value,
  );
}

export function lines(bytes: Uint8Array): string[] {
  return gunzipSync(bytes).toString('utf8').split('\n').slice(0, -1);
}

export function packed(of: readonly string[]): Uint8Array {
  return gzipSync(of.map((line) => `${line}\n`).join(''));
}

/** The lines of a backup with some of them changed, and all digests corrected. */
export async function forged(change: (line: string) => string): Promise<string[]> {
  const all = lines(await save(await filled()));
  const whole = new LinesDigest();
  let content = new LinesDigest();
  let changes = 0;
  const written = all.map((line) => {
    let now = change(line);
    if (now !== line) changes += 1;
    if (now.startsWith('{"snapshot"')) {
      content = new LinesDigest();
      content.add(identityLine((JSON.parse(now) as { snapshot: Snapshot }).snapshot));
    } else if (/^\{"(page|fill|raw)"/.test(now)) content.add(now);
    else if (now.startsWith('{"closed"')) now = `{"closed":{"content":"${content.hex()}"}}`;
    else if (now.startsWith('{"end"')) {
      now = now.replace(/"sha256":"[0-9a-f]+"/, `"sha256":"${whole.hex()}"`);
    }
    whole.add(now);
    return now;
  });
  expect(changes).toBeGreaterThan(0);
  return written;
}

/** Extends an unfinished list to `pages` pages of ten. */
export async function grow(store: Store, id: SnapshotId, pages: number, from = 0, salt = ''): Promise<void> {
  for (let seq = from; seq < pages; seq += 1) {
    const entry: LedgerEntry = {
      id: `${id}-${salt}${seq.toString()}`,
      snapshotId: id,
      provider: PROVIDER,
      purpose: 'page',
      unit: 'credits',
      sentAt: NOW + seq,
      settledAt: null,
      status: 'sent',
      reserved: 1,
      amount: 0,
      listed: null,
    };
    await store.money.addResent(entry, (now) => now);
    await store.money.settlePage(
      {
        snapshotId: id,
        seq,
        cursor: seq === 0 ? null : cursorSchema.parse(`c${seq.toString()}`),
        next: cursorSchema.parse(`c${(seq + 1).toString()}`),
        first: seq * 10,
        accounts: Array.from({ length: 10 }, (_, index) => ({
          ...account(seq * 10 + index),
          bio: `${salt} "quoted"\r\n\t=cmd|' מ 👩‍👩‍👧 \u2028 ${index.toString()}`,
        })),
        idsOnly: false,
        duplicates: 0,
        unreadable: 0,
        charged: 1,
        providerAt: null,
        receivedAt: NOW + seq,
        sha256: 'ab'.repeat(32),
      },
      { entry: entry.id, provider: PROVIDER, at: NOW + seq, status: 'charged', amount: 1, listed: 1 },
      (now) => ({
        ...now,
        pages: now.pages + 1,
        rows: now.rows + 10,
        filled: now.filled + 10,
        charged: now.charged + 1,
      }),
    );
  }
}

export const LIST = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000c');

export async function listOf(name: string, pages: number, salt = ''): Promise<Store> {
  const source = await filled();
  const pattern = await source.snapshots.get(WHOLE);
  if (pattern === undefined) throw new Error('The stored database does not contain this list.');
  const store = new Store(name);
  const fresh: Snapshot = {
    ...pattern,
    id: LIST,
    provider: PROVIDER,
    state: { kind: 'paused' },
    endedAt: null,
    cap: 1_000_000,
    confirmed: true,
    pages: 0,
    rows: 0,
    filled: 0,
    duplicates: 0,
    charged: 0,
    maybeCharged: 0,
  };
  await store.snapshots.start(fresh, true);
  await grow(store, LIST, pages, 0, salt);
  source.close();
  return store;
}
