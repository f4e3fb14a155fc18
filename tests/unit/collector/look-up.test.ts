import { describe, expect, it } from 'vitest';
import { handleSchema } from '../../../lib/model/profile.ts';
import { account, createTestCollector, newRun } from './test-collector.ts';

describe('a provider that lists by handle', () => {
  it('gets no lookup request, and the ledger has an entry for each request that was sent', async () => {
    const { run, list, store, environment } = createTestCollector({ followers: 25, listsBy: 'handle' });
    const snapshot = await run();
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(await list(snapshot.id)).toEqual(Array.from({ length: 25 }, (_, index) => account(index).id));
    expect(environment.requests).toBe(3);
    const ledger = await store.ledger.ofSnapshot(snapshot.id);
    expect(ledger.map(({ purpose }) => purpose)).toEqual(['page', 'page', 'page']);
    expect(snapshot).toMatchObject({ charged: 3, maybeCharged: 0 });
    expect(snapshot.pace).not.toBeNull();
  });
});

describe('a provider that lists by ID', () => {
  it('gets one lookup request, which is in the ledger', async () => {
    const { run, store, environment } = createTestCollector({ followers: 25 });
    const snapshot = await run();
    expect(environment.requests).toBe(4);
    const ledger = await store.ledger.ofSnapshot(snapshot.id);
    expect(ledger.map(({ purpose }) => purpose).toSorted()).toEqual(['page', 'page', 'page', 'resolve']);
  });
});

describe('a profile whose address contains only the ID', () => {
  const handle = handleSchema.parse('id.12345');

  it('is listed by that ID, without a lookup', async () => {
    const { run, list, environment } = createTestCollector({ followers: 25 });
    const snapshot = await run({ handle });
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(snapshot).toMatchObject({ profileId: '12345', handle: 'id.12345', charged: 3 });
    expect(environment.requests).toBe(3);
    expect(environment.profiles).toEqual(['12345', '12345', '12345']);
    expect(await list(snapshot.id)).toHaveLength(25);
  });

  it('is not the profile whose handle has the same digits', async () => {
    const { run } = createTestCollector({ followers: 25 });
    const byId = await run({ handle });
    const byHandle = await run({ handle: handleSchema.parse('12345') });
    expect(byHandle.id).not.toBe(byId.id);
    expect(byHandle.profileId).toBe('1');
  });

  it('is never requested from a provider that lists by handle', async () => {
    const { startBackground, saveKey, environment } = createTestCollector({
      followers: 25,
      listsBy: 'handle',
    });
    await saveKey();
    const { collector } = startBackground();
    expect(await collector.start(newRun({ handle }))).toEqual({ kind: 'no-key' });
    expect(environment.requests).toBe(0);
  });
});
