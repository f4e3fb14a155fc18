/**
 * The most that one click on a profile can cost unattended, with the real adapters and the emulator: every response
 * is a charged error, a gateway's page, or lost, from the first request or after a successful lookup. Prints a
 * table.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCollector } from '../../../lib/collector/index.ts';
import { pagePrice } from '../../../lib/model/money.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { connect } from '../../../lib/providers/http.ts';
import { adapterById, adapters } from '../../../lib/providers/index.ts';
import { ownMemory } from '../../../lib/providers/resending.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { ProviderName } from '../../emulator/exchange.ts';
import type { Fault } from '../../emulator/faults.ts';
import { newRun } from './test-collector.ts';

const PROVIDERS: readonly ProviderName[] = [
  'sociavault',
  'socialfetch',
  'twitterapi-io',
  'socialdata',
  'x-v2',
  'x-v1.1',
];

const chargedErrors: Readonly<Partial<Record<ProviderName, unknown>>> = {
  sociavault: { success: false, error: 'Something went wrong, try again', credits_used: 1 },
  socialfetch: {
    error: { code: 'internal_error', message: 'Something went wrong' },
    meta: { creditsCharged: 1 },
  },
};

function faultsOf(provider: ProviderName): Readonly<Record<string, Fault>> {
  const body = chargedErrors[provider];
  return {
    ...Object.fromEntries(
      ([204, 408, 499, 502, 503, 504, 520, 522, 524] as const).map((status) => [
        `gateway's page ${String(status)}`,
        { kind: 'gateway', status } as const,
      ]),
    ),
    ...(body === undefined
      ? {}
      : {
          'charged error': { kind: 'charged-error', status: 500, body } as const,
          'charged rate-limit response': { kind: 'charged-error', status: 429, body } as const,
        }),
    'lost response': { kind: 'reset-after-charge' },
    'cut response': { kind: 'cut' },
    'HTML with status 200': { kind: 'not-json', charged: true },
    'empty response': { kind: 'empty-200' },
  };
}

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  // What a client resends by itself over kept-alive connections is counted in real browsers (tests/faults).
  emulator.keepConnections(false);
});
afterAll(() => emulator.close());

let made = 0;

/** One click, and alarms until nothing resumes by itself any more. */
async function oneClick(provider: ProviderName): Promise<Snapshot> {
  made += 1;
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const store = new Store(`one-click-${String(made)}`);
  const adapter = adapterById(adapters.find(({ id }) => id === provider)?.id ?? fail());
  if (adapter === undefined) return fail();
  await store.keys.save({
    provider: adapter.id,
    key: emulator.defaultKey(provider),
    baseUrl: emulator.baseUrl(provider),
    savedAt: 0,
    checkedAt: null,
    balance: null,
  });
  let now = Date.now();
  const alarms: (number | null)[] = [];
  let locked = false;
  const startBackground = () =>
    createCollector({
      store,
      adapters,
      now: () => now,
      random: () => 0.5,
      newId: () => crypto.randomUUID(),
      online: () => true,
      connect: (_, { key, baseUrl }, signal) =>
        connect({ adapter, key, baseUrl, signal, memory: ownMemory(), timing: () => null }),
      mayReach: () => Promise.resolve(true),
      readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
      preferences: () =>
        Promise.resolve({
          ...defaultPreferences,
          usedFromPages: [adapter.id],
          askAbove: { credits: 1e6, usd: 1e12, requests: 1e6 },
        }),
      withLock: async (_name, task) => {
        if (locked) return false;
        locked = true;
        try {
          await task();
          return true;
        } finally {
          locked = false;
        }
      },
      sleep: (milliseconds) => {
        now += milliseconds;
        return Promise.resolve();
      },
      setAlarm: (at) => {
        alarms.push(at);
        return Promise.resolve();
      },
      keepAlive: () => () => undefined,
      changed: () => undefined,
      freeSpace: () => Promise.resolve(null),
      reportStorage: () => undefined,
    });
  const platform = adapter.supports('x', 'followers') ? 'x' : 'tiktok';
  const handle = handleSchema.parse(platform === 'x' ? 'bob_metrics' : 'bob.dances');
  const first = startBackground();
  const started = await first.start(newRun({ platform, handle, startedFrom: 'page' }));
  if (started.kind !== 'started') return fail();
  await first.wakeAll();
  for (let starts = 0; starts < 100; starts += 1) {
    await startBackground().wakeAll();
    const alarm = alarms.at(-1) ?? null;
    if (alarm === null) break;
    now = Math.max(now + 1, alarm);
  }
  expect(alarms.at(-1)).toBeNull();
  const snapshot = await store.snapshots.get(started.snapshot.id);
  store.close();
  return snapshot ?? fail();
}

function fail(): never {
  throw new Error('This cannot happen.');
}

const table: Record<string, string | number>[] = [];
afterAll(() => {
  console.table(table);
});

describe.each(PROVIDERS)('one click with %s', (provider) => {
  const adapter = adapters.find(({ id }) => id === provider) ?? fail();
  const { price } = adapter;
  const platform = adapter.supports('x', 'followers') ? 'x' : 'tiktok';
  const request = Math.max(price.resolve, pagePrice(price, adapter.pages(platform).most), price.perFill);
  const bound = price.resolve + 2 * request;

  it('never costs more than the lookup and two requests', async () => {
    emulator.key({ provider, balance: Infinity, rateLimit: null });
    const worst = { amount: 0, requests: 0, fault: '' };
    for (const [name, fault] of Object.entries(faultsOf(provider))) {
      for (const good of price.resolve > 0 ? [0, 1] : [0]) {
        const from = emulator.log.length;
        const before = emulator.charges(provider);
        emulator.fault({ when: ({ n }) => n > from + good, times: Infinity, do: fault });
        const snapshot = await oneClick(provider);
        emulator.clearRules();
        const after = emulator.charges(provider);
        const amount = after.amount - before.amount;
        const requests = after.requests - before.requests;
        const where = `${provider}, ${name}, after ${String(good)} good responses`;
        expect(snapshot.state.kind, where).toBe('blocked');
        expect(requests, where).toBeLessThanOrEqual(good + 2);
        expect(amount, where).toBeLessThanOrEqual(bound);
        expect(snapshot.charged, where).toBeLessThanOrEqual(amount);
        expect(amount, where).toBeLessThanOrEqual(snapshot.charged + snapshot.maybeCharged);
        if (amount > worst.amount) Object.assign(worst, { amount, requests, fault: name });
      }
    }
    expect(worst.amount).toBeGreaterThan(0);
    table.push({
      provider,
      unit: price.unit,
      'look-up': price.resolve,
      'one request, at most': request,
      'allowed at most': bound,
      'cost at most': worst.amount,
      requests: worst.requests,
      fault: worst.fault,
    });
  }, 120_000);
});
