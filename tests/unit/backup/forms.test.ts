/** Backups in every form in which a file may return: unpacked, recompressed, with other line endings, of any size. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { restoreBackup } from '../../../lib/backup/restore.ts';
import { BackupError } from '../../../lib/backup/restore-error.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { account, PROVIDER } from '../collector/test-collector.ts';
import {
  ADAPTERS,
  everything,
  filled,
  freshDatabases,
  lines,
  LIST,
  listOf,
  NOW,
  packed,
  restore,
  save,
} from './backup-files.ts';

freshDatabases();

const plain = async (): Promise<Buffer> => gunzipSync(await save(await filled()));

describe('a backup is read', () => {
  it.each([
    ['unpacked', (bytes: Buffer) => bytes],
    ['gzipped twice', (bytes: Buffer) => gzipSync(gzipSync(bytes))],
    ['unpacked, with CRLF', (bytes: Buffer) => Buffer.from(bytes.toString().replaceAll('\n', '\r\n'))],
    ['gzipped, with CRLF', (bytes: Buffer) => gzipSync(bytes.toString().replaceAll('\n', '\r\n'))],
    ['with a byte order mark', (bytes: Buffer) => Buffer.concat([Buffer.from('efbbbf', 'hex'), bytes])],
    ['without its last line feed', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['with empty lines behind it', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('\r\n\n  \n')])],
  ])('%s', async (_, form) => {
    const file = form(await plain());
    const target = new Store('target');
    expect(await restore(target, file)).toMatchObject({ added: 2, requests: 9 });
    expect(await restore(target, file)).toMatchObject({ added: 0, present: 2 });
  });
});

/** Why a file is rejected, and at which line; nothing was changed. */
async function refusal(bytes: Uint8Array): Promise<Pick<BackupError, 'kind' | 'fault' | 'line'>> {
  const target = new Store('target');
  await target.snapshots.all();
  const before = await everything('target');
  try {
    await restore(target, bytes);
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    expect(await everything('target')).toBe(before);
    target.close();
    const { kind, fault, line } = error;
    return { kind, fault, line };
  }
  throw new Error('The file was restored.');
}

describe('a rejected file is reported with the problem and its line', () => {
  const at = 7;
  const changed = async (change: (all: string[]) => string[]) =>
    packed(change(lines(await save(await filled()))));

  it('for a line that is not JSON', async () => {
    const bytes = await changed((all) => all.with(at - 1, '{"page":'));
    expect(await refusal(bytes)).toEqual({ kind: 'damaged', fault: 'not-json', line: at });
  });

  it('for an unknown line', async () => {
    const bytes = await changed((all) => all.with(at - 1, '{"pages":[]}'));
    expect(await refusal(bytes)).toEqual({ kind: 'damaged', fault: 'unknown-line', line: at });
  });

  it('for a missing line', async () => {
    const bytes = await changed((all) =>
      all.toSpliced(
        all.findIndex((line) => line.startsWith('{"page"')),
        1,
      ),
    );
    const { fault, line } = await refusal(bytes);
    expect(fault).toBe('out-of-place');
    expect(lines(bytes)[(line ?? 0) - 1]).toMatch(/^\{"page":\{"seq":1/);
  });

  it('for a changed line', async () => {
    const bytes = await changed((all) => all.map((line) => line.replace('"person_1"', '"person_9"')));
    const { fault, line } = await refusal(bytes);
    expect(fault).toBe('altered');
    expect(lines(bytes)[(line ?? 0) - 1]).toMatch(/^\{"closed"/);
  });

  it('for content that is not text', async () => {
    const bytes = Buffer.from(await plain());
    bytes[bytes.indexOf('person_1')] = 0xff;
    const line = bytes.subarray(0, bytes.indexOf(0xff)).toString().split('\n').length;
    expect(await refusal(bytes)).toEqual({ kind: 'damaged', fault: 'not-utf8', line });
  });

  it('for a truncated file', async () => {
    const bytes = await plain();
    const whole = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
    expect(await refusal(bytes.subarray(0, whole))).toEqual({
      kind: 'damaged',
      fault: 'cut-off',
      line: null,
    });
  });

  it.each([
    ['with blanks', ' '],
    ['with the beginning of a page', '{"pages":"'],
  ])('for a line %s that is too long', async (_, start) => {
    const line = Buffer.concat([Buffer.from(start), Buffer.alloc(20 * 1024 * 1024, 0x20)]);
    const [header = ''] = lines(await save(await filled()));
    const bytes = gzipSync(Buffer.concat([Buffer.from(`${header}\n`), line]));
    expect((await refusal(bytes)).kind).toBe('too-large');
  });
});

it('a file that would not fit is rejected before anything is written', async () => {
  const target = new Store('target');
  await target.snapshots.all();
  const before = await everything('target');
  const restoring = restoreBackup({
    store: target,
    file: new Blob([new Uint8Array(await save(await filled()))]),
    adapters: ADAPTERS,
    room: () => Promise.resolve(1_000),
    preferences: defaultPreferences,
    now: NOW,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await expect(restoring).rejects.toMatchObject({ name: 'QuotaExceededError' });
  expect(await everything('target')).toBe(before);
});

describe('everything that the store accepts can be restored', () => {
  /** A list with a saved unparsed response of these bytes. */
  async function withResponse(bytes: Uint8Array<ArrayBuffer>): Promise<Store> {
    const store = await listOf('own', 1);
    const [entry] = await store.ledger.ofSnapshot(LIST);
    await store.money.settle(
      LIST,
      { entry: entry?.id ?? '', provider: PROVIDER, at: 1, status: 'maybe', amount: 1, listed: null },
      (now) => now,
      {
        snapshotId: LIST,
        seq: 1,
        purpose: 'page',
        entry: entry?.id ?? '',
        cursor: null,
        status: 200,
        receivedAt: NOW,
        bytes,
      },
    );
    return store;
  }

  it.each([
    ['4 MB of which three bytes repeat', () => new Uint8Array(4 * 1024 * 1024).map((_, at) => 65 + (at % 3))],
    ['nothing', () => new Uint8Array()],
  ])(
    'a saved response of %s',
    async (_, make) => {
      const bytes = make();
      const file = await save(await withResponse(bytes));
      const target = new Store('target');
      expect(await restore(target, file)).toMatchObject({ added: 1 });
      const [kept] = await target.rawResponses.ofSnapshot(LIST);
      expect(Buffer.compare(kept?.bytes ?? new Uint8Array([1]), bytes)).toBe(0);
      expect(await restore(target, file)).toMatchObject({ added: 0, present: 1 });
    },
    120_000,
  );

  it('accounts with long, identical texts', async () => {
    const store = await listOf('own', 0);
    const accounts = Array.from({ length: 350 }, (_, index) => ({
      ...account(index),
      name: 'a'.repeat(10_000),
      bio: '€'.repeat(10_000),
    }));
    await store.money.settlePage(
      {
        snapshotId: LIST,
        seq: 0,
        cursor: null,
        next: null,
        first: 0,
        accounts,
        idsOnly: false,
        duplicates: 0,
        unreadable: 0,
        charged: 1,
        providerAt: null,
        receivedAt: NOW,
        sha256: 'ab'.repeat(32),
      },
      { entry: 'none', provider: PROVIDER, at: NOW, status: 'charged', amount: 1, listed: 1 },
      (now) => ({ ...now, pages: 1, rows: 350, filled: 350 }),
    );
    const file = await save(store);
    expect(gunzipSync(file).length / file.length).toBeGreaterThan(200);
    const target = new Store('target');
    expect(await restore(target, file)).toMatchObject({ added: 1, accounts: 350 });
    expect(await target.pages.read(LIST, 0, 1)).toEqual(await store.pages.read(LIST, 0, 1));
  }, 120_000);
});
