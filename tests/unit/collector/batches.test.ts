import { batchesIn } from '../../../lib/store/batches.ts';
import fc from 'fast-check';
import { archiveOf } from '../../../lib/store/archive.ts';
import { describe, expect, it } from 'vitest';
import type { NewBatch } from '../../../lib/collector/batches.ts';
import { countedAmount } from '../../../lib/model/ledger.ts';
import type { Batch, BatchId } from '../../../lib/model/batch.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { cursorSchema } from '../../../lib/model/ids.ts';
import type { Page } from '../../../lib/providers/adapter.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';
import { broken, lost, tooFast, truth } from './disruptions.ts';
import { createTestCollector, newRun, PROVIDER, UNREADABLE, type Disruption } from './test-collector.ts';

type TestCollector = ReturnType<typeof createTestCollector>;

const handles = (count: number): NewBatch['handles'] =>
  Array.from({ length: count }, (_, index) => handleSchema.parse(`profile_${String(index)}`));

/** The number in a handle that {@link handles} made. */
const numberIn = (handle: string): number => Number(handle.replace('profile_', ''));

function newBatch(rest: Partial<NewBatch> = {}): NewBatch {
  return {
    platform: 'x',
    relation: 'followers',
    provider: PROVIDER,
    howMany: null,
    limit: 1_000_000,
    handles: handles(5),
    again: false,
    ...rest,
  };
}

/** Starts a batch, and lets it run until nothing more happens by itself. */
async function collect(b: TestCollector, wanted: NewBatch): Promise<Batch> {
  if ((await b.store.keys.get(PROVIDER)) === undefined) await b.saveKey();
  const { collector, died } = b.startBackground();
  const started = await collector.startBatch(wanted);
  if (started.kind !== 'started') throw new Error(started.kind);
  await Promise.race([collector.wakeAll(), died]);
  await b.runUntilIdle();
  return started.batch;
}

/** The runs of a batch in the order of its lines. */
async function runsOf({ store }: TestCollector, id: BatchId): Promise<Snapshot[]> {
  const runs = await batchesIn(store).runsOf(id);
  return runs.sort((a, b) => numberIn(a.handle) - numberIn(b.handle));
}

/** The shared limit counts exactly what is in the ledger, and at least what the provider counted. */
async function checkMoney({ store, environment }: TestCollector, { budget: id }: Batch, limit: number) {
  const entries = await archiveOf(store).entriesAfter(null, 100_000);
  const own = entries.filter((entry) => entry.snapshotId !== null && entry.budget === id);
  const counted = own.reduce((sum, entry) => sum + countedAmount(entry), 0);
  expect((await batchesIn(store).budget(id))?.counted).toBe(counted);
  expect(environment.charged).toBeLessThanOrEqual(counted);
  expect(counted).toBeLessThanOrEqual(limit);
}

const fails = (trouble: ProviderFailure['trouble'], charged = 0): Disruption => ({
  kind: 'failure',
  failure: { trouble, charged, retryable: false, retryAfter: null },
});
const always = (failure: typeof broken): Disruption => ({ kind: 'failure', failure });

/** Ten profiles that fail in ten ways, at whatever request. */
const BAD: Readonly<Record<number, Disruption>> = {
  3: fails({ kind: 'no-such-profile', said: null }, 1),
  14: fails({ kind: 'no-such-profile', said: null, suspended: true }, 1),
  25: fails({ kind: 'private-profile', said: null }, 1),
  36: fails({ kind: 'hidden-list', said: null }, 1),
  37: { kind: 'failure', failure: UNREADABLE, counted: 1 },
  38: always(lost),
  39: always(tooFast(60_000)),
  60: always(broken),
  61: fails({ kind: 'refused-request', status: 422, said: null }),
  // Each page leads to itself.
  99: {
    kind: 'answer',
    page: (page: Page): Page => ('accounts' in page ? { ...page, next: cursorSchema.parse('10') } : page),
  },
};

describe('a batch', () => {
  it('of 100 profiles, of which ten fail in ten ways, has 90 exact lists', async () => {
    const followersOf = (handle: string): number => (numberIn(handle) * 7) % 60;
    const b = createTestCollector({
      followers: 0,
      followersOf: (handle) => (numberIn(handle) === 99 ? 60 : followersOf(handle)),
      disruption: (_, handle) => BAD[numberIn(handle)] ?? null,
    });
    const batch = await collect(b, newBatch({ handles: handles(100) }));
    const runs = await runsOf(b, batch.id);
    expect(runs).toHaveLength(100);
    for (const run of runs) {
      const number = numberIn(run.handle);
      if (number in BAD) continue;
      expect(run.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
      expect(await b.list(run.id)).toEqual(truth(followersOf(run.handle)));
    }
    const bad = runs.filter(({ handle }) => numberIn(handle) in BAD).map(({ state }) => state);
    expect(bad).toEqual([
      { kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'no-such-profile', said: null } } },
      {
        kind: 'ended',
        outcome: { kind: 'failed', trouble: { kind: 'no-such-profile', said: null, suspended: true } },
      },
      { kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'private-profile', said: null } } },
      { kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'hidden-list', said: null } } },
      expect.objectContaining({ kind: 'blocked', trouble: UNREADABLE.trouble }),
      expect.objectContaining({ kind: 'blocked', trouble: { kind: 'lost-answers', times: 2, price: 1 } }),
      expect.objectContaining({ kind: 'blocked', trouble: { kind: 'too-fast', said: null } }),
      expect.objectContaining({
        kind: 'blocked',
        trouble: { kind: 'provider-broken', status: 500, said: null },
      }),
      expect.objectContaining({
        kind: 'blocked',
        trouble: { kind: 'refused-request', status: 422, said: null },
      }),
      { kind: 'ended', outcome: { kind: 'stalled' } },
    ]);
    await checkMoney(b, batch, 1_000_000);
  }, 120_000);

  it('leads to lists that exist and to runs in progress instead of starting them again', async () => {
    const b = createTestCollector({ followers: 15 });
    const existing = await b.run({ handle: handleSchema.parse('Profile_1') });
    const batch = await collect(b, newBatch({ handles: handles(3) }));
    expect(batch.lines.map(({ list }) => list === existing.id)).toEqual([false, true, false]);
    expect(await runsOf(b, batch.id)).toHaveLength(2);
    expect((await collect(b, newBatch({ handles: handles(3), again: true }))).lines).not.toContainEqual(
      expect.objectContaining({ list: existing.id }),
    );
  });

  it('is refused without a key, and for lists that the provider can’t collect', async () => {
    const b = createTestCollector({ followers: 15 });
    const { collector } = b.startBackground();
    expect(await collector.startBatch(newBatch())).toEqual({ kind: 'no-key' });
    await b.saveKey();
    Object.assign(b.adapter, { supports: () => false });
    expect(await collector.startBatch(newBatch())).toEqual({ kind: 'unsupported' });
    expect(await batchesIn(b.store).all()).toEqual([]);
    expect(await b.store.snapshots.all()).toEqual([]);
  });

  it('refuses profiles of which only the ID is known if the provider needs handles', async () => {
    const b = createTestCollector({ followers: 15, listsBy: 'handle' });
    await b.saveKey();
    const { collector } = b.startBackground();
    const wanted = newBatch({ handles: [handleSchema.parse('id.12345')] });
    expect(await collector.startBatch(wanted)).toEqual({ kind: 'unsupported' });
  });

  it.each([
    ['no credit', { kind: 'no-credit', required: null, available: null, said: null } as const],
    ['a key that is refused', { kind: 'bad-key', said: null } as const],
    ['a plan without such lists', { kind: 'not-allowed', said: null } as const],
  ])('sends one request if every profile would fail because of %s', async (_, trouble) => {
    const b = createTestCollector({ followers: 15, disruption: () => fails(trouble) });
    const batch = await collect(b, newBatch({ handles: handles(50) }));
    expect(b.environment.requests).toBe(1);
    const states = (await runsOf(b, batch.id)).map(({ state }) => state.kind);
    expect(states).toEqual(['blocked', ...Array.from({ length: 49 }, () => 'queued')]);
    // Nothing starts the background until the user acts.
    expect(b.environment.alarm).toBeNull();
  });

  it('continues by itself once the key works', async () => {
    let isBad = true;
    const b = createTestCollector({
      followers: 15,
      disruption: () => (isBad ? fails({ kind: 'bad-key', said: null }) : null),
    });
    const batch = await collect(b, newBatch());
    isBad = false;
    const { collector } = b.startBackground();
    await collector.keyChanged(PROVIDER);
    await collector.wakeAll();
    await b.runUntilIdle();
    const kinds = (await runsOf(b, batch.id)).map(({ rows }) => rows);
    expect(kinds).toEqual([15, 15, 15, 15, 15]);
  });

  it.each([
    ['is broken', always(broken)],
    ['can’t be reached', always(lost)],
    ['always asks to slow down', always(tooFast(1000))],
    ['sends what nobody can read', { kind: 'failure', failure: UNREADABLE, counted: 1 } as const],
  ])('tries few profiles while the provider %s', async (_, disruption) => {
    const b = createTestCollector({ followers: 15, disruption: () => disruption });
    const batch = await collect(b, newBatch({ handles: handles(200) }));
    const runs = await runsOf(b, batch.id);
    const tried = runs.filter(({ state }) => state.kind !== 'queued');
    expect(tried.length).toBeLessThanOrEqual(15);
    expect(tried.every(({ state }) => state.kind === 'blocked')).toBe(true);
    expect(b.environment.requests).toBeLessThanOrEqual(150);
    expect(b.environment.alarm).toBeNull();
  });

  it('continues with the others while one profile is rate limited without end', async () => {
    const b = createTestCollector({
      followers: 15,
      disruption: (_, handle) => (numberIn(handle) === 0 ? always(tooFast(60_000)) : null),
    });
    const began = b.environment.now;
    const batch = await collect(b, newBatch({ handles: handles(20) }));
    const [first, ...others] = await runsOf(b, batch.id);
    expect(first?.state).toMatchObject({ kind: 'blocked', trouble: { kind: 'too-fast' } });
    for (const { endedAt, rows } of others) {
      expect(rows).toBe(15);
      // They waited for the first rate limits, which could have been the provider's, and for no more.
      expect((endedAt ?? Infinity) - began).toBeLessThan(5 * 60_000);
    }
  });

  it('ends at its limit, which no run exceeds, and continues with a higher one', async () => {
    const b = createTestCollector({ followers: 25 });
    // Each profile costs a lookup and three pages.
    const batch = await collect(b, newBatch({ handles: handles(6), limit: 11 }));
    const ended = await runsOf(b, batch.id);
    expect(ended.map(({ rows }) => rows)).toEqual([25, 25, 20, 0, 0, 0]);
    expect(ended.slice(2).map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => ({ kind: 'ended', outcome: { kind: 'capped', by: 'shared' } })),
    );
    expect(b.environment.charged).toBe(11);
    await checkMoney(b, batch, 11);

    const { collector } = b.startBackground();
    expect(await collector.changeBatchLimit(batch.id, 24)).toBe(true);
    await collector.wakeAll();
    await b.runUntilIdle();
    expect((await runsOf(b, batch.id)).map(({ rows }) => rows)).toEqual([25, 25, 25, 25, 25, 25]);
    expect(b.environment.charged).toBe(24);
    await checkMoney(b, batch, 24);
  });

  it('does not look up a profile if its limit leaves nothing for a page', async () => {
    const b = createTestCollector({ followers: 5 });
    const batch = await collect(b, newBatch({ handles: handles(3), limit: 3 }));
    expect((await runsOf(b, batch.id)).map(({ charged }) => charged)).toEqual([2, 0, 0]);
    expect(b.environment.charged).toBe(2);
  });

  it('stays within the monthly limit of the provider', async () => {
    const b = createTestCollector({ followers: 25, preferences: { monthlyLimit: { bench: 6 } } });
    const batch = await collect(b, newBatch({ handles: handles(4) }));
    expect(b.environment.charged).toBe(6);
    const outcomes = (await runsOf(b, batch.id)).map(({ state }) => state.kind === 'ended' && state.outcome);
    expect(outcomes.slice(1)).toEqual(Array.from({ length: 3 }, () => ({ kind: 'capped', by: 'monthly' })));
  });

  it('pauses, resumes, and stops as a whole', async () => {
    const b = createTestCollector({ followers: 25 });
    await b.saveKey();
    const { collector } = b.startBackground();
    let id: BatchId | null = null;
    const fetchPage = b.adapter.fetchPage.bind(b.adapter);
    let pages = 0;
    Object.assign(b.adapter, {
      fetchPage: async (...of: Parameters<typeof fetchPage>) => {
        pages += 1;
        if (pages === 4 && id !== null) await collector.pauseBatch(id);
        return fetchPage(...of);
      },
    });
    const started = await collector.startBatch(newBatch({ handles: handles(4) }));
    if (started.kind !== 'started') throw new Error(started.kind);
    ({ id } = started.batch);
    await collector.wakeAll();
    await b.runUntilIdle();
    expect((await runsOf(b, id)).map(({ state, rows }) => [state.kind, rows])).toEqual([
      ['ended', 25],
      ['paused', 10],
      ['paused', 0],
      ['paused', 0],
    ]);
    const sent = b.environment.requests;
    await collector.resumeBatch(id);
    const kinds = (await runsOf(b, id)).map(({ state }) => state.kind);
    expect(kinds.slice(2)).toEqual(['queued', 'queued']);
    await collector.stopBatch(id);
    await collector.wakeAll();
    await b.runUntilIdle();
    expect((await runsOf(b, id)).every(({ state }) => state.kind === 'ended')).toBe(true);
    expect(b.environment.requests - sent).toBeLessThanOrEqual(1);
    // What was stopped can be retried. Lists continue after their last page.
    await collector.retryBatch(id);
    await collector.wakeAll();
    await b.runUntilIdle();
    for (const run of await runsOf(b, id)) expect(await b.list(run.id)).toEqual(truth(25));
  });

  it('retries what failed, and nothing else', async () => {
    let isBroken = true;
    const b = createTestCollector({
      followers: 15,
      disruption: (_, handle) =>
        isBroken && numberIn(handle) === 1
          ? fails({ kind: 'no-such-profile', said: null }, 1)
          : isBroken && numberIn(handle) === 2
            ? fails({ kind: 'refused-request', status: 400, said: null })
            : null,
    });
    const batch = await collect(b, newBatch({ handles: handles(4) }));
    isBroken = false;
    const before = b.environment.requests;
    const { collector } = b.startBackground();
    await collector.retryBatch(batch.id);
    await collector.wakeAll();
    await b.runUntilIdle();
    expect((await runsOf(b, batch.id)).map(({ rows }) => rows)).toEqual([15, 15, 15, 15]);
    // A lookup and two pages for each of the two.
    expect(b.environment.requests - before).toBe(6);
  });

  it('a list that the user continues alone has a limit of its own', async () => {
    const b = createTestCollector({ followers: 25 });
    const batch = await collect(b, newBatch({ handles: handles(1), limit: 3 }));
    const [run] = await runsOf(b, batch.id);
    if (run === undefined) throw new Error('The run is missing.');
    const { collector } = b.startBackground();
    await collector.continueList(run.id, null, 10);
    await collector.wakeAll();
    expect(await b.list(run.id)).toEqual(truth(25));
    await checkMoney({ ...b, environment: { ...b.environment, charged: 3 } }, batch, 3);
  });

  it('takes turns in an order that the user can change', async () => {
    const b = createTestCollector({ followers: 5 });
    await b.saveKey();
    const { collector } = b.startBackground();
    b.environment.online = false;
    const started = await collector.startBatch(newBatch({ handles: handles(6) }));
    if (started.kind !== 'started') throw new Error(started.kind);
    const { lines } = started.batch;
    const listOf = (number: number) => {
      const line = lines[number];
      if (line === undefined) throw new RangeError(`There is no line ${String(number)}.`);
      return line.list;
    };
    expect(await collector.moveInQueue(listOf(4), 'first')).toBe(true);
    expect(await collector.moveInQueue(listOf(4), 'up')).toBe(false);
    expect(await collector.moveInQueue(listOf(1), 'down')).toBe(true);
    expect(await collector.moveInQueue(listOf(3), 'last')).toBe(true);
    b.environment.online = true;
    await collector.wakeAll();
    await b.runUntilIdle();
    const order = [...new Set(b.environment.handles)].map(numberIn);
    expect([...order].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    // The first one may have begun before the order changed.
    expect(order.filter((number) => number !== 0)).toEqual([4, 2, 1, 5, 3]);
  });

  it('a run of its own joins neither the batch nor its limit', async () => {
    const b = createTestCollector({ followers: 5 });
    const batch = await collect(b, newBatch({ handles: handles(2) }));
    const alone = await b.run(newRun({ handle: handleSchema.parse('someone_else') }));
    expect(alone).toMatchObject({ rows: 5 });
    expect(alone.batch).toBeUndefined();
    expect((await batchesIn(b.store).budget(batch.budget))?.counted).toBe(4);
  });
});

describe('a batch among faults', () => {
  const fault = fc.constantFrom<Disruption | null>(
    null,
    null,
    null,
    null,
    null,
    null,
    always(broken),
    always(tooFast(5_000)),
    { kind: 'failure', failure: lost, counted: 1 },
    { kind: 'failure', failure: lost, counted: 0 },
    { kind: 'failure', failure: UNREADABLE, counted: 1 },
    { kind: 'death', charged: true },
    { kind: 'death', charged: false },
    fails({ kind: 'no-such-profile', said: null }, 1),
    fails({ kind: 'no-credit', required: null, available: null, said: null }),
  );

  it('never passes its limit or the monthly one, loses nothing, and ends exact, in 200 runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          count: fc.integer({ min: 2, max: 12 }),
          limit: fc.nat(60),
          monthly: fc.option(fc.nat(60), { nil: null }),
          faults: fc.array(fault, { maxLength: 60, size: 'max' }),
          perRow: fc.constantFrom(0, 1),
          acts: fc.array(fc.constantFrom('retry', 'pause', 'resume', 'raise'), { maxLength: 4 }),
        }),
        async ({ count, limit, monthly, faults, perRow, acts }) => {
          const followersOf = (handle: string): number => (numberIn(handle) * 13) % 40;
          const b = createTestCollector({
            followers: 0,
            followersOf,
            perRow,
            adjustable: perRow > 0,
            disruption: (request) => faults[request] ?? null,
            preferences: { monthlyLimit: monthly === null ? {} : { bench: monthly } },
          });
          let most = limit;
          const batch = await collect(b, newBatch({ handles: handles(count), limit }));
          await checkMoney(b, batch, most);
          for (const act of acts) {
            const { collector, died } = b.startBackground();
            if (act === 'raise') {
              most += 10;
              await collector.changeBatchLimit(batch.id, most);
            } else await collector[`${act}Batch`](batch.id);
            await Promise.race([collector.wakeAll(), died]);
            await b.runUntilIdle();
            await checkMoney(b, batch, most);
          }
          expect(b.environment.charged).toBeLessThanOrEqual(monthly ?? Infinity);
          const runs = await runsOf(b, batch.id);
          expect(runs).toHaveLength(count);
          for (const run of runs) {
            const list = await b.list(run.id);
            expect(list).toEqual(truth(followersOf(run.handle)).slice(0, run.rows));
            const isWhole = run.state.kind === 'ended' && run.state.outcome.kind === 'complete';
            if (isWhole) expect(list).toEqual(truth(followersOf(run.handle)));
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 300_000);
});
