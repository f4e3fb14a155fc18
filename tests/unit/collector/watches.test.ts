/** Watched lists over thirty days: restarts, sleeps, clocks that are set, full disks, and limits that are spent. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueness, nextPeriodStart, periodAt, startOfPeriod } from '../../../lib/collector/watch/schedule.ts';
import type { WatchSetting } from '../../../lib/collector/watch/setting.ts';
import { createWatches } from '../../../lib/collector/watch/watches.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { intervals, watchIdOf, type Watch } from '../../../lib/model/watch.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { monthOf } from '../../../lib/store/spending.ts';
import { watchesOf } from '../../../lib/store/watches.ts';
import { broken, lost } from './disruptions.ts';
import { PROVIDER, type Disruption } from './test-collector.ts';
import { updatedProfile } from './updated-profile.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('the periods of a watch', () => {
  it('follow each other without a gap, and each time is in one of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...intervals),
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 11, 31) }),
        fc.integer({ min: -40 * DAY, max: 800 * DAY }),
        (every, from, later) => {
          const watch = { every, from };
          const period = periodAt(watch, from + later);
          expect(startOfPeriod(watch, period)).toBeLessThanOrEqual(from + later);
          expect(startOfPeriod(watch, period + 1)).toBeGreaterThan(from + later);
          expect(startOfPeriod(watch, 0)).toBe(from);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a month end on its last day where there is no such day', () => {
    const from = Date.UTC(2027, 0, 31, 9);
    const starts = [0, 1, 2, 3].map((period) => startOfPeriod({ every: 'month', from }, period));
    expect(starts).toEqual([
      from,
      Date.UTC(2027, 1, 28, 9),
      Date.UTC(2027, 2, 31, 9),
      Date.UTC(2027, 3, 30, 9),
    ]);
  });
});

interface World {
  readonly profile: ReturnType<typeof updatedProfile>;
  readonly reminded: Snapshot[];
  /** A background that has just started: checks the watched lists and runs until nothing is left to do. */
  readonly start: (windows?: number) => Promise<void>;
  readonly set: (list: Snapshot, setting: WatchSetting) => Promise<string>;
  readonly alarm: () => number | null;
}

function worldOf(options: {
  readonly seed: number;
  readonly monthly: number | null;
  readonly changesPerHour: number;
  readonly disruption?: () => Disruption | null;
}): World {
  const profile = updatedProfile({
    seed: options.seed,
    followers: 60,
    pageSize: 5,
    changesPerHour: options.changesPerHour,
    isDated: true,
    statesTime: true,
    fillSize: 0,
    pause: 300,
    ...(options.disruption === undefined ? {} : { disruption: options.disruption }),
    monthlyLimit: options.monthly,
  });
  const reminded: Snapshot[] = [];
  let alarm: number | null = null;
  const { environment, store, adapter } = profile;
  const watchesNow = () =>
    createWatches({
      store,
      adapters: [adapter],
      now: () => environment.now,
      newId: () => crypto.randomUUID(),
      preferences: () =>
        Promise.resolve({
          ...defaultPreferences,
          monthlyLimit: options.monthly === null ? {} : { [PROVIDER]: options.monthly },
        }),
      readSecret: () => Promise.resolve('secret'),
      setAlarm: (at) => {
        alarm = at;
        return Promise.resolve();
      },
      wake: () => undefined,
      changed: () => undefined,
      remind: (list) => {
        reminded.push(list);
      },
    });
  return {
    profile,
    reminded,
    start: async (windows = 1) => {
      profile.catchUp();
      await Promise.all(Array.from({ length: windows }, () => watchesNow().check()));
      if (environment.room === null) return profile.runUntilIdle();
      // A full disk is tried again every 30 seconds, without an end.
      const { collector, died } = profile.startBackground();
      await Promise.race([collector.wakeAll(), died]);
    },
    set: (list, setting) => watchesNow().set(list.id, setting),
    alarm: () => alarm,
  };
}

async function watchOf({ profile: { store } }: World, list: Snapshot): Promise<Watch> {
  const watch = await watchesOf(store).get(watchIdOf(list));
  if (watch === undefined) throw new Error('The list is not watched.');
  return watch;
}

const daily = {
  kind: 'update',
  every: 'day',
  provider: PROVIDER,
  allowance: 1_000,
  fullEvery: null,
} as const;

describe('a watched list', () => {
  it('is updated once a day, and an alarm is set for the next time', async () => {
    const world = worldOf({ seed: 1, monthly: 10_000, changesPerHour: 1 });
    const list = await world.profile.run();
    expect(await world.set(list, daily)).toBe('saved');
    await world.start();
    expect(await world.profile.store.snapshots.all()).toHaveLength(1);
    for (let day = 1; day <= 3; day += 1) {
      world.profile.environment.now = startOfPeriod(await watchOf(world, list), day) + 1;
      await world.start();
      await world.start();
      expect(await world.profile.store.snapshots.all()).toHaveLength(1 + day);
    }
    const watch = await watchOf(world, list);
    expect(world.alarm()).toBe(Math.min(nextPeriodStart(watch), world.profile.environment.now + 12 * HOUR));
  });

  it('that was missed for a month is updated once', async () => {
    const world = worldOf({ seed: 2, monthly: 10_000, changesPerHour: 0 });
    const list = await world.profile.run();
    await world.set(list, daily);
    world.profile.environment.now += 30 * DAY;
    await world.start();
    await world.start();
    expect(await world.profile.store.snapshots.all()).toHaveLength(2);
  });

  it('is not updated without a monthly limit of the provider', async () => {
    const world = worldOf({ seed: 3, monthly: null, changesPerHour: 0 });
    const list = await world.profile.run();
    expect(await world.set(list, daily)).toBe('no-limit');
    expect(await watchesOf(world.profile.store).all()).toEqual([]);
  });

  it('only reminds, once a period, if that is all that the user wants', async () => {
    const world = worldOf({ seed: 4, monthly: null, changesPerHour: 0 });
    const list = await world.profile.run();
    await world.set(list, { kind: 'remind', every: 'week' });
    for (let day = 0; day < 15; day += 1) {
      world.profile.environment.now += DAY;
      await world.start();
    }
    expect(world.reminded).toHaveLength(2);
    expect(await world.profile.store.snapshots.all()).toHaveLength(1);
  });

  it('is collected in full after so many updates, if the limits can pay for it', async () => {
    const world = worldOf({ seed: 5, monthly: 10_000, changesPerHour: 0 });
    const list = await world.profile.run();
    await world.set(list, { ...daily, fullEvery: 2 });
    for (let day = 0; day < 3; day += 1) {
      world.profile.environment.now += DAY;
      await world.start();
    }
    const lists = await world.profile.store.snapshots.all();
    expect(lists.map(({ update }) => update === undefined).reverse()).toEqual([true, false, false, true]);
  });

  it('starts nothing that its allowance could not pay for, and continues in the next month', async () => {
    const world = worldOf({ seed: 6, monthly: 10_000, changesPerHour: 0 });
    const list = await world.profile.run();
    await world.set(list, { ...daily, allowance: 2 });
    for (let day = 0; day < 8; day += 1) {
      world.profile.environment.now += DAY;
      await world.start();
    }
    const inNovember = await world.profile.store.snapshots.all();
    const spent = inNovember
      .filter(({ budget }) => budget !== undefined)
      .reduce((sum, { charged }) => sum + charged, 0);
    expect(spent).toBeLessThanOrEqual(2);
    world.profile.environment.now = Date.UTC(2026, 11, 2);
    await world.start();
    expect((await world.profile.store.snapshots.all()).length).toBeGreaterThan(inNovember.length);
  });

  it('spends nothing after it is turned off', async () => {
    const world = worldOf({ seed: 7, monthly: 10_000, changesPerHour: 0 });
    const list = await world.profile.run();
    await world.set(list, daily);
    await world.set(list, { kind: 'off' });
    expect(world.alarm()).toBeNull();
    world.profile.environment.now += 3 * DAY;
    await world.start();
    expect(await world.profile.store.snapshots.all()).toHaveLength(1);
  });
});

const disruptions: readonly (Disruption | null)[] = [
  { kind: 'failure', failure: lost, counted: 1 },
  { kind: 'failure', failure: broken },
  { kind: 'death', charged: true },
  { kind: 'death', charged: false },
];

/** What happens between two starts of the background. */
const happening = fc.record({
  hours: fc.integer({ min: 0, max: 50 }),
  /** By how much the clock is set, in hours. */
  jump: fc.constantFrom(0, 0, 0, 0, -30, -3, 26, 300),
  diskIsFull: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  faults: fc.array(fc.nat(12), { maxLength: 4 }),
  /** Whether a second window starts at the same time. */
  twice: fc.boolean(),
});

const month = fc.record({
  seed: fc.nat(2 ** 31),
  every: fc.constantFrom('day', 'week'),
  allowance: fc.constantFrom(0, 1, 5, 40, 1_000),
  monthly: fc.constantFrom(3, 60, 10_000),
  fullEvery: fc.constantFrom(null, 1, 3),
  changesPerHour: fc.constantFrom(0, 1, 10),
  happenings: fc.array(happening, { minLength: 10, maxLength: 30 }),
});

describe('thirty days of watching', () => {
  it('never pass an allowance, and start at most one run in a period', async () => {
    await fc.assert(
      fc.asyncProperty(
        month,
        async ({ seed, every, allowance, monthly, fullEvery, changesPerHour, happenings }) => {
          let faults: number[] = [];
          const world = worldOf({
            seed,
            monthly,
            changesPerHour,
            disruption: () => disruptions[faults.shift() ?? -1] ?? null,
          });
          const { environment, store } = world.profile;
          const list = await world.profile.run();
          if (list.state.kind !== 'ended' || list.rows === 0) return;
          await world.set(list, { kind: 'update', every, provider: PROVIDER, allowance, fullEvery });
          const periods = new Map<string, number>();
          for (const { hours, jump, diskIsFull, faults: next, twice } of happenings) {
            environment.now += (hours + jump) * HOUR;
            environment.room = diskIsFull ? 0 : null;
            faults = [...next];
            const before = new Set((await store.snapshots.all()).map(({ id }) => id));
            const watch = await watchOf(world, list);
            const isDue = dueness(watch, environment.now) === 'due';
            await world.start(twice ? 2 : 1);
            environment.room = null;
            const started = (await store.snapshots.all()).filter(({ id }) => !before.has(id));
            // At most one run, and only when a period began.
            expect(started.length).toBeLessThanOrEqual(isDue ? 1 : 0);
            for (const { id } of started) periods.set(id, (await watchOf(world, list)).period);
          }
          const runs = (await store.snapshots.all()).filter(({ budget }) => budget !== undefined);
          const ledger = (await Promise.all(runs.map(({ id }) => store.ledger.ofSnapshot(id)))).flat();
          const byMonth = Map.groupBy(ledger, ({ sentAt }) => monthOf(sentAt));
          for (const entries of byMonth.values()) {
            expect(entries.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(
              Math.min(allowance, monthly),
            );
          }
          // What the provider counted is what the ledger says, at most.
          const recorded =
            ledger.reduce((sum, { amount }) => sum + amount, 0) + list.charged + list.maybeCharged;
          expect(environment.charged).toBeLessThanOrEqual(recorded);
        },
      ),
      { numRuns: 60 },
    );
  }, 240_000);
});
