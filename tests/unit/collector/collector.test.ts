import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Collector } from '../../../lib/collector/index.ts';
import { accountIdSchema, cursorSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import {
  account,
  createTestCollector,
  newRun,
  PROVIDER,
  UNREADABLE,
  type Disruption,
} from './test-collector.ts';
import { at, broken, lost, tooFast, truth } from './disruptions.ts';

describe('a run', () => {
  it.each([0, 1, 10, 11, 95])(
    'of %i accounts ends complete, in order, with an exact ledger',
    async (followers) => {
      const { run, list, store, environment } = createTestCollector({ followers });
      const snapshot = await run();
      expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
      expect(await list(snapshot.id)).toEqual(truth(followers));
      expect(snapshot).toMatchObject({
        rows: followers,
        duplicates: 0,
        maybeCharged: 0,
        charged: environment.charged,
      });
      const ledger = await store.ledger.ofSnapshot(snapshot.id);
      expect(ledger.every(({ status }) => status === 'charged')).toBe(true);
      expect(ledger.reduce((sum, { amount }) => sum + amount, 0)).toBe(environment.charged);
    },
  );

  it('resumes in a new worker after a termination during a request, and records the possible charge', async () => {
    const { run, list, environment } = createTestCollector({
      followers: 95,
      disruption: at({ 4: { kind: 'death', charged: true } }),
    });
    const snapshot = await run();
    expect(await list(snapshot.id)).toEqual(truth(95));
    expect(snapshot.maybeCharged).toBe(1);
    expect(environment.charged).toBe(snapshot.charged + 1);
  });

  it('is in the ledger before each request; the next page’s entry is written with the previous page', async () => {
    const b = createTestCollector({ followers: 95 });
    const { store, adapter } = b;
    const ledgerStates: number[] = [];
    let sends = 0;
    const send = store.money.writeRequest.bind(store.money);
    store.money.writeRequest = (...of) => {
      sends += 1;
      return send(...of);
    };
    const fetchPage = adapter.fetchPage.bind(adapter);
    Object.assign(adapter, {
      fetchPage: async (...of: Parameters<typeof fetchPage>) => {
        const [snapshot] = await store.snapshots.all();
        const ledger = snapshot === undefined ? [] : await store.ledger.ofSnapshot(snapshot.id);
        ledgerStates.push(ledger.filter(({ status }) => status === 'sent').length);
        return fetchPage(...of);
      },
    });
    const snapshot = await b.run({ cap: 100 });
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(ledgerStates).toEqual(Array.from({ length: 10 }, () => 1));
    // The lookup and the first page; the others were written with the page before.
    expect(sends).toBe(2);
  });

  it.each(['pause', 'stop'] as const)(
    'sends nothing more after a %s while a page is in progress',
    async (act) => {
      let background: Collector | null = null;
      let id: SnapshotId | null = null;
      const b = createTestCollector({
        followers: 95,
        disruption: (request) => {
          if (request === 3 && id !== null) void background?.[act](id);
          return null;
        },
      });
      await b.saveKey();
      const { collector } = b.startBackground();
      background = collector;
      const started = await collector.start(newRun({ cap: 100 }));
      if (started.kind !== 'started') throw new Error('It did not start.');
      id = started.snapshot.id;
      await collector.wakeAll();
      const kept = await b.store.snapshots.get(id);
      expect(kept?.state.kind).toBe(act === 'pause' ? 'paused' : 'ended');
      expect(b.environment.requests).toBe(4);
      expect((await b.store.ledger.ofSnapshot(id)).every(({ status }) => status === 'charged')).toBe(true);
    },
  );

  it('resumes with the next alarm after an internal error', async () => {
    const b = createTestCollector({ followers: 95 });
    let falls = 2;
    const key = b.store.keys.get.bind(b.store.keys);
    b.store.keys.get = (of) => {
      // Browser APIs fail like this in a background that is being terminated.
      if (b.environment.requests !== 3 || falls === 0) return key(of);
      falls -= 1;
      return Promise.reject(new Error('No service worker'));
    };
    const snapshot = await b.run({ cap: 100 });
    expect(falls).toBe(0);
    expect(snapshot).toMatchObject({ rows: 95, state: { kind: 'ended', outcome: { kind: 'complete' } } });
    expect(await b.list(snapshot.id)).toEqual(truth(95));
    // The first failure occurred with a response in memory.
    expect(snapshot).toMatchObject({ charged: b.environment.charged, maybeCharged: 0 });
  });

  it('is not marked as failed within a second of an internal error, because a terminating background lives no longer', async () => {
    const b = createTestCollector({ followers: 95 });
    const key = b.store.keys.get.bind(b.store.keys);
    let falls = 2;
    let fell: number | null = null;
    b.store.keys.get = (of) => {
      if (b.environment.requests !== 3 || falls === 0) return key(of);
      falls -= 1;
      fell = b.environment.now;
      return Promise.reject(new Error('No service worker'));
    };
    const change = b.store.snapshots.change.bind(b.store.snapshots);
    let marked: number | null = null;
    b.store.snapshots.change = async (id, by) => {
      const after = await change(id, by);
      if (after?.state.kind === 'blocked') marked ??= b.environment.now;
      return after;
    };
    await b.run({ cap: 100 });
    expect(Number(marked) - Number(fell)).toBeGreaterThanOrEqual(1000);
    expect(fell).not.toBeNull();
    expect(marked).not.toBeNull();
  });

  it('drops accounts that pages repeat, and counts them', async () => {
    const repeat: Disruption = {
      kind: 'answer',
      page: (page) => ({ ...page, accounts: [account(0), account(1), ...page.accounts] }),
    };
    const { run, list } = createTestCollector({ followers: 30, disruption: at({ 2: repeat }) });
    const snapshot = await run();
    expect(await list(snapshot.id)).toEqual(truth(30));
    expect(snapshot.duplicates).toBe(2);
  });

  it('stalls at a cursor that was already seen, and keeps its page', async () => {
    const stuck: Disruption = {
      kind: 'answer',
      page: (page) => ({ ...page, next: cursorSchema.parse('20') }),
    };
    const { run, environment } = createTestCollector({ followers: 100, disruption: at({ 3: stuck }) });
    expect(await run()).toMatchObject({ rows: 30, state: { kind: 'ended', outcome: { kind: 'stalled' } } });
    expect(environment.requests).toBe(4);
  });

  it('stalls after three pages without a new account, even if the cursor moves', async () => {
    const again: Disruption = { kind: 'answer', page: (page) => ({ ...page, accounts: [account(0)] }) };
    const { run } = createTestCollector({ followers: 100, disruption: at({ 3: again, 4: again, 5: again }) });
    expect(await run()).toMatchObject({ rows: 20, duplicates: 3, state: { outcome: { kind: 'stalled' } } });
  });

  it('waits as long as the provider requests, and no longer', async () => {
    const { run, list, environment } = createTestCollector({
      followers: 30,
      disruption: at({ 2: { kind: 'failure', failure: tooFast(900_000) } }),
    });
    const before = environment.now;
    const snapshot = await run();
    expect(await list(snapshot.id)).toEqual(truth(30));
    expect(environment.now - before).toBeGreaterThanOrEqual(900_000);
    expect(environment.now - before).toBeLessThan(960_000);
  });

  it('asks for approval after two responses were lost at one cursor', async () => {
    const failure: Disruption = { kind: 'failure', failure: lost };
    const { run } = createTestCollector({
      followers: 30,
      disruption: at({ 2: failure, 3: failure, 4: failure }),
    });
    const snapshot = await run();
    expect(snapshot.state).toEqual({
      kind: 'blocked',
      trouble: { kind: 'lost-answers', times: 2, price: 1 },
    });
    expect(snapshot).toMatchObject({ rows: 10, maybeCharged: 2 });
  });

  it('reports that a list shorter than the expected count is not complete', async () => {
    const { run } = createTestCollector({ followers: 90, expected: 100 });
    expect((await run()).state).toEqual({ kind: 'ended', outcome: { kind: 'ended-early' } });
  });
});

describe('the balance', () => {
  it('that the provider last stated decreases with each charge', async () => {
    const { run, store, saveKey } = createTestCollector({ followers: 45 });
    await saveKey();
    await store.keys.setBalance(PROVIDER, 100, 1);
    const { charged } = await run();
    expect((await store.keys.infos())[0]?.balance).toBe(100 - charged);
  });
});

describe('two clicks at once', () => {
  it('start one run', async () => {
    const { saveKey, startBackground, store } = createTestCollector({ followers: 95 });
    await saveKey();
    const { collector } = startBackground();
    const results = await Promise.all([
      collector.start(newRun()),
      collector.start(newRun()),
      collector.start(newRun()),
    ]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['joined', 'joined', 'started']);
    expect(await store.snapshots.all()).toHaveLength(1);
    await collector.wakeAll();
  });
});

describe('a response that cannot be parsed', () => {
  it('is saved, and read again at no cost by a version that can parse it', async () => {
    const { run, startBackground, store, environment, list } = createTestCollector({
      followers: 45,
      disruption: at({ 3: { kind: 'failure', failure: UNREADABLE } }),
    });
    const blocked = await run();
    expect(blocked).toMatchObject({ rows: 20, charged: 3, maybeCharged: 1, state: { kind: 'blocked' } });
    expect(await store.rawResponses.ofSnapshot(blocked.id)).toMatchObject([
      { seq: 2, bytes: new Uint8Array([1, 2, 3]) },
    ]);

    const { collector } = startBackground();
    expect(await collector.readAgain(blocked.id)).toBe(false);
    expect(await store.snapshots.get(blocked.id)).toEqual(blocked);

    environment.understands = true;
    const requests = environment.requests;
    expect(await collector.readAgain(blocked.id)).toBe(true);
    await collector.wakeAll();
    const whole = await store.snapshots.get(blocked.id);
    expect(whole).toMatchObject({ rows: 45, maybeCharged: 0, charged: environment.charged });
    expect(whole?.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(await list(blocked.id)).toEqual(truth(45));
    expect(environment.requests - requests).toBe(2);
  });
});

describe('a hint from the profile’s own page', () => {
  const hint = { id: accountIdSchema.parse('1'), name: 'Some One', bio: null, followers: 95, following: 3 };

  it('saves the lookup', async () => {
    const { run, list, environment } = createTestCollector({ followers: 95 });
    const snapshot = await run({ hint });
    expect(await list(snapshot.id)).toEqual(truth(95));
    expect(snapshot).toMatchObject({ expected: 95, estimate: { amount: 10 }, charged: 10, hinted: true });
    expect(snapshot.facts).toMatchObject({ name: 'Some One', followers: 95 });
    expect(environment.charged).toBe(10);
  });

  it('asks before anything is sent if its price is above the approval threshold', async () => {
    const { run, environment } = createTestCollector({
      followers: 95,
      preferences: { askAbove: { credits: 5, usd: 0, requests: 0 } },
    });
    expect((await run({ hint })).state).toEqual({ kind: 'confirming' });
    expect(environment.requests).toBe(0);
  });

  it('without an ID saves nothing', async () => {
    const { run, environment } = createTestCollector({ followers: 15 });
    await run({ hint: { ...hint, id: null } });
    expect(environment.charged).toBe(3);
  });
});

describe('with random disruptions', () => {
  const disruption: fc.Arbitrary<Disruption | null> = fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('death' as const), charged: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'failure' as const, failure: broken }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'failure' as const, failure: lost }) },
    {
      weight: 1,
      arbitrary: fc.nat(600_000).map((ms) => ({ kind: 'failure' as const, failure: tooFast(ms + 1) })),
    },
  );

  it('the list is an exact beginning, the cap holds, and the ledger brackets the true cost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(disruption, { maxLength: 25 }),
        fc.nat(120),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (mishaps, followers, cap, priced) => {
          const { run, list, store, environment } = createTestCollector({
            followers,
            disruption: (request) => mishaps[request] ?? null,
            ...(priced ? { perRow: 1, adjustable: true } : {}),
          });
          const snapshot = await run({ cap });
          const rows = await list(snapshot.id);
          expect(rows).toEqual(truth(rows.length));
          expect(snapshot.rows).toBe(rows.length);
          expect(['ended', 'blocked']).toContain(snapshot.state.kind);
          if (snapshot.state.kind === 'ended' && snapshot.state.outcome.kind === 'complete') {
            expect(rows).toHaveLength(followers);
          }
          expect(snapshot.charged).toBeLessThanOrEqual(environment.charged);
          expect(environment.charged).toBeLessThanOrEqual(snapshot.charged + snapshot.maybeCharged);
          expect(environment.charged).toBeLessThanOrEqual(cap);
          const ledger = await store.ledger.ofSnapshot(snapshot.id);
          const sum = (status: string) =>
            ledger
              .filter((entry) => entry.status === status)
              .reduce((total, { amount }) => total + amount, 0);
          expect([sum('charged'), sum('maybe'), sum('sent')]).toEqual([
            snapshot.charged,
            snapshot.maybeCharged,
            0,
          ]);
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('IDs that are looked up', () => {
  const three = (): string[] => [3, 4, 5].map((index) => account(index).id);

  it('are marked as unavailable if the response leaves them out', async () => {
    const { run, store } = createTestCollector({
      followers: 10,
      fillSize: 10,
      lookUp: () => ({ gone: three(), unreadable: 0 }),
    });
    const snapshot = await run();
    expect(snapshot).toMatchObject({ rows: 10, filled: 10, unreadable: 0 });
    const [page] = await store.pages.read(snapshot.id, 0, 1);
    const removed = page?.accounts.filter(({ unavailable }) => unavailable === true).map(({ id }) => id);
    expect(removed).toEqual(three());
  });

  it('are counted as unreadable if the response cannot be parsed, and not marked as unavailable', async () => {
    const { run, store } = createTestCollector({
      followers: 10,
      fillSize: 10,
      lookUp: () => ({ gone: [], unreadable: 2 }),
    });
    const snapshot = await run();
    expect(snapshot).toMatchObject({ rows: 10, filled: 10, unreadable: 2 });
    const [page] = await store.pages.read(snapshot.id, 0, 1);
    expect(page?.accounts.filter(({ unavailable }) => unavailable === true)).toEqual([]);
    expect(page?.accounts).toHaveLength(10);
  });
});

describe('a request that the browser may have sent twice', () => {
  it('has two entries, one of them possibly charged', async () => {
    const { run, store, environment, list } = createTestCollector({
      followers: 25,
      disruption: (request) => {
        environment.sentTwice = request === 2;
        if (request === 2) environment.charged += 1;
        return null;
      },
    });
    const snapshot = await run();
    expect(await list(snapshot.id)).toEqual(truth(25));
    expect(snapshot).toMatchObject({ charged: 4, maybeCharged: 1, losses: 0 });
    expect(environment.charged).toBe(5);
    const ledger = await store.ledger.ofSnapshot(snapshot.id);
    expect(ledger.filter(({ status }) => status === 'maybe')).toMatchObject([{ purpose: 'page', amount: 1 }]);
  });
});
