/** Pages stored before a field existed: through every path they read as pages on which the field is unknown. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { LinesDigest } from '../../../lib/backup/digest.ts';
import { identityLine } from '../../../lib/backup/format.ts';
import { formatsFor } from '../../../lib/export/formats.ts';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { noFilters, wholeList, type ListQuery } from '../../../lib/lists/query.ts';
import { Rows } from '../../../lib/lists/rows.ts';
import {
  byKind,
  fieldNames,
  fieldsWith,
  unknownAccount,
  type Account,
  type AccountField,
} from '../../../lib/model/account.ts';
import { accountIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { lines, packed, restore, save as saveBackup } from '../backup/backup-files.ts';
import { save as saveFile } from '../export/stored-lists.ts';
import { writtenList, type WrittenList } from '../lists/stored-lists.ts';
import { speakEnglish } from '../words/english.ts';

beforeEach(speakEnglish);

const signal = new AbortController().signal;
const COUNT = 12;

/** Accounts that came whole, with a value in every field but the missing ones. */
function accountsWithout(missing: readonly AccountField[]): Account[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const id = accountIdSchema.parse(String(1000 + index));
    const values = byKind({ id, text: `text ${index}`, count: index, flag: false, time: 1e12 + index });
    return { ...values, ...Object.fromEntries(missing.map((name) => [name, null])) };
  });
}

/** A page of whole accounts, and a page of IDs that two lookups completed. */
async function listOf(accounts: readonly Account[]): Promise<WrittenList> {
  const list = await writtenList();
  await list.addPage(accounts.slice(0, 6));
  await list.addPage(accounts.slice(6), true);
  await list.fill(0, accounts.slice(6, 9));
  await list.fill(3, accounts.slice(9));
  await list.end();
  return list;
}

/** Removes columns from everything that is stored, bypassing all rules. */
async function strip(missing: readonly AccountField[]): Promise<void> {
  const database = await new Dexie('lists').open();
  for (const name of ['pages', 'fills']) {
    const changed = await database
      .table<{ accounts: Record<string, unknown> }>(name)
      .toCollection()
      .modify((row) => {
        for (const field of missing) Reflect.deleteProperty(row.accounts, field);
      });
    expect(changed).toBe(2);
  }
  await database.table('derived').clear();
  database.close();
}

const QUERIES: readonly ListQuery[] = [
  { ...wholeList, text: 'text 3' },
  { ...wholeList, filters: { ...noFilters, hasBio: false, hasWebsite: false } },
  { ...wholeList, filters: { ...noFilters, followers: { from: 2, to: 9 }, verified: false } },
  ...fieldsWith({ sorted: true }).map((column) => ({ ...wholeList, sort: { column, descending: true } })),
];

/** What every reader of a list gets. */
async function readings(store: Store, snapshot: Snapshot): Promise<Readonly<Record<string, unknown>>> {
  const { id } = snapshot;
  const engine = new Engine(store, id);
  const found: unknown[] = [];
  for (const query of QUERIES) {
    for await (const { positions, done } of engine.find(query, extentOf(snapshot), signal)) {
      if (done) found.push(positions);
    }
  }
  const files: Record<string, string> = {};
  for (const { id: format } of formatsFor('de')) {
    const { bytes } = await saveFile(store, snapshot, format);
    files[format] = bytes.toString('base64');
  }
  return {
    rows: await new Rows(store.pages, id).at(Uint32Array.from({ length: COUNT }, (_, position) => position)),
    pages: await store.pages.read(id, 0, 10),
    found,
    files,
    backup: lines(await saveBackup(store)),
  };
}

async function snapshotOf(store: Store, id: SnapshotId): Promise<Snapshot> {
  const snapshot = await store.snapshots.get(id);
  if (snapshot === undefined) throw new Error('The list is missing.');
  return snapshot;
}

const others = fieldNames.filter((name) => name !== 'id');

describe.each<{ readonly missing: readonly AccountField[] }>([
  { missing: ['unavailable'] },
  { missing: ['likes'] },
  { missing: others },
])('a list stored without $missing', ({ missing }) => {
  it('reads as one on which they are unknown: rows, search, order, every format, backup', async () => {
    const list = await listOf(accountsWithout(missing));
    const snapshot = await list.snapshot();
    const before = await readings(list.store, snapshot);
    await strip(missing);
    expect(await readings(list.store, snapshot)).toEqual(before);
    const [first] = (await list.store.pages.read(snapshot.id, 0, 1)).flatMap(({ accounts }) => accounts);
    expect(first).toEqual(accountsWithout(missing)[0]);
    list.store.close();
  });

  it('is restored from its backup, and from one that an earlier version wrote', async () => {
    const list = await listOf(accountsWithout(missing));
    const snapshot = await list.snapshot();
    await strip(missing);
    const backup = lines(await saveBackup(list.store));
    const before = await readings(list.store, snapshot);
    list.store.close();
    for (const file of [backup, asWrittenWithout(missing, backup)]) {
      Dexie.dependencies.indexedDB = new IDBFactory();
      Dexie.dependencies.IDBKeyRange = IDBKeyRange;
      const target = new Store('lists');
      expect(await restore(target, packed(file))).toMatchObject({ added: 1, accounts: COUNT });
      expect(await readings(target, await snapshotOf(target, snapshot.id))).toEqual(before);
      // Whichever version wrote it, it is the list that is there.
      expect(await restore(target, packed(file))).toMatchObject({ added: 0, present: 1, keptTwice: 0 });
      target.close();
    }
  });
});

/** The backup as a version wrote it that did not know some fields. */
function asWrittenWithout(missing: readonly AccountField[], backup: readonly string[]): string[] {
  const whole = new LinesDigest();
  let content = new LinesDigest();
  return backup.map((line) => {
    let now = line;
    const parsed = JSON.parse(line) as Record<string, { accounts: Record<string, unknown> } | undefined>;
    const columns = (parsed['page'] ?? parsed['fill'])?.accounts;
    if (columns !== undefined) {
      for (const field of missing) Reflect.deleteProperty(columns, field);
      now = JSON.stringify(parsed);
      expect(now).not.toBe(line);
      content.add(now);
    } else if (parsed['snapshot'] !== undefined) {
      content = new LinesDigest();
      content.add(identityLine((JSON.parse(line) as { snapshot: Snapshot }).snapshot));
    } else if (parsed['closed'] !== undefined) now = JSON.stringify({ closed: { content: content.hex() } });
    else if (parsed['end'] !== undefined) {
      now = JSON.stringify({ end: { ...parsed['end'], sha256: whole.hex() } });
    }
    whole.add(now);
    return now;
  });
}

it('knows an account by its ID alone where nothing else was stored', async () => {
  const list = await listOf(accountsWithout([]));
  const { id } = await list.snapshot();
  await strip(others);
  const [page] = await list.store.pages.read(id, 0, 1);
  expect(page?.accounts[0]).toEqual(unknownAccount(accountIdSchema.parse('1000')));
  list.store.close();
});
