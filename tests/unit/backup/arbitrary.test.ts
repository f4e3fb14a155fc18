/**
 * Arbitrary data of providers, pages, and files: the store accepts it, a backup restores it, and every format can
 * represent it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptSchema } from '../../../lib/export/receipt/shape.ts';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { profileUrl } from '../../../lib/platforms/index.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { Store } from '../../../lib/store/index.ts';
import { wellFormed } from '../../../lib/well-formed.ts';
import type { ArbitraryList } from '../../harness/arbitrary/answers.ts';
import { accountsOf, collect } from '../../harness/arbitrary/collected.ts';
import {
  difference,
  EXPORT_FORMATS,
  exportedRows,
  strictXmlParts,
  type ExportedRow,
} from '../../harness/read-exports.ts';
import { COLLECTED, SOURCE, written } from '../export/encoded-files.ts';
import { speakEnglish } from '../words/english.ts';
import { freshDatabases, restore, save } from './backup-files.ts';

freshDatabases();

const LISTS: readonly ArbitraryList[] = [
  { provider: 'sociavault', platform: 'x', handle: 'someone', pages: 5, rows: 60 },
  { provider: 'sociavault', platform: 'tiktok', handle: 'someone', pages: 5, rows: 60 },
  { provider: 'socialfetch', platform: 'tiktok', handle: 'someone', pages: 5, rows: 60 },
  { provider: 'x-v2', platform: 'x', handle: 'someone', pages: 5, rows: 60 },
  { provider: 'x-v1.1', platform: 'x', handle: 'someone', pages: 5, rows: 60 },
];
/** A fixed seed, because another seed for each run would be another test; the extended tests use many. */
const SEED = 20_261_129;

const nameOf = ({ provider, platform }: ArbitraryList): string => `${provider}, ${platform}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followledger-arbitrary-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The fields of a list that a backup keeps unchanged. */
function keptOf({
  handle,
  profileId,
  facts,
  pages,
  rows,
  filled,
  expected,
  duplicates,
  unreadable,
}: Snapshot) {
  return { handle, profileId, facts, pages, rows, filled, expected, duplicates, unreadable };
}

/** As every reader must return it, computed without the writer's code. */
function rowOf(account: Account, index: number): ExportedRow {
  const say = (text: string | null): string | null => (text === '' ? null : text);
  return {
    position: index + 1,
    id: account.id,
    handle: say(account.handle),
    name: say(account.name),
    bio: say(account.bio),
    location: say(account.location),
    website: say(account.website),
    followers: account.followers,
    following: account.following,
    posts: account.posts,
    likes: account.likes,
    listed: account.listed,
    verified: account.verified,
    verified_type: say(account.verifiedType),
    private: account.private,
    created_at: account.createdAt,
    language: say(account.language),
    region: say(account.region),
    profile_url: account.handle === null ? null : profileUrl(SOURCE.platform, account.handle),
    avatar_url: say(account.avatarUrl),
    platform: SOURCE.platform,
    source_handle: SOURCE.handle,
    source_id: SOURCE.id,
    relation: SOURCE.relation,
    provider: SOURCE.provider,
    collected_at: COLLECTED,
  };
}

/** Every text in a value, at any depth. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) yield* textsIn(inner);
  }
}

describe.each(LISTS.map((list) => [nameOf(list), list] as const))('responses of %s', (_, list) => {
  it('are stored well-formed and bounded, and are recognized as existing when their backup is restored', async () => {
    const store = new Store('source');
    const snapshot = await collect(store, list, SEED);
    expect(snapshot).toMatchObject({ state: { kind: 'ended' }, pages: list.pages });
    // Some responses contain invalid IDs; most IDs are valid.
    expect(snapshot.rows).toBeGreaterThan(0.8 * list.pages * list.rows);
    const accounts = await accountsOf(store, snapshot.id);
    for (const text of textsIn([snapshot, accounts, await store.ledger.ofSnapshot(snapshot.id)])) {
      expect(wellFormed(text)).toBe(text);
      expect(text.length).toBeLessThanOrEqual(100_000);
    }
    for (const { createdAt } of accounts) {
      if (createdAt !== null) expect(new Date(createdAt).toISOString()).toMatch(/^\d{4}-/);
    }
    const spent = await store.ledger.spentOn(snapshot.id);
    expect(Number.isSafeInteger(spent.charged)).toBe(true);
    expect(snapshot.charged).toBe(spent.charged);

    const file = await save(store);
    expect(await restore(store, file)).toMatchObject({ added: 0, present: 1, keptTwice: 0, requests: 0 });
    const target = new Store('target');
    expect(await restore(target, file)).toMatchObject({ added: 1, accounts: snapshot.rows });
    const back = await target.snapshots.get(snapshot.id);
    expect(back === undefined ? null : keptOf(back)).toEqual(keptOf(snapshot));
    expect(await accountsOf(target, snapshot.id)).toEqual(accounts);
    expect(await restore(target, await save(target))).toMatchObject({ added: 0, present: 1 });
  });

  it('are represented identically in all five formats', async () => {
    const store = new Store('source');
    const accounts = await accountsOf(store, (await collect(store, list, SEED)).id);
    const expected = accounts.map(rowOf);
    for (const format of EXPORT_FORMATS) {
      const path = join(folder, `${list.provider}-${list.platform}.${format}`);
      const { bytes } = await written(format, accounts, { exact: true, together: 64 });
      await writeFile(path, bytes);
      expect(difference(format, await exportedRows(format, path), expected)).toBeNull();
    }
    expect(await strictXmlParts(join(folder, `${list.provider}-${list.platform}.xlsx`))).toBeGreaterThan(5);
  }, 60_000);

  it('produce a receipt that its own schema accepts', async () => {
    speakEnglish();
    const store = new Store('source');
    const snapshot = await collect(store, list, SEED);
    const adapter = adapters.find(({ id }) => id === snapshot.provider);
    const receipt = receiptOf({
      snapshot,
      spent: await store.ledger.spentOn(snapshot.id),
      provider: { name: adapter?.name ?? '', origin: adapter?.origin ?? null },
      creditPrice: { currency: 'EUR', perThousand: 2_000_000 },
      file: {
        name: 'file.csv',
        format: 'csv',
        rows: snapshot.rows,
        bytes: 1,
        sha256: '0'.repeat(64),
        columns: ['id'],
        filter: null,
        sort: null,
        guarded: 0,
        cut: 0,
        idsOnly: 0,
        unavailable: 0,
      },
      appVersion: '0.1.0',
      writtenAt: Date.UTC(2026, 10, 29),
    });
    expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
  });
});
