import { readFileSync } from 'node:fs';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../../../lib/collector/index.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { connect } from '../../../lib/providers/http.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { z } from '../../../lib/zod.ts';
import { fictional } from './fictional.ts';

const KEY = 'fic_secret_of_the_test';
const PER_ACCOUNT = 2_000;

interface RequestedView {
  readonly path: string;
  readonly method: string;
  readonly authorization: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const bodySchema = z.record(z.string(), z.unknown());

/** The provider's server: `fans` people, three of whom follow in each second, the newest first. */
function server(fans: number, failures: Readonly<Record<number, Response>> = {}) {
  const requested: RequestedView[] = [];
  let billed = 0;
  const place = (index: number) => ({
    before: 1_800_000_000 - Math.floor(index / 3),
    tie: `t${String(index % 3)}`,
  });
  const person = (index: number) => ({
    id: String(9_000_000_000_000_000_000n + BigInt(index)),
    nick: `fan_${String(index)}`,
  });

  function response({ path, body }: RequestedView): unknown {
    if (path === '/v3/person') {
      billed += 1;
      return { person: { id: '77', nick: 'Some_One', fans } };
    }
    const from = Array.from({ length: fans }, (_, index) => index).findIndex((index) => {
      const { before, tie } = place(index);
      const { before: requestsBefore, tie: requestsTie } = body;
      if (typeof requestsBefore !== 'number' || typeof requestsTie !== 'string') return true;
      return before < requestsBefore || (before === requestsBefore && tie > requestsTie);
    });
    const take = Number(body['take']);
    const to = from < 0 ? fans : Math.min(fans, from + take);
    const people = from < 0 ? [] : Array.from({ length: to - from }, (_, index) => person(from + index));
    billed += people.length;
    return { people, billed: people.length, continue: to < fans ? place(to - 1) : null };
  }

  const fetch: typeof globalThis.fetch = (input, init = {}) => {
    const text = typeof init.body === 'string' ? init.body : '{}';
    const request: RequestedView = {
      path: new URL(input instanceof Request ? input.url : input).pathname,
      method: init.method ?? 'GET',
      authorization: new Headers(init.headers).get('authorization'),
      body: bodySchema.parse(JSON.parse(text)),
    };
    requested.push(request);
    return Promise.resolve(failures[requested.length - 1] ?? Response.json(response(request)));
  };
  const truth = Array.from({ length: fans }, (_, index) => person(index).id);
  return { fetch, requested, truth, charged: () => billed * PER_ACCOUNT };
}

/** Collects with the real collector and the real store; only time, locks, and alarms are simulated. */
async function collect(fetch: typeof globalThis.fetch, rest: { cap?: number; howMany?: number } = {}) {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const store = new Store('fictional');
  let now = Date.UTC(2026, 10, 21);
  let ids = 0;
  const collector = createCollector({
    store,
    adapters: [fictional],
    now: () => now,
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    online: () => true,
    connect: (adapter, key, signal) => connect({ adapter, ...key, signal, fetch, now: () => now }),
    mayReach: () => Promise.resolve(true),
    readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
    preferences: () => Promise.resolve(defaultPreferences),
    withLock: async (_, task) => {
      await task();
      return true;
    },
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
    setAlarm: () => Promise.resolve(),
    keepAlive: () => () => undefined,
    changed: () => undefined,
    freeSpace: () => Promise.resolve(null),
    reportStorage: () => undefined,
  });
  const { id: provider, origin: baseUrl } = fictional;
  await store.keys.save({ provider, key: KEY, baseUrl, savedAt: now, checkedAt: null, balance: null });
  const started = await collector.start({
    platform: 'x',
    handle: handleSchema.parse('some_one'),
    relation: 'followers',
    provider: null,
    howMany: rest.howMany ?? null,
    cap: rest.cap ?? null,
    again: false,
    startedFrom: 'own',
    hint: null,
  });
  if (started.kind === 'no-key') throw new Error('The key was saved.');
  const { id } = started.snapshot;
  await collector.wakeAll();
  const snapshot: Snapshot | undefined = await store.snapshots.get(id);
  if (snapshot === undefined) throw new Error('The snapshot is missing.');
  const pages = await store.pages.read(id, 0, 1_000);
  return { snapshot, list: pages.flatMap(({ accounts }) => accounts.map((account) => account.id)) };
}

describe('a provider with a POST body, two cursors, and a price per row', () => {
  it.each([0, 1, 50, 51, 170])('collects %i accounts, in order, with an exact ledger', async (fans) => {
    const { fetch, requested, truth, charged } = server(fans);
    const { snapshot, list } = await collect(fetch);
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(list).toEqual(truth);
    expect(snapshot).toMatchObject({
      handle: 'Some_One',
      expected: fans,
      charged: charged(),
      maybeCharged: 0,
    });
    expect(
      requested.every(({ method, authorization }) => method === 'POST' && authorization === `Token ${KEY}`),
    ).toBe(true);
  });

  it('sends both values of a cursor back unchanged', async () => {
    const { fetch, requested } = server(110);
    await collect(fetch);
    const lists = requested
      .filter(({ path }) => path === '/v3/list')
      .map(({ body }) => [body['before'], body['tie']]);
    // Account 49 is the second of its second, account 99 the first of its own.
    expect(lists).toEqual([
      [undefined, undefined],
      [1_800_000_000 - 16, 't1'],
      [1_800_000_000 - 33, 't0'],
    ]);
  });

  it('requests and pays for no more than was wanted', async () => {
    const { fetch, truth, charged } = server(170);
    const { snapshot, list } = await collect(fetch, { howMany: 60 });
    expect(list).toEqual(truth.slice(0, 60));
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'capped', by: 'rows' } });
    expect(charged()).toBe(61 * PER_ACCOUNT);
  });

  it('spends its cap to the last account that it can pay for', async () => {
    const { fetch, charged } = server(170);
    const { snapshot } = await collect(fetch, { cap: 150_000 });
    expect(snapshot).toMatchObject({
      rows: 74,
      charged: 150_000,
      state: { outcome: { kind: 'capped', by: 'cap' } },
    });
    expect(charged()).toBe(150_000);
  });

  it('waits when told to, then continues', async () => {
    const tooFast = Response.json({ problem: 'slow down' }, { status: 429, headers: { 'retry-after': '7' } });
    const { fetch, requested, truth } = server(120, { 2: tooFast });
    const { snapshot, list } = await collect(fetch);
    expect(list).toEqual(truth);
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(requested).toHaveLength(5);
  });

  it('treats a response without a continuation as unreadable, not as the end', async () => {
    const cut = Response.json({ people: [], billed: 0 });
    const { fetch } = server(120, { 2: cut });
    const { snapshot } = await collect(fetch);
    expect(snapshot).toMatchObject({ rows: 50, state: { kind: 'blocked', trouble: { kind: 'unreadable' } } });
  });

  it('stops for a rejected key, with the provider’s message but never with the key', async () => {
    const refused = Response.json({ problem: `Token ${KEY} is void` }, { status: 401 });
    const { fetch } = server(120, { 1: refused });
    const { snapshot } = await collect(fetch);
    expect(snapshot.state).toEqual({
      kind: 'blocked',
      trouble: { kind: 'bad-key', said: 'Token ••• is void' },
    });
  });
});

it('fits into 150 lines, as docs/adding-a-provider.md promises', () => {
  const text = readFileSync(new URL('fictional.ts', import.meta.url), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThan(150);
});
