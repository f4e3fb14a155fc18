/**
 * What is stored from a provider that repeats keys everywhere: real adapter, collector, and store, with a fake
 * network.
 */
import { createHash } from 'node:crypto';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeBackup } from '../../../lib/backup/write.ts';
import { createCollector } from '../../../lib/collector/index.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { connect } from '../../../lib/providers/http.ts';
import { failure } from '../../../lib/providers/failure.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { readingTraces, rememberKey } from '../../../lib/keys/traces.ts';
import { archiveOf } from '../../../lib/store/archive.ts';
import { Store } from '../../../lib/store/index.ts';
import { givesAway, spellings } from '../../emulator/spellings.ts';
import { backupText, keysIn } from '../../harness/no-keys.ts';

const KEY = 'sk_live_7f3a91c2d4e86b05aa17';
/** A key of another provider, protected by a passphrase, or removed. */
const OTHER = 'AAAAAAAAAAAAAAAAAAAAAJ9x%2FdGVzdA%2Bq%3D8Lm2';

const echo = [KEY, OTHER].flatMap((key) => spellings(key).map(([, text]) => text)).join(' ');

function user(index: number) {
  return {
    __typename: 'User',
    rest_id: String(10 ** 15 + index),
    core: { screen_name: `h${index}`, name: 'NAME', created_at: 'Mon Nov 27 12:36:52 +0000 2017' },
    legacy: { description: 'BIO', followers_count: index },
    location: { location: 'PLACE' },
    avatar: { image_url: 'https://pbs.twimg.com/PICTURE.jpg' },
  };
}

/** A page of two followers as text; the words in capitals are placeholders for injected text. */
const PAGE = JSON.stringify({
  success: true,
  data: {
    request: 'REQUEST',
    cursor: { bottom: 'CURSOR' },
    result: {
      timeline: {
        instructions: [
          {
            type: 'TimelineAddEntries',
            entries: [1, 2].map((index) => ({
              entryId: `user-${10 ** 15 + index}`,
              content: {
                entryType: 'TimelineTimelineItem',
                itemContent: { itemType: 'TimelineUser', user_results: { result: user(index) } },
              },
            })),
          },
        ],
      },
    },
  },
  credits_used: 1,
});
const PROFILE = JSON.stringify({
  success: true,
  data: { ...user(0), rest_id: '77', core: { screen_name: 'someone', name: 'NAME' } },
  credits_used: 1,
});

let store: Store;
beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  store = new Store('kept');
});

/** All text in a value, with bytes as Latin-1. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('latin1')];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** Everything in the database except the key in use. */
async function everything(): Promise<string> {
  const database = new Dexie('kept');
  await database.open();
  const rows = await Promise.all(
    database.tables.filter(({ name }) => name !== 'keys').map((table) => table.toArray()),
  );
  database.close();
  return textsIn(rows).join('\n');
}

async function expectNoKey(): Promise<void> {
  const kept = await everything();
  // Control: a part of what was sent is there.
  expect(kept).toContain('someone');
  for (const key of [KEY, OTHER]) {
    for (const [name, text] of givesAway(key)) expect(kept.includes(text), `${key} as ${name}`).toBe(false);
  }
}

/** Collects with canned provider responses: the lookup first, then pages. */
async function collect(responses: readonly (string | Response)[], understands: () => boolean = () => true) {
  const left = [...responses];
  const adapter: typeof sociavault = {
    ...sociavault,
    fetchPage: async (request, connection) => {
      const result = await sociavault.fetchPage(request, connection);
      return understands()
        ? result
        : failure({ kind: 'unreadable', status: 200, why: 'unheard of' }, { charged: null });
    },
  };
  const traces = readingTraces(store.keys);
  const collector = createCollector({
    store,
    adapters: [adapter],
    now: () => 1_800_000_000_000,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    online: () => true,
    connect: (of, key, signal, received) =>
      connect({
        adapter: of,
        ...key,
        signal,
        traces,
        ...(received === undefined ? {} : { received }),
        fetch: () => {
          const next = left.shift() ?? '{}';
          return Promise.resolve(typeof next === 'string' ? new Response(next) : next);
        },
      }),
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
  const { id: provider, origin: baseUrl } = sociavault;
  await rememberKey(store, OTHER);
  await store.keys.save({ provider, key: KEY, baseUrl, savedAt: 1, checkedAt: null, balance: null });
  const started = await collector.start({
    platform: 'x',
    handle: handleSchema.parse('someone'),
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
  return { id: started.snapshot.id, collector };
}

async function stateOf(id: SnapshotId) {
  return (await store.snapshots.get(id))?.state;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const LAST = PAGE.replace('CURSOR', '0|1');

describe('from a provider that repeats keys', () => {
  it('names, bios, locations, and pictures are saved without them', async () => {
    const page = LAST.replaceAll('NAME', echo).replaceAll('BIO', `before ${echo} after`);
    const whole = page.replaceAll('PLACE', echo).replaceAll('PICTURE', echo);
    const { id } = await collect([PROFILE.replace('NAME', echo).replace('BIO', echo), whole]);
    expect(await stateOf(id)).toMatchObject({ kind: 'ended' });
    const [kept] = await store.pages.read(id, 0, 1);
    expect(kept?.accounts.map(({ handle }) => handle)).toEqual(['h1', 'h2']);
    expect(kept?.accounts[0]?.bio).toMatch(/^before •••.* after$/);
    await expectNoKey();
  });

  it('the digest of a page is that of the received response', async () => {
    const page = LAST.replace('BIO', echo);
    const { id } = await collect([PROFILE, page]);
    const [row] = await archiveOf(store).pageRows(id, 0, 1);
    expect(row?.sha256).toBe(sha256(page));
  });

  it('messages are saved without them', async () => {
    const refusal = `{"error":"Bad key ${KEY}, formerly ${OTHER}: ${echo}"}`;
    const { id } = await collect([new Response(refusal, { status: 401 })]);
    expect(JSON.stringify(await stateOf(id))).toContain('Bad key •••, formerly •••:');
    await expectNoKey();
  });

  it('a response that could not be parsed is saved without them, and read again once it can be parsed', async () => {
    let understands = false;
    const page = LAST.replace('REQUEST', echo).replace('BIO', echo);
    const { id, collector } = await collect([PROFILE, page], () => understands);
    expect(await stateOf(id)).toMatchObject({ kind: 'blocked', trouble: { kind: 'unreadable' } });
    const [raw] = await store.rawResponses.ofSnapshot(id);
    expect(raw?.sha256).toBe(sha256(page));
    expect(new TextDecoder().decode(raw?.bytes)).toContain('•••');
    await expectNoKey();
    understands = true;
    expect(await collector.readAgain(id)).toBe(true);
    await collector.wakeAll();
    expect(await stateOf(id)).toMatchObject({ kind: 'ended' });
    const [row] = await archiveOf(store).pageRows(id, 0, 1);
    expect(row).toMatchObject({ sha256: sha256(page), accounts: { handle: ['h1', 'h2'] } });
    await expectNoKey();
  });

  it('a cursor that contains a key is not saved, and not sent back without it', async () => {
    const { id } = await collect([PROFILE, PAGE.replace('CURSOR', `5|${KEY}`), LAST]);
    expect(await stateOf(id)).toMatchObject({ kind: 'blocked', trouble: { kind: 'unreadable' } });
    await expectNoKey();
  });

  it('a response saved by an earlier version loses a key when its trace is recorded, and at the latest when it is read', async () => {
    let understands = false;
    const { id, collector } = await collect([PROFILE, LAST.replace('BIO', 'plain')], () => understands);
    const [raw] = await store.rawResponses.ofSnapshot(id);
    if (raw === undefined) throw new Error('The response was not saved.');
    const old = LAST.replace('BIO', `${KEY} and ${OTHER}`);
    await store.rawResponses.replaceBytes(raw, new TextEncoder().encode(old));
    await rememberKey(store, KEY);
    const [swept] = await store.rawResponses.ofSnapshot(id);
    expect(new TextDecoder().decode(swept?.bytes)).toContain(`••• and ${OTHER}`);
    understands = true;
    expect(await collector.readAgain(id)).toBe(true);
    await collector.wakeAll();
    const [page] = await store.pages.read(id, 0, 1);
    expect(page?.accounts[0]?.bio).toBe('••• and •••');
  });
});

it('a backup of an answer that an earlier version kept holds no key of which only a trace is left', async () => {
  const { id } = await collect([PROFILE, LAST.replace('BIO', 'plain')], () => false);
  const [raw] = await store.rawResponses.ofSnapshot(id);
  if (raw === undefined) throw new Error('The answer was not kept.');
  await store.rawResponses.replaceBytes(raw, new TextEncoder().encode(LAST.replace('BIO', echo)));
  await rememberKey(store, KEY);
  const written = writeBackup({
    store,
    preferences: defaultPreferences,
    secrets: [],
    now: 1,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const parts: Uint8Array[] = [];
  for await (const part of written.bytes) parts.push(part);
  const text = backupText(Buffer.concat(parts));
  expect(text.includes('"bytes":"')).toBe(true);
  expect(keysIn(text, { 'a current one': KEY, 'one of which there is a trace': OTHER })).toEqual([]);
});

describe('the traces of keys', () => {
  it('are added once per key', async () => {
    await rememberKey(store, KEY);
    await rememberKey(store, KEY);
    expect(await store.keys.traces()).toHaveLength(1);
    await rememberKey(store, OTHER);
    expect(await store.keys.traces()).toHaveLength(3);
  });

  it('are the last ones that were read if the database cannot be read', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await rememberKey(store, KEY);
    let fails = false;
    const traces = readingTraces({
      traces: () => (fails ? Promise.reject(new Error('no')) : store.keys.traces()),
    });
    const before = await traces();
    expect(before).toHaveLength(1);
    fails = true;
    expect(await traces()).toEqual(before);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it('are deleted when everything is deleted', async () => {
    await rememberKey(store, KEY);
    await store.clear();
    expect(await store.keys.traces()).toEqual([]);
  });
});
