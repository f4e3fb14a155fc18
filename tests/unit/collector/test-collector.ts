/**
 * A collector for tests: a real store on a fake IndexedDB, a provider backed by an array, and control over time and
 * terminations.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import type { CollectorOptions } from '../../../lib/collector/environment.ts';
import { createCollector } from '../../../lib/collector/index.ts';
import type { NewRun } from '../../../lib/collector/new-run.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import type { StorageError } from '../../../lib/model/error.ts';
import { accountIdSchema, cursorSchema, providerIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import { handleSchema, unknownFacts } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Adapter, Page } from '../../../lib/providers/adapter.ts';
import type { ProviderFailure, Result } from '../../../lib/providers/failure.ts';
import type { Connection } from '../../../lib/providers/http.ts';
import { defaultPreferences, type Preferences } from '../../../lib/settings/preferences.ts';
import { Store } from '../../../lib/store/index.ts';

export const PROVIDER = providerIdSchema.parse('bench');

export function account(index: number): Account {
  return {
    ...unknownAccount(accountIdSchema.parse(String(10n ** 18n + BigInt(index)))),
    handle: `h${String(index)}`,
    name: `Name ${String(index)}`,
    followers: index,
  };
}

/** A response that may have been charged and cannot be parsed. */
export const UNREADABLE: ProviderFailure = {
  trouble: { kind: 'unreadable', status: 200, why: 'it is new' },
  charged: null,
  retryable: false,
  retryAfter: null,
};

/** What the test provider does with a request besides answering it. */
export type Disruption =
  /** `counted` is what the provider counts if the failure doesn't state it. */
  | { readonly kind: 'failure'; readonly failure: ProviderFailure; readonly counted?: number }
  /** The request is charged, and its response never arrives: the worker is terminated in the meantime. */
  | { readonly kind: 'death'; readonly charged: boolean }
  | { readonly kind: 'answer'; readonly page: (page: Page) => Page };

export interface TestCollectorOptions {
  readonly followers: number;
  readonly pageSize?: number;
  readonly perRow?: number;
  readonly adjustable?: boolean;
  /** Called for every request, by its number from 0, with the handle of its profile. */
  readonly disruption?: (request: number, handle: string) => Disruption | null;
  /** How many accounts a profile has, by its handle; all have the same ones from the first on. */
  readonly followersOf?: (handle: string) => number;
  readonly preferences?: Partial<Preferences>;
  readonly expected?: number | null;
  /** Generated IDs start after this number, so that the lists of two collectors don't collide. */
  readonly idsAfter?: number;
  /** Lists only IDs, which are looked up in batches of this size. */
  readonly fillSize?: number;
  /** What lists are requested by: `handle` needs no lookup. */
  readonly listsBy?: Adapter['listsBy'];
  /** Whether responses state the provider's time, which is that of this computer. */
  readonly statesTime?: boolean;
  /** IDs that a lookup leaves out, and its unreadable rows. */
  readonly lookUp?: (ids: readonly string[]) => {
    readonly gone: readonly string[];
    readonly unreadable: number;
  };
}

export function createTestCollector(options: TestCollectorOptions) {
  const {
    followers,
    pageSize = 10,
    perRow = 0,
    adjustable = false,
    expected = followers,
    fillSize = 0,
    listsBy = 'id',
  } = options;
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const store = new Store('bench');
  const environment = {
    now: Date.UTC(2026, 10, 21),
    charged: 0,
    requests: 0,
    /** The profile's ID in each request for a page. */
    profiles: [] as (string | null)[],
    /** The handle of each request; empty for lookups of accounts. */
    handles: [] as string[],
    alarm: null as number | null,
    online: true,
    reach: true,
    understands: false,
    sentTwice: false,
    /** How many more bytes the storage accepts. */
    room: null as number | null,
    notified: (_: StorageError | null): void => undefined,
  };
  const countsOf = (handle: string) => {
    const count = options.followersOf?.(handle) ?? expected;
    return { followers: count, following: count };
  };
  const perRequest = perRow === 0 ? 1 : 0;
  let ids = options.idsAfter ?? 0;
  let locked = false;
  let die: () => void = () => undefined;
  let dead = Promise.withResolvers<never>();

  async function serve<T>(charge: number, handle: string, response: () => T): Promise<Result<T>> {
    const disruption = options.disruption?.(environment.requests, handle) ?? null;
    environment.handles.push(handle);
    environment.requests += 1;
    if (disruption?.kind === 'failure') {
      const { failure, counted = failure.charged ?? 0 } = disruption;
      environment.charged += failure.trouble.kind === 'unreadable' ? charge : counted;
      return { ok: false, failure: disruption.failure };
    }
    if (disruption?.kind === 'death') {
      if (disruption.charged) environment.charged += charge;
      die();
      return dead.promise;
    }
    environment.charged += charge;
    const value = response();
    const changed = disruption?.kind === 'answer' ? disruption.page(value as Page) : value;
    return { ok: true, value: changed as T };
  }

  const adapter: Adapter = {
    id: PROVIDER,
    name: 'Bench',
    origin: 'https://bench.example',
    key: { header: () => ['x', 'y'], clean: (text) => text, prefix: null, placeholder: '', url: '' },
    price: {
      unit: perRow === 0 ? 'credits' : 'usd',
      perRequest,
      perRow,
      resolve: listsBy === 'handle' ? 0 : perRow === 0 ? 1 : perRow,
      perFill: fillSize === 0 ? 0 : 1,
    },
    pages: () => ({ most: pageSize, adjustable, seconds: 1, withoutNewUntilStalled: 3 }),
    note: null,
    documentation: { month: null, confirmed: true },
    lacks: [],
    topUpUrl: null,
    fillSize,
    supports: () => true,
    listsBy,
    resolve: (profile) =>
      serve(perRow === 0 ? 1 : perRow, profile.handle, () => ({
        id: accountIdSchema.parse('1'),
        handle: profile.handle,
        facts: { ...unknownFacts, ...countsOf(profile.handle) },
        charged: perRow === 0 ? 1 : perRow,
      })),
    fetchPage: ({ profile, cursor, limit }, through) => {
      environment.profiles.push(profile.id);
      const from = cursor === null ? 0 : Number(cursor);
      const all = options.followersOf?.(profile.handle) ?? followers;
      const to = Math.min(all, from + (adjustable ? Math.min(limit, pageSize) : pageSize));
      const charge = perRequest + perRow * (to - from);
      const page = (): Page => ({
        accounts: Array.from({ length: to - from }, (_, index) => {
          const whole = account(from + index);
          return fillSize === 0 ? whole : unknownAccount(whole.id);
        }),
        unreadable: 0,
        next: to < all ? cursorSchema.parse(String(to)) : null,
        expected: null,
        charged: charge,
      });
      // Reading a response again costs nothing; whether it can be parsed depends on the version.
      if (through === connection) return serve(charge, profile.handle, page);
      return Promise.resolve(
        environment.understands ? { ok: true, value: page() } : { ok: false, failure: UNREADABLE },
      );
    },
    checkKey: () => Promise.resolve({ ok: true, value: { balance: null } }),
    fillIn: ({ ids }) =>
      serve(1, '', () => {
        const { gone: removed, unreadable } = options.lookUp?.(ids) ?? { gone: [], unreadable: 0 };
        const found = ids.filter((id) => !removed.includes(id));
        const accounts = found.map((id) => account(Number(BigInt(id) - 10n ** 18n)));
        return { accounts: accounts.slice(0, accounts.length - unreadable), unreadable, charged: 1 };
      }),
    advances: (before, next) => before === null || Number(next) > Number(before),
    followTime: () => null,
  };
  const connection: Connection = {
    send: () => Promise.reject(new Error('the test collector has no network')),
    lastResponse: () => ({
      status: 200,
      headers: new Headers(),
      date: options.statesTime === true ? environment.now : null,
      receivedAt: environment.now,
      bytes: new Uint8Array([1, 2, 3]),
      received: new Uint8Array([1, 2, 3]),
      json: undefined,
    }),
    quote: () => null,
    mayBeSentTwice: () => environment.sentTwice,
  };

  /** A background that has just started. The next termination ends it, and leaves everything else unchanged. */
  function startBackground() {
    dead = Promise.withResolvers<never>();
    dead.promise.catch(() => undefined);
    const removed = Promise.withResolvers<undefined>();
    die = () => {
      // The browser releases the locks of a terminated worker.
      locked = false;
      removed.resolve(undefined);
    };
    const collectorOptions: CollectorOptions = {
      store,
      adapters: [adapter],
      now: () => environment.now,
      random: () => 0.5,
      newId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
      online: () => environment.online,
      connect: () => connection,
      mayReach: () => Promise.resolve(environment.reach),
      readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
      // The first use of a provider from a page, which asks, is tested in first-use.test.ts.
      preferences: () =>
        Promise.resolve({ ...defaultPreferences, usedFromPages: [PROVIDER], ...options.preferences }),
      withLock: async (_, task) => {
        if (locked) return false;
        locked = true;
        try {
          await task();
          return true;
        } finally {
          locked = false;
        }
      },
      // Time passes immediately.
      sleep: (milliseconds) => {
        environment.now += milliseconds;
        return Promise.resolve();
      },
      setAlarm: (at) => {
        environment.alarm = at;
        return Promise.resolve();
      },
      keepAlive: () => () => undefined,
      changed: () => undefined,
      freeSpace: () => Promise.resolve(environment.room),
      reportStorage: (runError) => {
        environment.notified(runError);
      },
    };
    return { collector: createCollector(collectorOptions), died: removed.promise };
  }

  async function saveKey(): Promise<void> {
    await store.keys.save({
      provider: PROVIDER,
      key: 'secret',
      baseUrl: 'https://bench.example',
      savedAt: 0,
      checkedAt: null,
      balance: null,
    });
  }

  /** Restarts the background at its alarms until it has nothing left to do. */
  async function runUntilIdle(): Promise<void> {
    for (let starts = 0; starts < 500; starts += 1) {
      const { collector, died } = startBackground();
      const rested = collector.wakeAll().then(() => 'rested' as const);
      const how = await Promise.race([rested, died.then(() => 'died' as const)]);
      if (how === 'rested' && environment.alarm === null) return;
      environment.now = Math.max(environment.now + 1, environment.alarm ?? environment.now);
    }
    throw new Error('The run was not idle after 500 starts.');
  }

  async function list(id: SnapshotId): Promise<string[]> {
    const pages = await store.pages.read(id, 0, 100_000);
    return pages.flatMap((page) => page.accounts.map((a) => a.id));
  }

  async function run(rest: Partial<NewRun> = {}): Promise<Snapshot> {
    if ((await store.keys.get(PROVIDER)) === undefined) await saveKey();
    const { collector, died } = startBackground();
    const started = await collector.start(newRun(rest));
    if (started.kind === 'no-key') throw new Error('The key was saved.');
    await Promise.race([collector.wakeAll(), died]);
    await runUntilIdle();
    const snapshot = await store.snapshots.get(started.snapshot.id);
    if (snapshot === undefined) throw new Error('The snapshot is missing.');
    return snapshot;
  }

  /** Brings a list up to date, and runs until nothing is left to do. */
  async function update(base: SnapshotId, cap: number | null = null): Promise<Snapshot> {
    const { collector, died } = startBackground();
    const started = await collector.update(base, cap);
    if (started.kind === 'no-key' || started.kind === 'gone') throw new Error('The list cannot be updated.');
    await Promise.race([collector.wakeAll(), died]);
    await runUntilIdle();
    const snapshot = await store.snapshots.get(started.snapshot.id);
    if (snapshot === undefined) throw new Error('The snapshot is missing.');
    return snapshot;
  }

  return { store, environment, adapter, startBackground, saveKey, runUntilIdle, run, update, list };
}

export function newRun(rest: Partial<NewRun> = {}): NewRun {
  return {
    platform: 'x',
    handle: handleSchema.parse('someone'),
    relation: 'followers',
    provider: null,
    howMany: null,
    cap: null,
    again: false,
    hint: null,
    startedFrom: 'own',
    ...rest,
  };
}
