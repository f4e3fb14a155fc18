import { describe, expect, it } from 'vitest';
import { accountIdSchema, providerIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import { MAX_CLAIMED } from '../../../lib/model/money.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { countedSpending, type Snapshot } from '../../../lib/model/snapshot.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';
import type { ProfileHint } from '../../../lib/collector/new-run.ts';
import { createTestCollector, newRun, type Disruption } from './test-collector.ts';

/** A gateway's page in place of the response: the provider may have charged. */
const gateway = (status: number): Disruption => ({
  kind: 'failure',
  failure: {
    trouble: { kind: 'provider-broken', status, said: null },
    charged: null,
    retryable: true,
    retryAfter: null,
  },
  counted: 1,
});
const chargedError = (runError: ProviderFailure['trouble'], charged = 1): Disruption => ({
  kind: 'failure',
  failure: { trouble: runError, charged, retryable: true, retryAfter: null },
});
const lost: Disruption = {
  kind: 'failure',
  failure: { trouble: { kind: 'unreachable' }, charged: null, retryable: true, retryAfter: null },
  counted: 1,
};
const broken = { kind: 'provider-broken', status: 500, said: null } as const;
const tooFast = { kind: 'too-fast', said: null } as const;

type TestCollector = ReturnType<typeof createTestCollector>;

async function snapshotOf({ store }: TestCollector, id: SnapshotId): Promise<Snapshot> {
  const snapshot = await store.snapshots.get(id);
  if (snapshot === undefined) throw new Error('The snapshot is missing.');
  return snapshot;
}

describe('a failure that was charged, or may have been', () => {
  it.each([
    ['a gateway’s page', gateway(502)],
    ['an error of the provider', chargedError(broken)],
    ['a charged rate-limit response', chargedError(tooFast)],
    ['a lost response', lost],
    ['a termination of the background', { kind: 'death', charged: true } as const],
  ])('is retried once automatically, then needs approval of the price: %s', async (_, disruption) => {
    for (const first of [0, 1]) {
      // The lookup fails each time, or it succeeds and the first page fails.
      const b = createTestCollector({
        followers: 95,
        disruption: (request) => (request < first ? null : disruption),
      });
      const snapshot = await b.run();
      expect(snapshot.state.kind).toBe('blocked');
      const { state } = snapshot;
      const price =
        'price' in state
          ? state.price
          : state.kind === 'blocked' && 'price' in state.trouble
            ? state.trouble.price
            : null;
      expect(price).toBe(1);
      expect(b.environment.requests).toBe(first + 2);
      // Never more than the lookup and two requests.
      expect(b.environment.charged).toBeLessThanOrEqual(1 + 2);
      expect(b.environment.charged).toBeLessThanOrEqual(snapshot.charged + snapshot.maybeCharged);
      expect(snapshot.charged).toBeLessThanOrEqual(b.environment.charged);
    }
  });

  it('is retried once for each approval after that', async () => {
    const b = createTestCollector({
      followers: 95,
      disruption: (request) => (request === 0 ? null : gateway(504)),
    });
    const { id } = await b.run();
    for (let approvals = 1; approvals <= 5; approvals += 1) {
      const { collector } = b.startBackground();
      await collector.resume(id);
      await b.runUntilIdle();
      expect((await snapshotOf(b, id)).state).toMatchObject({ kind: 'blocked', price: 1 });
      expect(b.environment.requests).toBe(1 + 2 + approvals);
    }
  });

  it('is counted from the last good response on, and free failures in between do not reset the count', async () => {
    const free = chargedError(broken, 0);
    const fates: readonly (Disruption | null)[] = [null, lost, null, lost, free, free, lost, null];
    const b = createTestCollector({ followers: 95, disruption: (request) => fates[request] ?? null });
    const snapshot = await b.run();
    expect(b.environment.requests).toBe(7);
    expect(snapshot).toMatchObject({ rows: 10, state: { kind: 'blocked' } });
  });

  it('never exceeds a cap, however often the user retries', async () => {
    for (const status of [204, 408, 499, 502, 504, 524]) {
      const b = createTestCollector({
        followers: 95,
        disruption: (request) => (request === 0 ? null : gateway(status)),
      });
      const { id } = await b.run({ cap: 5 });
      for (let tries = 0; tries < 15; tries += 1) {
        await b.startBackground().collector.resume(id);
        await b.runUntilIdle();
      }
      const snapshot = await snapshotOf(b, id);
      expect(b.environment.charged).toBe(5);
      expect(snapshot).toMatchObject({
        charged: 1,
        maybeCharged: 4,
        state: { kind: 'ended', outcome: { kind: 'capped', by: 'cap' } },
      });
    }
  });

  it('states the price of another attempt even if it is not retried automatically', async () => {
    const failure: ProviderFailure = {
      trouble: { kind: 'refused-request', status: 408, said: null },
      charged: null,
      retryable: false,
      retryAfter: null,
    };
    const b = createTestCollector({
      followers: 95,
      disruption: (request) => (request === 1 ? { kind: 'failure', failure } : null),
    });
    expect((await b.run()).state).toEqual({ kind: 'blocked', trouble: failure.trouble, price: 1 });
  });
});

describe('a request that the browser sent twice by itself', () => {
  it('counts as a retry: if both responses were lost, the user is asked', async () => {
    const b = createTestCollector({
      followers: 95,
      disruption: (request) => {
        b.environment.sentTwice = request === 2;
        return request === 2 ? { ...lost, counted: 2 } : null;
      },
    });
    const snapshot = await b.run();
    expect(snapshot).toMatchObject({
      rows: 10,
      maybeCharged: 2,
      state: { kind: 'blocked', trouble: { kind: 'lost-answers', times: 2, price: 1 } },
    });
    expect(b.environment.requests).toBe(3);
  });
});

describe('a response that claims to cost less than the price list', () => {
  const claimsNothing: Disruption = { kind: 'answer', page: (page) => ({ ...page, charged: 0 }) };

  it('loosens no cap, and the difference is recorded', async () => {
    const b = createTestCollector({ followers: 950, disruption: () => claimsNothing });
    const snapshot = await b.run({ cap: 7 });
    expect(b.environment.charged).toBe(7);
    expect(snapshot).toMatchObject({
      charged: 0,
      undercharged: 7,
      rows: 60,
      state: { outcome: { kind: 'capped', by: 'cap' } },
    });
    expect(countedSpending(snapshot)).toBe(7);
    expect(await b.store.ledger.spentOn(snapshot.id)).toMatchObject({
      charged: 0,
      listed: 7,
      maybeCharged: 0,
    });
  });

  it('loosens no monthly limit, across runs and restarts', async () => {
    const b = createTestCollector({
      followers: 950,
      disruption: () => claimsNothing,
      preferences: { monthlyLimit: { bench: 7 } },
    });
    expect(await b.run({ cap: 4 })).toMatchObject({ state: { outcome: { kind: 'capped', by: 'cap' } } });
    const second = await b.run({ relation: 'following', cap: 100 });
    expect(second.state).toEqual({ kind: 'ended', outcome: { kind: 'capped', by: 'monthly' } });
    expect(b.environment.charged).toBe(7);
  });

  it('does not prevent a one-click run from asking', async () => {
    const askAbove = { credits: 5, usd: 0, requests: 0 };
    const b = createTestCollector({
      followers: 950,
      expected: null,
      disruption: () => claimsNothing,
      preferences: { askAbove },
    });
    expect((await b.run({ startedFrom: 'page' })).state.kind).toBe('confirming');
    expect(b.environment.charged).toBe(5);
  });
});

describe('an absurdly high claim', () => {
  it('ends the run at its limit, and no other run', async () => {
    const absurd: Disruption = {
      kind: 'answer',
      page: (page) => ({ ...page, charged: MAX_CLAIMED }),
    };
    const b = createTestCollector({
      followers: 950,
      disruption: (request) => (request === 1 ? absurd : null),
    });
    const snapshot = await b.run({ cap: 50 });
    expect(snapshot).toMatchObject({
      charged: 1 + MAX_CLAIMED,
      state: { outcome: { kind: 'capped', by: 'cap' } },
    });
    const more = await b.run({ relation: 'following', cap: 50 });
    expect(more.rows).toBe(490);
  });
});

const hint = (followers: number, id: string | null = '1'): ProfileHint => ({
  id: id === null ? null : accountIdSchema.parse(id),
  name: null,
  bio: null,
  followers,
  following: followers,
});
const handle = (name: string) => handleSchema.parse(name);
const oneClick = (name: string, of: ProfileHint | null = null) =>
  newRun({ handle: handle(name), startedFrom: 'page', hint: of });

async function starts(b: TestCollector, runs: readonly ReturnType<typeof newRun>[]): Promise<SnapshotId[]> {
  await b.saveKey();
  const { collector } = b.startBackground();
  const started = await Promise.all(runs.map((run) => collector.start(run)));
  await collector.wakeAll();
  return started.map((result) => {
    if (result.kind === 'no-key') throw new Error('The bench has a key.');
    return result.snapshot.id;
  });
}

describe('the amount that page buttons may spend without approval', () => {
  const askAbove = { credits: 30, usd: 0, requests: 0 };
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];

  it.each([
    ['whose count the page states', hint(95)],
    ['whose count the page states too low', hint(5)],
    ['whose count is unknown before the lookup', null],
  ])('is shared by six simultaneous starts of profiles %s', async (_, of) => {
    const b = createTestCollector({ followers: 95, preferences: { askAbove } });
    const ids = await starts(
      b,
      names.map((name) => oneClick(name, of)),
    );
    const states = await Promise.all(ids.map(async (id) => (await snapshotOf(b, id)).state.kind));
    expect(b.environment.charged).toBeLessThanOrEqual(30);
    // Two lists of 10 or 11 credits fit, and the others need approval.
    expect(states.filter((kind) => kind === 'ended')).toHaveLength(2 + (of?.followers === 95 ? 1 : 0));
    expect(states.filter((kind) => kind === 'confirming').length).toBeGreaterThanOrEqual(3);
  });

  it('is granted to one run at a time: the sum never exceeds it', async () => {
    const b = createTestCollector({ followers: 95, preferences: { askAbove } });
    await b.saveKey();
    b.environment.online = false;
    const { collector } = b.startBackground();
    await Promise.all(names.map((name) => collector.start(oneClick(name, hint(95)))));
    const caps = (await b.store.snapshots.all()).filter(({ state }) => state.kind !== 'confirming');
    expect(caps.reduce((sum, { cap }) => sum + cap, 0)).toBeLessThanOrEqual(30);
    expect(caps).toHaveLength(3);
    await collector.stopAll();
  });

  it('is not used up by an approval that is still open', async () => {
    const b = createTestCollector({ followers: 250, preferences: { askAbove } });
    const [confirming, other] = await starts(b, [
      oneClick('huge', hint(1_000_000)),
      oneClick('small', hint(250)),
    ]);
    if (confirming === undefined || other === undefined) throw new Error('Two were started.');
    expect(await snapshotOf(b, confirming)).toMatchObject({ charged: 0, state: { kind: 'confirming' } });
    expect(await snapshotOf(b, other)).toMatchObject({ rows: 250, state: { kind: 'ended' } });
  });

  it('is released by a paused list, and needed again when the list resumes', async () => {
    const b = createTestCollector({ followers: 95, preferences: { askAbove } });
    await b.saveKey();
    const { collector } = b.startBackground();
    b.environment.online = false;
    const paused = await collector.start(oneClick('one', hint(250)));
    if (paused.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.pause(paused.snapshot.id);
    b.environment.online = true;
    const ran = await collector.start(oneClick('two', hint(95)));
    if (ran.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.wakeAll();
    expect((await snapshotOf(b, ran.snapshot.id)).state.kind).toBe('ended');
    // 20 of 30 are left, and the list needs 25.
    await collector.resume(paused.snapshot.id);
    await collector.wakeAll();
    expect(await snapshotOf(b, paused.snapshot.id)).toMatchObject({
      charged: 0,
      state: { kind: 'confirming' },
    });
  });

  it('excludes what the user approved', async () => {
    const b = createTestCollector({ followers: 950, preferences: { askAbove } });
    const [big] = await starts(b, [oneClick('big', hint(950))]);
    if (big === undefined) throw new Error('It was started.');
    const { collector } = b.startBackground();
    await collector.confirm(big, null, 95);
    await collector.wakeAll();
    expect(await snapshotOf(b, big)).toMatchObject({ rows: 950, charged: 95 });
    const next = await collector.start(oneClick('next', hint(250)));
    expect(next).toMatchObject({ snapshot: { state: { kind: 'queued' }, cap: 25 } });
    await collector.stopAll();
  });

  it('lets a list that is longer than the page stated continue while something is left', async () => {
    const b = createTestCollector({ followers: 250, preferences: { askAbove } });
    const [id] = await starts(b, [oneClick('longer', hint(40))]);
    if (id === undefined) throw new Error('It was started.');
    expect(await snapshotOf(b, id)).toMatchObject({ rows: 250, charged: 25, state: { kind: 'ended' } });
  });
});

describe('the approval of a price', () => {
  const askAbove = { credits: 5, usd: 0, requests: 0 };

  it('is requested once, based on the page’s own count, even if the profile must be looked up', async () => {
    const b = createTestCollector({ followers: 95, preferences: { askAbove } });
    const [id] = await starts(b, [oneClick('someone', hint(95, null))]);
    if (id === undefined) throw new Error('It was started.');
    expect(await snapshotOf(b, id)).toMatchObject({
      state: { kind: 'confirming' },
      estimate: { amount: 11 },
      resolvedAt: null,
    });
    expect(b.environment.requests).toBe(0);
    const { collector } = b.startBackground();
    await collector.confirm(id, null, 11);
    await collector.wakeAll();
    expect(await snapshotOf(b, id)).toMatchObject({ rows: 95, charged: 11, state: { kind: 'ended' } });
  });

  it('is not requested again if it covered more than the lookup', async () => {
    const b = createTestCollector({
      followers: 95,
      preferences: { askAbove: { credits: 0, usd: 0, requests: 0 } },
    });
    const [id] = await starts(b, [newRun()]);
    if (id === undefined) throw new Error('It was started.');
    const { collector } = b.startBackground();
    await collector.confirm(id, null, 4);
    await collector.wakeAll();
    expect(await snapshotOf(b, id)).toMatchObject({
      rows: 30,
      charged: 4,
      state: { kind: 'ended', outcome: { kind: 'capped', by: 'cap' } },
    });
  });
});

describe('a list from a backup', () => {
  async function restored(b: TestCollector, change: Partial<Snapshot>): Promise<SnapshotId> {
    await b.saveKey();
    const { collector } = b.startBackground();
    b.environment.online = false;
    const started = await collector.start(newRun({ cap: 1_000 }));
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.wakeAll();
    b.environment.online = true;
    const { id } = started.snapshot;
    await b.store.snapshots.change(id, (current) => ({ ...current, ...change }));
    return id;
  }

  it('asks before it spends, whatever limit the backup contains', async () => {
    const b = createTestCollector({ followers: 95 });
    const id = await restored(b, { confirmed: false, cap: 5_000_003, state: { kind: 'confirming' } });
    await b.runUntilIdle();
    await b.startBackground().collector.resume(id);
    await b.runUntilIdle();
    expect(b.environment.requests).toBe(0);
    const { collector } = b.startBackground();
    await collector.confirm(id, null, 3);
    await b.runUntilIdle();
    expect(await snapshotOf(b, id)).toMatchObject({ charged: 3, state: { outcome: { kind: 'capped' } } });
  });

  it.each<[string, Partial<Snapshot>]>([
    ['a provider that this version does not know', { provider: providerIdSchema.parse('forgotten') }],
    ['a unit that is not its provider’s', { unit: 'usd' }],
  ])('with %s is blocked, and sends nothing', async (_, change) => {
    const b = createTestCollector({ followers: 95 });
    const id = await restored(b, { ...change, state: { kind: 'running' } });
    await b.runUntilIdle();
    expect((await snapshotOf(b, id)).state).toEqual({
      kind: 'blocked',
      trouble: { kind: 'unknown-provider' },
    });
    expect(b.environment.alarm).toBeNull();
    await b.startBackground().collector.resume(id);
    await b.runUntilIdle();
    expect((await snapshotOf(b, id)).state.kind).toBe('blocked');
    expect(b.environment.requests).toBe(0);
  });

  it('that its provider cannot supply is blocked', async () => {
    const b = createTestCollector({ followers: 95 });
    const id = await restored(b, { platform: 'tiktok' });
    Object.assign(b.adapter, { supports: (platform: string) => platform === 'x' });
    await b.runUntilIdle();
    expect((await snapshotOf(b, id)).state).toMatchObject({ trouble: { kind: 'unknown-provider' } });
    expect(b.environment.requests).toBe(0);
  });
});
