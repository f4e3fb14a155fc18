/**
 * Two lists of a changing profile of the emulator, collected one after the other by the real collector with the real
 * adapters, and compared. The emulator knows the truth about every moment.
 */
import type { ProviderName } from '../../emulator/exchange.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { ChangingPopulation } from '../../emulator/population/changing.ts';
import { createCollector, type Collector } from '../../../lib/collector/index.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../../lib/model/snapshot.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { connect, type Connection } from '../../../lib/providers/http.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { ownMemory } from '../../../lib/providers/resending.ts';
import { statusAt } from '../../../lib/sets/classify.ts';
import { QUICK } from '../../../lib/sets/evidence.ts';
import { ABSENT } from '../../../lib/sets/join.ts';
import { ListSets } from '../../../lib/sets/list-sets.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import type { Store } from '../../../lib/store/index.ts';
import { newRun } from '../collector/test-collector.ts';
import { randomFrom } from './simulated-profile.ts';
import { emptyStore } from './stored-pairs.ts';

const BEGIN = Date.UTC(2026, 10, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Small pages, so that lists of a few dozen accounts have several. TikTok's need three. */
const PAGE_SIZES = [3, 7, 20] as const;

export const collectedProviders = [
  'sociavault',
  'sociavault-tiktok',
  'x-v1.1',
  'x-v2',
  'socialfetch',
] as const;
export type CollectedProvider = (typeof collectedProviders)[number];

const providerOf = (name: CollectedProvider): ProviderName =>
  name === 'sociavault-tiktok' ? 'sociavault' : name;
const platformOf = (name: CollectedProvider): 'x' | 'tiktok' =>
  name === 'sociavault-tiktok' || name === 'socialfetch' ? 'tiktok' : 'x';

/** How a run goes. */
export interface RunPlan {
  /**
   * - `complete`: to the end. `newest`: only so many accounts. `stalled`: the same page again and again.
   * - `early`: the provider has no more, although the platform counts more.
   * - `stopped`: by the user.
   */
  readonly ends: 'complete' | 'newest' | 'early' | 'stalled' | 'stopped';
  /** After so many pages. */
  readonly after: number;
  /** Paused before this page, for so many hours in which the profile changes; `null` is never. */
  readonly pause: { readonly page: number; readonly hours: number } | null;
  /** Whether the response to this page is lost; `null` is none. */
  readonly lost: number | null;
  /** Whether one account of this page can't be read; `null` is none. */
  readonly unreadable: number | null;
  readonly secondsPerPage: number;
}

export const wholeRun: RunPlan = {
  ends: 'complete',
  after: 0,
  pause: null,
  lost: null,
  unreadable: null,
  secondsPerPage: 2,
};

export interface PairPlan {
  readonly seed: number;
  readonly provider: CollectedProvider;
  readonly followers: number;
  /** Changes between the two lists. */
  readonly changes: number;
  /** How many accounts are suspended at most: they are counted, so that a list without many of them is not complete. */
  readonly suspended: number;
  /** The chance of a change before a request. */
  readonly meanwhile: number;
  readonly older: RunPlan;
  readonly newer: RunPlan;
}

/** What was done to the profile between the two lists, and only then. */
export interface Truth {
  readonly followed: Set<string>;
  readonly left: Set<string>;
  readonly renamed: Set<string>;
}

/** A list as it was collected, and when, by the emulator's clock. */
export interface CollectedList {
  readonly snapshot: Snapshot;
  readonly accounts: readonly Account[];
  readonly began: number;
  readonly ended: number;
}

/** A statement about an account. */
export interface Statement {
  readonly id: string;
  readonly status: Status;
  readonly isCertain: boolean;
}

export interface CollectedPair {
  readonly population: ChangingPopulation;
  readonly truth: Truth;
  readonly older: CollectedList;
  readonly newer: CollectedList;
  /** One for each account of either list. */
  readonly statements: readonly Statement[];
}

/** An emulator with a clock, and the profiles that are collected from it. */
export class CollectedPairs {
  readonly emulator: Emulator;
  readonly #clock: { now: number };
  #profiles = 0;

  private constructor(emulator: Emulator, clock: { now: number }) {
    this.emulator = emulator;
    this.#clock = clock;
  }

  static async open(): Promise<CollectedPairs> {
    const clock = { now: BEGIN };
    const emulator = await startEmulator({ now: () => clock.now });
    return new CollectedPairs(emulator, clock);
  }

  /** Collects and compares two lists of a new profile. */
  async collect(plan: PairPlan): Promise<CollectedPair> {
    this.#profiles += 1;
    const platform = platformOf(plan.provider);
    const random = randomFrom(plan.seed);
    const profile = new Profile(
      this.emulator.changingPopulation({
        platform,
        handle: `changing_${String(this.#profiles)}`,
        followers: plan.followers,
        further: 200,
      }),
      this.#clock,
      random,
      plan.suspended,
    );
    const pageSize = PAGE_SIZES[Math.floor(random() * PAGE_SIZES.length)] ?? 7;
    this.emulator.key({
      provider: providerOf(plan.provider),
      balance: Infinity,
      rateLimit: null,
      pageSize,
    });
    const store = emptyStore();
    try {
      const older = await this.#run(store, plan, plan.older, profile, pageSize);
      this.#clock.now += HOUR;
      profile.begin();
      for (let change = 0; change < plan.changes; change += 1) {
        this.#clock.now += 1 + Math.floor(random() * 2 * HOUR);
        profile.change();
      }
      const { truth } = profile;
      this.#clock.now += HOUR;
      const newer = await this.#run(store, plan, plan.newer, profile, pageSize);
      const statements = await statementsOf(store, older, newer);
      return { population: profile.population, truth, older, newer, statements };
    } finally {
      store.close();
    }
  }

  async #run(
    store: Store,
    { provider, meanwhile }: PairPlan,
    plan: RunPlan,
    profile: Profile,
    pageSize: number,
  ): Promise<CollectedList> {
    const { emulator } = this;
    const adapter = adapters.find(({ id }) => id === providerOf(provider));
    if (adapter === undefined) throw new Error(`There is no provider ${provider}.`);
    const run = new Run({ emulator, store, adapter, clock: this.#clock, profile, plan, pageSize, meanwhile });
    return run.collect();
  }
}

/** Changes a profile at random, and remembers how. */
class Profile {
  readonly population: ChangingPopulation;
  truth: Truth = { followed: new Set(), left: new Set(), renamed: new Set() };
  readonly #clock: { readonly now: number };
  readonly #random: () => number;
  readonly #gone: string[] = [];
  #names = 0;
  #lastFollow = 0;
  #mayBeSuspended: number;

  constructor(
    population: ChangingPopulation,
    clock: { readonly now: number },
    random: () => number,
    suspended: number,
  ) {
    this.#mayBeSuspended = suspended;
    this.population = population;
    this.#clock = clock;
    this.#random = random;
  }

  get random(): () => number {
    return this.#random;
  }

  /** From now on, what happens is remembered. */
  begin(): void {
    this.truth = { followed: new Set(), left: new Set(), renamed: new Set() };
  }

  change(): void {
    const { population, truth } = this;
    const listed = population.listed();
    const one = listed[Math.floor(this.#random() * listed.length)];
    const kind = Math.floor(this.#random() * 7);
    // TikTok's cursors are whole seconds: few follow in the same one.
    const canFollow = this.#clock.now - this.#lastFollow > 1000;
    if (kind < 2) {
      if (canFollow) this.#note(population.follow());
    } else if (kind === 2) {
      const back = this.#gone[0];
      if (back === undefined || !canFollow) return;
      this.#gone.shift();
      population.followAgain(back);
      this.#note(back);
    } else if (one === undefined) {
      return;
    } else if (kind === 6) {
      this.#names += 1;
      population.rename(one.id, `renamed_${String(this.#names)}`);
      truth.renamed.add(one.id);
    } else if (kind === 5) {
      if (this.#mayBeSuspended === 0) return;
      this.#mayBeSuspended -= 1;
      population.suspend(one.id, true);
      truth.left.add(one.id);
      truth.followed.delete(one.id);
    } else {
      population.leave(one.id);
      this.#gone.push(one.id);
      truth.left.add(one.id);
      truth.followed.delete(one.id);
    }
  }

  #note(id: string | null): void {
    if (id === null) return;
    this.#lastFollow = this.#clock.now;
    this.truth.left.delete(id);
    this.truth.followed.add(id);
  }
}

interface RunContext {
  readonly emulator: Emulator;
  readonly store: Store;
  readonly adapter: Adapter;
  readonly clock: { now: number };
  readonly profile: Profile;
  readonly plan: RunPlan;
  readonly pageSize: number;
  readonly meanwhile: number;
}

/** One collection. */
class Run {
  readonly #context: RunContext;
  readonly #collector: Collector;
  #pages = 0;
  #alarm: number | null = null;
  #isLocked = false;
  #wantsPause = false;

  constructor(context: RunContext) {
    this.#context = context;
    this.#collector = this.#createCollector();
  }

  async collect(): Promise<CollectedList> {
    const { emulator, store, adapter, clock, profile, plan, pageSize } = this.#context;
    const { population } = profile;
    await store.keys.save({
      provider: adapter.id,
      key: emulator.defaultKey(adapter.id as ProviderName),
      baseUrl: emulator.baseUrl(adapter.id as ProviderName),
      savedAt: 0,
      checkedAt: null,
      balance: null,
    });
    if (plan.ends === 'early') population.endAfter(plan.after * pageSize);
    this.#addFaults();
    const began = clock.now;
    const started = await this.#collector.start(
      newRun({
        platform: population.platform,
        handle: handleSchema.parse(population.handle),
        howMany: plan.ends === 'newest' ? Math.max(1, plan.after * pageSize - 1) : null,
        cap: 1e6,
        again: true,
      }),
    );
    if (started.kind !== 'started') throw new Error(`The run did not start: ${started.kind}.`);
    const { id } = started.snapshot;
    const snapshot = await this.#untilEnd(id);
    emulator.clearRules();
    population.endAfter(null);
    const pages = await store.pages.read(id, 0, 100_000);
    return { snapshot, accounts: pages.flatMap(({ accounts }) => accounts), began, ended: clock.now };
  }

  /** Wakes the background again and again, as alarms do, until the run has ended. */
  async #untilEnd(id: SnapshotId): Promise<Snapshot> {
    const { store, clock, plan } = this.#context;
    for (let starts = 0; starts < 200; starts += 1) {
      await this.#collector.wakeAll();
      const snapshot = await store.snapshots.get(id);
      if (snapshot === undefined) throw new Error('The list is missing.');
      if (hasEnded(snapshot.state)) return snapshot;
      switch (snapshot.state.kind) {
        case 'paused':
          if (plan.ends === 'stopped') await this.#collector.stop(id);
          else await this.#pass(plan.pause?.hours ?? 0, id);
          break;
        case 'blocked':
          clock.now += MINUTE;
          await this.#collector.resume(id);
          break;
        default:
          clock.now = Math.max(clock.now + 1, this.#alarm ?? clock.now);
      }
    }
    throw new Error('The run did not end.');
  }

  /** Hours in which the run is paused. */
  async #pass(hours: number, id: SnapshotId): Promise<void> {
    const { clock, profile, meanwhile } = this.#context;
    for (let hour = 0; hour < hours; hour += 1) {
      clock.now += HOUR;
      if (profile.random() < meanwhile) profile.change();
    }
    await this.#collector.resume(id);
  }

  #addFaults(): void {
    const { emulator, plan } = this.#context;
    const isPage = ({ path }: { readonly path: string }): boolean => path.includes('follower');
    if (plan.ends === 'stalled') {
      const when = (record: { readonly path: string }): boolean =>
        isPage(record) && this.#pages > Math.max(1, plan.after);
      emulator.fault({ when, times: Infinity, do: { kind: 'repeat-page' } });
    }
    if (plan.lost !== null) {
      const { lost } = plan;
      emulator.fault({
        when: (record) => isPage(record) && this.#pages > lost,
        do: { kind: 'reset-after-charge' },
      });
    }
    if (plan.unreadable !== null) {
      const { unreadable } = plan;
      emulator.fault({
        when: (record) => isPage(record) && this.#pages > unreadable,
        do: { kind: 'edit', edit: withoutOneId },
      });
    }
  }

  /** What happens before a request. */
  async #beforeRequest(path: string): Promise<void> {
    const { clock, profile, plan, meanwhile, store } = this.#context;
    clock.now += Math.floor(plan.secondsPerPage * 1000);
    if (profile.random() < meanwhile) profile.change();
    if (!path.includes('follower')) return;
    this.#pages += 1;
    const isStop = plan.ends === 'stopped' && this.#pages === plan.after + 1;
    const isPause = plan.pause !== null && this.#pages === plan.pause.page + 1;
    if ((!isStop && !isPause) || this.#wantsPause) return;
    this.#wantsPause = true;
    for (const { id } of await store.snapshots.unfinished()) await this.#collector.pause(id);
  }

  #createCollector(): Collector {
    const { store, clock, profile, adapter } = this.#context;
    return createCollector({
      store,
      adapters: [adapter],
      now: () => clock.now,
      random: () => profile.random(),
      newId: () => crypto.randomUUID(),
      online: () => true,
      connect: (_, { key, baseUrl }, signal) =>
        this.#watched(
          connect({
            adapter,
            key,
            baseUrl,
            signal,
            memory: ownMemory(),
            timing: () => null,
            now: () => clock.now,
          }),
        ),
      mayReach: () => Promise.resolve(true),
      readSecret: ({ secret }) => Promise.resolve(secret.kind === 'open' ? secret.key : null),
      preferences: () =>
        Promise.resolve({
          ...defaultPreferences,
          usedFromPages: [adapter.id],
          askAbove: { credits: 1e6, usd: 1e12, requests: 1e6 },
        }),
      withLock: async (_name, task) => {
        if (this.#isLocked) return false;
        this.#isLocked = true;
        try {
          await task();
          return true;
        } finally {
          this.#isLocked = false;
        }
      },
      sleep: (milliseconds) => {
        clock.now += milliseconds;
        return Promise.resolve();
      },
      setAlarm: (at) => {
        this.#alarm = at;
        return Promise.resolve();
      },
      keepAlive: () => () => undefined,
      changed: () => undefined,
      freeSpace: () => Promise.resolve(null),
      reportStorage: () => undefined,
    });
  }

  #watched(connection: Connection): Connection {
    return {
      send: async (call) => {
        await this.#beforeRequest(call.path);
        return connection.send(call);
      },
      lastResponse: () => connection.lastResponse(),
      quote: (message) => connection.quote(message),
      mayBeSentTwice: () => connection.mayBeSentTwice(),
    };
  }
}

/** A response whose first account has lost its ID. */
function withoutOneId(body: unknown): unknown {
  let isDone = false;
  return JSON.parse(JSON.stringify(body), (key, value: unknown): unknown => {
    if (isDone || !['rest_id', 'id', 'uid'].includes(key) || typeof value !== 'string') return value;
    isDone = true;
    return undefined;
  });
}

async function statementsOf(
  store: Store,
  older: CollectedList,
  newer: CollectedList,
): Promise<readonly Statement[]> {
  const { signal } = new AbortController();
  const compared = await new ListSets(store).compare(older.snapshot.id, newer.snapshot.id, signal);
  const { classified } = compared;
  const statement = (side: 'older' | 'newer', id: string, at: number): Statement => ({
    id,
    status: statusAt(classified[side], at),
    isCertain: classified[side].doubts[at] === 0,
  });
  return [
    ...newer.accounts.map(({ id }, at) => statement('newer', id, at)),
    ...older.accounts.flatMap(({ id }, at) =>
      compared.older.inOther[at] === ABSENT ? [statement('older', id, at)] : [],
    ),
  ];
}

/** The statements with a status that the emulator knows to be wrong. */
export function wrongStatements(pair: CollectedPair, status: 'new' | 'noLongerListed'): readonly Statement[] {
  const { population, older, newer, statements } = pair;
  // Certain is only what was read within a few minutes, or what can't have moved since.
  const until = Math.min(newer.ended, newer.began + QUICK);
  return statements.filter(({ id, ...one }) => {
    if (one.status !== status) return false;
    return status === 'new'
      ? population.wasListedThroughout(id, older.began, newer.ended)
      : population.wasListedThroughout(id, newer.began, one.isCertain ? until : newer.ended);
  });
}
