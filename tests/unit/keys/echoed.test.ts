/**
 * A provider that repeats every key it has ever seen, in every spelling: afterwards no key is in the database, a
 * backup, an exported file, its receipt, the copied details, or the console. This includes keys in use, of another
 * provider, replaced, and removed. The emulator answers over HTTP; adapter, collector, store, backup, and exports
 * are the real ones.
 */
import { randomBytes } from 'node:crypto';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeBackup } from '../../../lib/backup/write.ts';
import { createCollector } from '../../../lib/collector/index.ts';
import { providerIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { adapterById } from '../../../lib/providers/index.ts';
import { connect } from '../../../lib/providers/http.ts';
import { readingTraces, rememberKey } from '../../../lib/keys/traces.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { detailsText } from '../../../lib/words/receipt.ts';
import type { EchoPlace } from '../../emulator/echo.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { ProviderName } from '../../emulator/exchange.ts';
import { backupText, exportText, keysIn, textsIn } from '../../harness/no-keys.ts';
import { jobOf, save } from '../export/stored-lists.ts';
import { speakEnglish } from '../words/english.ts';

/** A key as a provider issues it: long and random. */
function newKey(prefix: string): string {
  return `${prefix}${randomBytes(20).toString('base64url')}`;
}

const keys = {
  current: newKey('sk_live_'),
  replaced: newKey('sk_live_'),
  removed: newKey('sfk_'),
  /** With escapes of its own, like X's keys. */
  ofAnother: `${newKey('AAAAAAAAAAAAAAAAAAAAA')}%2F${randomBytes(12).toString('hex')}%3D`,
};

let emulator: Emulator;
let store: Store;
const logged: string[] = [];
beforeEach(async () => {
  speakEnglish();
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store('echoed');
  emulator = await startEmulator();
  logged.length = 0;
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      logged.push(
        ...parts.map((part) => (part instanceof Error ? (part.stack ?? '') : JSON.stringify(part))),
      );
    });
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  store.close();
  await emulator.close();
});

/** Sends a key to its provider, as a key test or a run does, after recording its trace. */
async function use(provider: ProviderName, key: string): Promise<void> {
  emulator.key({ provider, key });
  await rememberKey(store, key);
  const adapter = adapterById(providerIdSchema.parse(provider));
  if (adapter === undefined) throw new Error('The provider does not exist.');
  const { signal } = new AbortController();
  await adapter.checkKey(connect({ adapter, key, baseUrl: emulator.baseUrl(provider), signal }));
}

function echo(place: EchoPlace | 'refusal'): void {
  emulator.clearRules();
  emulator.fault({
    when: ({ path }) => path.startsWith('/v1/scrape/twitter/'),
    times: Infinity,
    do: { kind: 'echo', in: place },
  });
}

/** Collects with the current key. */
async function collect(handle: string): Promise<Snapshot> {
  const adapter = adapterById(providerIdSchema.parse('sociavault'));
  if (adapter === undefined) throw new Error('There is no SociaVault.');
  const traces = readingTraces(store.keys);
  const collector = createCollector({
    store,
    adapters: [adapter],
    now: Date.now,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    online: () => true,
    connect: (of, key, signal, received) =>
      connect({ adapter: of, ...key, signal, traces, ...(received === undefined ? {} : { received }) }),
    mayReach: () => Promise.resolve(true),
    readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
    preferences: () => Promise.resolve(defaultPreferences),
    withLock: async (_, task) => {
      await task();
      return true;
    },
    sleep: () => Promise.resolve(),
    setAlarm: () => Promise.resolve(),
    keepAlive: () => () => undefined,
    changed: () => undefined,
    freeSpace: () => Promise.resolve(null),
    reportStorage: () => undefined,
  });
  const started = await collector.start({
    platform: 'x',
    handle: handleSchema.parse(handle),
    relation: 'followers',
    provider: null,
    howMany: null,
    cap: null,
    again: false,
    startedFrom: 'own',
    hint: null,
  });
  if (started.kind === 'no-key') throw new Error('The key was saved.');
  await collector.wakeAll();
  const snapshot = await store.snapshots.get(started.snapshot.id);
  if (snapshot === undefined) throw new Error('The list is missing.');
  return snapshot;
}

/** Every table except that of the keys. */
async function databaseText(): Promise<string> {
  const database = new Dexie('echoed');
  await database.open();
  const tables = database.tables.filter(({ name }) => name !== 'keys');
  const rows = await Promise.all(tables.map((table) => table.toArray()));
  database.close();
  return textsIn(rows).join('\n');
}

async function savedBackup(): Promise<string> {
  const { signal } = new AbortController();
  // Nothing is unlocked: the stored data must be clean by itself.
  const written = writeBackup({
    store,
    preferences: defaultPreferences,
    secrets: [],
    now: Date.now(),
    signal,
    onProgress: () => undefined,
  });
  const parts: Uint8Array[] = [];
  for await (const part of written.bytes) parts.push(part);
  const text = backupText(Buffer.concat(parts));
  expect(text).toContain('"bytes":"');
  return text;
}

function expectNoKey(place: string, text: string): void {
  expect(keysIn(text, keys), place).toEqual([]);
}

it('stores and shows none of them anywhere', { timeout: 240_000 }, async () => {
  await use('socialfetch', keys.removed);
  await use('x-v2', keys.ofAnother);
  await use('sociavault', keys.replaced);
  await use('sociavault', keys.current);
  await store.keys.save({
    provider: providerIdSchema.parse('sociavault'),
    key: keys.current,
    baseUrl: emulator.baseUrl('sociavault'),
    savedAt: 1,
    checkedAt: null,
    balance: null,
  });

  echo('accounts');
  const complete = await collect('page_plus');
  expect(complete).toMatchObject({ rows: 71, state: { kind: 'ended', outcome: { kind: 'complete' } } });

  echo('refusal');
  const refused = await collect('ada_research');
  expect(refused.state).toMatchObject({ kind: 'blocked', trouble: { kind: 'bad-key' } });
  // Control: the provider's message is there, and it contained every key.
  expect(JSON.stringify(refused.state)).toMatch(/Bad key •••(?: and •••){3}/);

  echo('cursor');
  expect((await collect('bob_metrics')).state).toMatchObject({ trouble: { kind: 'unreadable' } });

  echo('data');
  const unread = await collect('gaps_gus');
  expect(unread.state).toMatchObject({ kind: 'blocked', trouble: { kind: 'unreadable' } });

  const database = await databaseText();
  expect(database.match(/•••/g)?.length).toBeGreaterThan(1000);
  expectNoKey('the database', database);
  expectNoKey('a backup', await savedBackup());
  for (const format of ['csv', 'csv-semicolon', 'json', 'ndjson', 'xlsx', 'parquet']) {
    const { bytes } = await save(store, complete, format);
    const text = await exportText(`list.${format}`, bytes);
    expect(text).toContain('•••');
    expectNoKey(format, text);
  }
  for (const snapshot of await store.snapshots.all()) {
    expectNoKey('the copied details', detailsText(snapshot, 'SociaVault', '0.1.0'));
    expectNoKey('a receipt', JSON.stringify(jobOf(snapshot, 'csv').receipt));
  }
  expectNoKey('the console', logged.join('\n'));
});
