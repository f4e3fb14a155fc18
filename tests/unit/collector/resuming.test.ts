import { describe, expect, it } from 'vitest';
import { createTestCollector, newRun, type Disruption } from './test-collector.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';
import { at, lost, tooFast, truth } from './disruptions.ts';

describe('resuming and continuing', () => {
  it('continues a capped list from its last page', async () => {
    const { run, startBackground, store, list, environment } = createTestCollector({ followers: 95 });
    const capped = await run({ cap: 3 });
    const { collector } = startBackground();
    await collector.continueList(capped.id, null, 100);
    await collector.wakeAll();
    expect(await list(capped.id)).toEqual(truth(95));
    expect((await store.snapshots.get(capped.id))?.state).toEqual({
      kind: 'ended',
      outcome: { kind: 'complete' },
    });
    expect(environment.charged).toBe(11);
  });

  it('asks first if the rest costs more than the approval threshold, and continues after approval', async () => {
    const { run, startBackground, store, environment } = createTestCollector({ followers: 9_000 });
    const capped = await run({ cap: 3 });
    const { collector } = startBackground();
    await collector.continueList(capped.id, null, null);
    await collector.wakeAll();
    expect(await store.snapshots.get(capped.id)).toMatchObject({
      rows: capped.rows,
      charged: 3,
      confirmed: false,
      state: { kind: 'confirming' },
    });
    expect(environment.charged).toBe(3);
    await collector.confirm(capped.id, 100, 20);
    await collector.wakeAll();
    expect(await store.snapshots.get(capped.id)).toMatchObject({ rows: 100, state: { kind: 'ended' } });
  });

  it('calculates the price of the whole list again when it continues', async () => {
    const { run, startBackground, store } = createTestCollector({ followers: 95 });
    const capped = await run({ howMany: 10 });
    expect(capped.estimate).toMatchObject({ rows: 10, amount: 2 });
    const { collector } = startBackground();
    await collector.continueList(capped.id, null, 100);
    await collector.wakeAll();
    expect(await store.snapshots.get(capped.id)).toMatchObject({
      charged: 11,
      estimate: { rows: 95, amount: 11 },
    });
  });

  it('a profile that is reported missing partway blocks the run, and the saved list can be continued', async () => {
    const removed: ProviderFailure = {
      trouble: { kind: 'no-such-profile', said: null },
      charged: 0,
      retryable: false,
      retryAfter: null,
    };
    const { run, startBackground, store, list } = createTestCollector({
      followers: 45,
      disruption: at({ 3: { kind: 'failure', failure: removed } }),
    });
    const blocked = await run();
    expect(blocked).toMatchObject({
      rows: 20,
      state: { kind: 'blocked', trouble: { kind: 'no-such-profile' } },
    });
    const { collector } = startBackground();
    await collector.resume(blocked.id);
    await collector.wakeAll();
    expect(await list(blocked.id)).toEqual(truth(45));
    expect((await store.snapshots.get(blocked.id))?.state).toEqual({
      kind: 'ended',
      outcome: { kind: 'complete' },
    });
  });

  it('an empty list does not prevent a new one', async () => {
    const { run, store } = createTestCollector({ followers: 45 });
    expect(await run({ cap: 0 })).toMatchObject({ rows: 0, state: { outcome: { kind: 'capped' } } });
    expect(await run()).toMatchObject({ rows: 45 });
    expect(await store.snapshots.all()).toHaveLength(2);
  });

  it('a missing key or permission blocks the run, which resumes once it is available', async () => {
    const { saveKey, startBackground, store, environment, list } = createTestCollector({ followers: 25 });
    await saveKey();
    environment.reach = false;
    const { collector } = startBackground();
    const started = await collector.start(newRun());
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    await collector.wakeAll();
    expect((await store.snapshots.get(started.snapshot.id))?.state).toMatchObject({
      kind: 'blocked',
      trouble: { kind: 'no-permission', origin: 'https://bench.example' },
    });
    expect(environment.requests).toBe(0);
    environment.reach = true;
    await collector.resume(started.snapshot.id);
    await collector.wakeAll();
    expect(await list(started.snapshot.id)).toEqual(truth(25));
  });
});

describe('when an outage ends', () => {
  it('a run that waits for the network resumes immediately', async () => {
    const { saveKey, startBackground, store, environment, list } = createTestCollector({ followers: 25 });
    await saveKey();
    environment.online = false;
    const { collector } = startBackground();
    const started = await collector.start(newRun());
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    const { id } = started.snapshot;
    await collector.wakeAll();
    const before = environment.now;
    expect((await store.snapshots.get(id))?.state).toMatchObject({
      kind: 'waiting',
      trouble: { kind: 'offline' },
    });
    expect(environment.requests).toBe(0);
    await collector.wakeAll();
    expect((await store.snapshots.get(id))?.state).toMatchObject({
      kind: 'waiting',
      trouble: { kind: 'offline' },
    });
    environment.online = true;
    await collector.wakeAll();
    expect(environment.now).toBe(before);
    expect(await list(id)).toEqual(truth(25));
  });

  it('a run that was blocked by a missing permission resumes once it is granted', async () => {
    const { saveKey, startBackground, store, environment, list } = createTestCollector({
      followers: 25,
      disruption: (request) => {
        if (request === 2) environment.reach = false;
        return null;
      },
    });
    await saveKey();
    const { collector } = startBackground();
    const started = await collector.start(newRun());
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    const { id } = started.snapshot;
    await collector.wakeAll();
    const blocked = await store.snapshots.get(id);
    expect(blocked).toMatchObject({
      rows: 20,
      state: { kind: 'blocked', trouble: { kind: 'no-permission' } },
    });
    await collector.permissionGranted();
    expect(await store.snapshots.get(id)).toEqual(blocked);
    environment.reach = true;
    await collector.permissionGranted();
    await collector.wakeAll();
    expect(await list(id)).toEqual(truth(25));
    expect(environment.charged).toBe(4);
  });
});

describe('changing the system clock', () => {
  const waits: Disruption = { kind: 'failure', failure: tooFast(900_000) };

  it('back by a day does not make a wait last a day', async () => {
    const { run, startBackground, store, environment, list, saveKey } = createTestCollector({
      followers: 25,
      disruption: at({ 2: waits }),
    });
    await saveKey();
    const { collector } = startBackground();
    const started = await collector.start(newRun());
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    const { id } = started.snapshot;
    await collector.wakeAll();
    expect((await store.snapshots.get(id))?.state.kind).toBe('waiting');
    environment.now -= 24 * 3600_000;
    const set = environment.now;
    await collector.wakeAll();
    expect(await list(id)).toEqual(truth(25));
    expect(environment.now - set).toBeLessThan(60_000);
    expect((await run()).id).toBe(id);
  });

  it('is checked every 15 minutes, however long the wait is', async () => {
    const { startBackground, environment, saveKey } = createTestCollector({
      followers: 25,
      disruption: at({ 2: { kind: 'failure', failure: tooFast(20 * 3600_000) } }),
    });
    await saveKey();
    const { collector } = startBackground();
    await collector.start(newRun());
    await collector.wakeAll();
    expect(environment.alarm).toBe(environment.now + 15 * 60_000);
  });

  it('an alarm that fires hours late changes nothing', async () => {
    const { run, list, environment } = createTestCollector({
      followers: 45,
      disruption: at({ 2: waits, 4: waits }),
    });
    const late = run();
    environment.now += 5 * 3600_000;
    expect(await list((await late).id)).toEqual(truth(45));
  });
});

describe('two responses lost at one cursor', () => {
  it('count as two, even if the user retries immediately instead of waiting', async () => {
    const failure: Disruption = { kind: 'failure', failure: lost };
    const { saveKey, startBackground, store } = createTestCollector({
      followers: 30,
      disruption: at({ 2: failure, 3: failure, 4: failure }),
    });
    await saveKey();
    const { collector } = startBackground();
    const started = await collector.start(newRun());
    if (started.kind === 'no-key') throw new Error('The bench has a key.');
    const { id } = started.snapshot;
    for (let tries = 0; tries < 4; tries += 1) {
      await collector.wakeAll();
      const { state } = (await store.snapshots.get(id)) ?? { state: null };
      if (state?.kind === 'waiting') await collector.resume(id);
    }
    expect((await store.snapshots.get(id))?.state).toMatchObject({
      kind: 'blocked',
      trouble: { kind: 'lost-answers', times: 2 },
    });
  });
});
