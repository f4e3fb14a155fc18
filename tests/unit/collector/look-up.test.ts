import { describe, expect, it } from 'vitest';
import { account, bench } from './bench.ts';

describe('a provider that lists by handle', () => {
  it('gets no request for a look-up, and the ledger has an entry for each request that was sent', async () => {
    const { run, list, store, world } = bench({ followers: 25, listsBy: 'handle' });
    const snapshot = await run();
    expect(snapshot.state).toEqual({ kind: 'ended', outcome: { kind: 'complete' } });
    expect(await list(snapshot.id)).toEqual(Array.from({ length: 25 }, (_, index) => account(index).id));
    expect(world.requests).toBe(3);
    const ledger = await store.ledgerOf(snapshot.id);
    expect(ledger.map(({ purpose }) => purpose)).toEqual(['page', 'page', 'page']);
    expect(snapshot).toMatchObject({ charged: 3, maybeCharged: 0 });
    expect(snapshot.pace).not.toBeNull();
  });
});

describe('a provider that lists by id', () => {
  it('gets one request for a look-up, and it is in the ledger', async () => {
    const { run, store, world } = bench({ followers: 25 });
    const snapshot = await run();
    expect(world.requests).toBe(4);
    const ledger = await store.ledgerOf(snapshot.id);
    expect(ledger.map(({ purpose }) => purpose).toSorted()).toEqual(['page', 'page', 'page', 'resolve']);
  });
});
