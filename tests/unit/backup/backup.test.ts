/** Backups: restores exactly what was saved, and an invalid file changes nothing. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../lib/backup/content.ts';
import { batchIdSchema, type Batch } from '../../../lib/model/batch.ts';
import { budgetIdSchema } from '../../../lib/model/budget.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { batchesIn } from '../../../lib/store/batches.ts';
import { restoreBackup } from '../../../lib/backup/restore.ts';
import { defaultPreferences, type Preferences } from '../../../lib/settings/preferences.ts';
import { archiveOf } from '../../../lib/store/archive.ts';
import { Store } from '../../../lib/store/index.ts';
import { PROVIDER } from '../collector/test-collector.ts';
import {
  ADAPTERS,
  everything,
  filled,
  forged,
  freshDatabases,
  KEYS,
  lines,
  LIST,
  listOf,
  NOW,
  OF_IDS,
  packed,
  restore,
  save,
  WHOLE,
} from './backup-files.ts';

freshDatabases();

describe('a backup', () => {
  it('restores a list’s unexpected entries, its accounts without details, and a profile’s suspension', async () => {
    const source = await listOf('unexpected', 1);
    const runError = { kind: 'no-such-profile', said: 'User has been suspended.', suspended: true } as const;
    await source.snapshots.change(LIST, (now) => ({
      ...now,
      state: { kind: 'ended', outcome: { kind: 'failed', trouble: runError } },
      unexpected: { unavailable: 3, 'no-account': 2, 'unknown-type': 1, 'list-for-object': 4 },
      withoutDetails: { idsOnly: 7, unavailable: 5 },
    }));
    const target = new Store('target');
    const bytes = await save(source);
    await restore(target, bytes);
    expect(await target.snapshots.get(LIST)).toMatchObject({
      state: { outcome: { trouble: runError } },
      unexpected: { unavailable: 3, 'no-account': 2, 'unknown-type': 1, 'list-for-object': 4 },
      withoutDetails: { idsOnly: 7, unavailable: 5 },
    });
    expect(await restore(target, bytes)).toMatchObject({ added: 0, present: expect.any(Number) as number });
  });

  it('contains batches and the limits that they share, which leave nothing until the user sets them again', async () => {
    const source = await listOf('batch', 1);
    const [batchId, budgetId] = [batchIdSchema.parse(WHOLE), budgetIdSchema.parse(OF_IDS)];
    const budget = {
      id: budgetId,
      kind: 'batch',
      provider: PROVIDER,
      unit: 'credits',
      limit: 50,
      counted: 2,
      since: 1,
    } as const;
    const batch: Batch = {
      id: batchId,
      createdAt: 1,
      platform: 'x',
      relation: 'followers',
      provider: PROVIDER,
      howMany: null,
      budget: budgetId,
      lines: [{ handle: handleSchema.parse('someone'), list: LIST }],
    };
    await batchesIn(source).start(batch, budget, { runs: [], again: false });
    await source.snapshots.change(LIST, (now) => ({ ...now, batch: batchId, budget: budgetId, turn: 7 }));
    const bytes = await save(source);
    const target = new Store('target');
    await restore(target, bytes);
    expect(await batchesIn(target).all()).toEqual([batch]);
    expect(await batchesIn(target).budget(budgetId)).toEqual({ ...budget, limit: 2 });
    expect(await target.snapshots.get(LIST)).toMatchObject({ batch: batchId, budget: budgetId, turn: 7 });
    // What is stored here stays, and nothing that was spent is forgotten.
    await restore(source, bytes);
    expect(await batchesIn(source).budget(budgetId)).toEqual(budget);
  });

  it('contains names and notes, restores them, and keeps those of this browser', async () => {
    const source = await listOf('named', 2);
    await source.snapshots.describe(LIST, { name: 'Team', notes: 'Before\nthe launch' });
    const target = new Store('target');
    const bytes = await save(source);
    await restore(target, bytes);
    expect(await target.snapshots.get(LIST)).toMatchObject({ name: 'Team', notes: 'Before\nthe launch' });
    const shorter = await listOf('shorter', 1);
    await shorter.snapshots.describe(LIST, { name: 'Mine', notes: '' });
    expect(await restore(shorter, bytes)).toMatchObject({ continued: 1 });
    expect(await shorter.snapshots.get(LIST)).toMatchObject({ name: 'Mine', notes: 'Before\nthe launch' });
  });

  it('contains what is known of exported files, and adds it to what this browser knows', async () => {
    const file = (sign: string, writtenAt: number) => ({
      name: `${sign}.csv`,
      rows: 1,
      bytes: 1,
      sha256: sign.repeat(64),
      writtenAt,
    });
    const source = await listOf('files', 2);
    await source.snapshots.addFile(LIST, file('a', 1));
    await source.snapshots.addFile(LIST, file('b', 3));
    const bytes = await save(source);
    const target = new Store('target');
    await restore(target, bytes);
    expect((await target.snapshots.get(LIST))?.files).toEqual([file('b', 3), file('a', 1)]);
    const shorter = await listOf('shorter', 1);
    await shorter.snapshots.addFile(LIST, file('a', 1));
    await shorter.snapshots.addFile(LIST, file('c', 2));
    expect(await restore(shorter, bytes)).toMatchObject({ continued: 1 });
    expect((await shorter.snapshots.get(LIST))?.files).toEqual([file('b', 3), file('c', 2), file('a', 1)]);
  });

  it('leaves out lists in the trash; restoring takes lists out of it', async () => {
    const source = await listOf('trash', 1);
    await source.snapshots.change(LIST, (now) => ({
      ...now,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    }));
    const bytes = await save(source);
    await source.snapshots.hide(LIST, NOW);
    expect(lines(await save(source)).some((line) => line.includes('"snapshot"'))).toBe(false);
    expect(await restore(source, bytes)).toMatchObject({ added: 0, present: 1 });
    expect((await source.snapshots.all()).map(({ id }) => id)).toEqual([LIST]);
  });

  it('restores every row in an empty browser, with matching digests', async () => {
    const source = await filled();
    const target = new Store('target');
    const result = await restore(target, await save(source));
    expect(result).toMatchObject({
      added: 2,
      continued: 0,
      present: 0,
      keptTwice: 0,
      paused: 1,
      requests: 9,
    });
    for (const id of [WHOLE, OF_IDS]) {
      const hash = await contentHash(archiveOf(source), id);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect(await contentHash(archiveOf(target), id)).toBe(hash);
      expect(await target.pages.read(id, 0, 99)).toEqual(await source.pages.read(id, 0, 99));
      expect(await target.pages.checkpoint(id)).toEqual(await source.pages.checkpoint(id));
      expect(await target.ledger.ofSnapshot(id)).toEqual(await source.ledger.ofSnapshot(id));
      expect(await target.rawResponses.ofSnapshot(id)).toEqual(await source.rawResponses.ofSnapshot(id));
    }
    const whole = await source.snapshots.get(WHOLE);
    expect(await target.snapshots.get(WHOLE)).toEqual({ ...whole, idFromBackup: whole?.profileId });
    expect(await target.ledger.byMonth()).toEqual(await source.ledger.byMonth());
    expect(await target.keys.infos()).toEqual([]);
  });

  it('contains no key, compressed or not, even if a response quotes one', async () => {
    const source = await filled();
    const entry = (await source.ledger.ofSnapshot(OF_IDS)).at(-1);
    await source.money.settle(
      OF_IDS,
      { entry: entry?.id ?? '', provider: PROVIDER, at: 1, status: 'maybe', amount: 1, listed: null },
      (now) => now,
      {
        snapshotId: OF_IDS,
        seq: 2,
        purpose: 'page',
        entry: entry?.id ?? '',
        cursor: null,
        status: 200,
        receivedAt: NOW,
        bytes: new TextEncoder().encode(`{"your key":"${KEYS[0] ?? ''}"}`),
      },
    );
    const bytes = Buffer.from(await save(source));
    const unfolded = gunzipSync(bytes);
    const responses = lines(bytes).flatMap((line) =>
      Array.from(line.matchAll(/"bytes":"([^"]*)"/g), ([, text]) => Buffer.from(text ?? '', 'base64')),
    );
    expect(responses).toHaveLength(1);
    for (const key of KEYS) {
      for (const place of [bytes, unfolded, ...responses]) expect(place.includes(key)).toBe(false);
    }
  });

  it('that is restored twice changes nothing the second time', async () => {
    const source = await filled();
    const file = await save(source);
    const target = new Store('target');
    await restore(target, file);
    const before = await everything('target');
    expect(await restore(target, file)).toMatchObject({ added: 0, present: 2, requests: 0, accounts: 0 });
    expect(await everything('target')).toBe(before);
  });

  it('leaves an unfinished list paused, and spends nothing until the user approves it', async () => {
    const source = await listOf('unfinished', 3);
    await source.money.writeRequest(
      {
        id: 'under-way',
        snapshotId: LIST,
        provider: PROVIDER,
        purpose: 'page',
        unit: 'credits',
        sentAt: NOW,
        settledAt: null,
        status: 'sent',
        reserved: 1,
        amount: 0,
        listed: null,
      },
      (now) => ({ ...now, state: { kind: 'running' } }),
    );
    const target = new Store('target');
    await restore(target, await save(source));
    expect(await target.snapshots.get(LIST)).toMatchObject({
      state: { kind: 'paused' },
      confirmed: false,
      charged: 3,
      maybeCharged: 1,
      // Nothing more may be spent before the user approves it.
      cap: 4,
      pages: 3,
    });
    expect(await target.ledger.entry('under-way')).toMatchObject({ status: 'maybe', amount: 1 });
  });
});

describe('restoring over an existing list', () => {
  it('continues it if the backup is longer', async () => {
    const longer = await listOf('longer', 5);
    const target = await listOf('target', 3);
    expect(await restore(target, await save(longer))).toMatchObject({ added: 0, continued: 1, accounts: 20 });
    expect(await contentHash(archiveOf(target), LIST)).toBe(await contentHash(archiveOf(longer), LIST));
    expect(await target.snapshots.get(LIST)).toMatchObject({ rows: 50, pages: 5 });
    expect(await target.pages.checkpoint(LIST)).toEqual({ nextSeq: 5, cursor: 'c5', atEnd: false });
    expect(await target.ledger.ofSnapshot(LIST)).toHaveLength(5);
    // No hidden rows are left.
    expect(await everything('target')).not.toContain('"key":"list');
  });

  it('leaves it unchanged if it is longer than the backup', async () => {
    const shorter = await listOf('shorter', 2);
    const target = await listOf('target', 4);
    const before = await contentHash(archiveOf(target), LIST);
    expect(await restore(target, await save(shorter))).toMatchObject({ present: 1, accounts: 0 });
    expect(await contentHash(archiveOf(target), LIST)).toBe(before);
  });

  it('keeps both if they differ, only once, however often it is restored', async () => {
    const other = await listOf('other', 4, 'other');
    const target = await listOf('target', 4);
    const local = await contentHash(archiveOf(target), LIST);
    const file = await save(other);
    expect(await restore(target, file)).toMatchObject({ keptTwice: 1, accounts: 40, requests: 4 });
    expect(await restore(target, file)).toMatchObject({ keptTwice: 0, present: 1, requests: 0 });
    const snapshots = await target.snapshots.all();
    expect(snapshots).toHaveLength(2);
    const copy = snapshots.find(({ id }) => id !== LIST);
    expect(await contentHash(archiveOf(target), LIST)).toBe(local);
    expect(await contentHash(archiveOf(target), copy?.id ?? LIST)).toBe(
      await contentHash(archiveOf(other), LIST),
    );
    expect(await target.ledger.ofSnapshot(copy?.id ?? LIST)).toHaveLength(4);
  });

  it('refuses to continue a list that is being collected', async () => {
    const longer = await listOf('longer', 5);
    const target = await listOf('target', 3);
    await target.snapshots.change(LIST, (now) => ({ ...now, state: { kind: 'running' } }));
    const before = await everything('target');
    await expect(restore(target, await save(longer))).rejects.toMatchObject({ kind: 'busy' });
    expect(await everything('target')).toBe(before);
  });
});

describe('an incomplete restore', () => {
  it('leaves nothing visible, and nothing at all after the next start', async () => {
    const source = await filled();
    const target = await listOf('target', 2);
    const before = await everything('target');
    const show = archiveOf(target).show.bind(archiveOf(target));
    const drop = archiveOf(target).dropStaged.bind(archiveOf(target));
    archiveOf(target).show = () => Promise.reject(new Error('The browser ended here.'));
    let drops = 0;
    // The first cleanup runs before the restore; the second one would run after it, but the browser was closed.
    archiveOf(target).dropStaged = () => ((drops += 1) === 1 ? drop() : Promise.resolve());
    await expect(restore(target, await save(source))).rejects.toThrow('The browser ended here.');
    expect((await target.snapshots.all()).map(({ id }) => id)).toEqual([LIST]);
    expect(await target.ledger.byMonth()).toHaveLength(1);
    expect(await everything('target')).not.toBe(before);
    await drop();
    expect(await everything('target')).toBe(before);
    archiveOf(target).show = show;
    archiveOf(target).dropStaged = drop;
    expect(await restore(target, await save(source))).toMatchObject({ added: 2 });
  });

  it('changes nothing if the user cancels it', async () => {
    const target = await listOf('target', 4);
    const source = await filled();
    const before = await everything('target');
    const ending = new AbortController();
    const file = new Blob([new Uint8Array(await save(source))]);
    const restoring = restoreBackup({
      store: target,
      file,
      adapters: ADAPTERS,
      room: () => Promise.resolve(null),
      preferences: defaultPreferences,
      now: NOW,
      signal: ending.signal,
      onProgress: (share) => {
        if (share > 0.5) ending.abort();
      },
    });
    await expect(restoring).rejects.toMatchObject({ name: 'AbortError' });
    expect(await everything('target')).toBe(before);
  });
});

describe('an invalid file', () => {
  async function refused(bytes: Uint8Array): Promise<unknown> {
    const target = new Store('target');
    await target.snapshots.all();
    const before = await everything('target');
    let kind: unknown = 'restored';
    try {
      await restore(target, bytes);
    } catch (error) {
      kind = error instanceof Error && 'kind' in error ? error.kind : error;
    }
    expect(await everything('target')).toBe(before);
    target.close();
    return kind;
  }

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('position,id\r\n1,2\r\n')],
    ['a zip', Buffer.from('504b0304140000000800', 'hex')],
    ['a gzip of something else', gzipSync('position,id\n1,2\n')],
    ['a gzip of JSON of something else', gzipSync('{"version":1}\n')],
  ])('%s is not a backup', async (_, bytes) => {
    expect(await refused(bytes)).toBe('not-a-backup');
  });

  it('of a newer version is reported as newer', async () => {
    expect(
      await refused(packed(['{"followledger_backup":{"version":2,"created":"x","more":1}}', '{}'])),
    ).toBe('newer');
  });

  it('that is truncated anywhere is damaged', async () => {
    const bytes = await save(await filled());
    for (const length of [bytes.length - 1, bytes.length - 9, Math.floor(bytes.length / 2)]) {
      expect(await refused(bytes.subarray(0, length))).toBe('damaged');
    }
  });

  it('with any byte changed is damaged', async () => {
    const bytes = await save(await filled());
    for (let at = 20; at < bytes.length; at += 97) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(['damaged', 'not-a-backup', 'too-large']).toContain(await refused(changed));
    }
  });

  it('with a line omitted, repeated, moved, or changed is damaged', async () => {
    const all = lines(await save(await filled()));
    for (let at = 1; at < all.length; at += 1) {
      const line = all[at] ?? '';
      expect(await refused(packed(all.toSpliced(at, 1)))).toBe('damaged');
      expect(await refused(packed(all.toSpliced(at, 0, line)))).toBe('damaged');
      if (at > 1) {
        expect(await refused(packed(all.with(at, all[at - 1] ?? '').with(at - 1, line)))).toBe('damaged');
      }
      expect(
        await refused(
          packed(
            all.with(
              at,
              line.replace(/\d(?=[^\d]*$)/, (digit) => (digit === '1' ? '2' : '1')),
            ),
          ),
        ),
      ).toBe('damaged');
    }
    expect(await refused(packed([...all, '{}']))).toBe('damaged');
  });

  it('that decompresses without end is rejected while it is read', async () => {
    const [header = ''] = lines(await save(await filled()));
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${header}\n`), Buffer.alloc(80 * 1024 * 1024, 0x20)]));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await refused(bomb)).toBe('too-large');
  }, 30_000);

  it.each([
    [
      'a path as an ID',
      (line: string) => line.replaceAll('00000000-0000-4000-8000-00000000000a', '../../../etc/passwd'),
    ],
    ['an unknown field', (line: string) => line.replace('{"snapshot":{', '{"snapshot":{"admin":true,')],
    ['a prototype', (line: string) => line.replace('{"snapshot":{', '{"snapshot":{"__proto__":{"x":1},')],
    ['missing rows', (line: string) => line.replace('"rows":7,"duplicates"', '"rows":700,"duplicates"')],
    ['a negative price', (line: string) => line.replace('"charged":1,', '"charged":-1,')],
    ['a handle with markup', (line: string) => line.replaceAll('Ada_Research', '<b>Ada</b>')],
    ['columns of different lengths', (line: string) => line.replace('"followers":[0,', '"followers":[0,0,')],
  ])('with %s is rejected, even if every digest is correct', async (_, change) => {
    expect(await refused(packed(await forged(change)))).toBe('damaged');
  });

  it.each([
    ['a control character', '"person_1"', '"person\\u0000"', 'person\uFFFD'],
    ['an unpaired surrogate', '"person_1"', '"person\\ud800"', 'person\uFFFD'],
  ])('of an earlier version with %s is restored, made well-formed', async (_, from, to, handle) => {
    const target = new Store('target');
    const file = packed(await forged((line) => line.replace(from, to)));
    expect(await restore(target, file)).toMatchObject({ added: 2 });
    const accounts = (await target.pages.read(WHOLE, 0, 10)).flatMap((page) => page.accounts);
    expect(accounts.map((one) => one.handle)).toContain(handle);
    expect(await restore(target, file)).toMatchObject({ added: 0, present: 2, keptTwice: 0 });
    expect(await restore(new Store('another'), await save(target))).toMatchObject({ added: 2 });
  });

  it('of an earlier version with unlimited times and sums is restored within the limits', async () => {
    const target = new Store('target');
    const file = packed(
      await forged((line) =>
        line
          .replace(/"createdAt":\d+/, '"createdAt":9e15')
          .replace('"createdAt":[1', '"createdAt":[99991')
          .replace(/"charged":\d+,"maybeCharged"/, '"charged":9223372036854775807,"maybeCharged"')
          .replace(/"amount":1,/, '"amount":9007199254740991,'),
      ),
    );
    expect(await restore(target, file)).toMatchObject({ added: 2 });
    const snapshot = await target.snapshots.get(WHOLE);
    // At most a hundred times the list price for each of its five requests; nothing was collected later than now.
    expect(snapshot).toMatchObject({ createdAt: NOW, charged: 500 });
    expect((await target.ledger.ofSnapshot(WHOLE))[0]?.amount).toBe(100);
    const [first] = (await target.pages.read(WHOLE, 0, 1)).flatMap((page) => page.accounts);
    expect(first?.createdAt).toBeNull();
    expect(await restore(target, file)).toMatchObject({ added: 0, present: 2, keptTwice: 0 });
    expect(await restore(new Store('another'), await save(target))).toMatchObject({ added: 2 });
  });
});
describe('preferences', () => {
  it('are restored only if they are stricter, or if nothing was set here', async () => {
    const source = new Store('source');
    const theirs: Preferences = {
      ...defaultPreferences,
      askAbove: { credits: 10, usd: 900_000_000, requests: 1_000 },
      monthlyLimit: { a: 5, b: 50 },
      pictures: true,
      pageButton: false,
      views: {
        one: { name: 'Theirs', list: null, query: 'q=a' },
        two: { name: 'B', list: null, query: 'q=b' },
      },
    };
    const file = await save(source, theirs);
    const local: Preferences = {
      ...defaultPreferences,
      monthlyLimit: { a: 10, b: 10 },
      views: { one: { name: 'Mine', list: null, query: 'q=c' } },
    };
    const { preferences } = await restore(new Store('target'), file, local);
    expect(preferences).toEqual({
      ...local,
      askAbove: { credits: 10, usd: 5_000_000, requests: 1_000 },
      monthlyLimit: { a: 5, b: 10 },
      pageButton: false,
      views: { one: local.views['one'], two: theirs.views['two'] },
    });
    expect(
      (await restore(new Store('target'), await save(source), defaultPreferences)).preferences,
    ).toBeNull();
  });
});
