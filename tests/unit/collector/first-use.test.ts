/** The first click on a page with a provider needs approval. After that, clicks below the threshold start immediately. */
import { describe, expect, it } from 'vitest';
import { handleSchema } from '../../../lib/model/profile.ts';
import { createTestCollector, PROVIDER } from './test-collector.ts';

const HINT = { id: null, name: null, bio: null, followers: 30, following: null };
const clickOn = (handle: string, hint: typeof HINT | null = null) =>
  ({ handle: handleSchema.parse(handle), startedFrom: 'page', hint }) as const;

describe('the first click on a page with a provider', () => {
  it('spends nothing until a price is approved, whether the count is known or not', async () => {
    const { run, environment } = createTestCollector({ followers: 30, preferences: { usedFromPages: [] } });
    expect(await run(clickOn('counted', HINT))).toMatchObject({
      state: { kind: 'confirming' },
      estimate: { amount: 4 },
      cap: 0,
    });
    expect(await run(clickOn('uncounted'))).toMatchObject({ state: { kind: 'confirming' }, cap: 0 });
    expect(environment.charged).toBe(0);
  });

  it('asks for the price after a check of the count, even if it is small', async () => {
    const bench = createTestCollector({ followers: 30, preferences: { usedFromPages: [] } });
    const { id } = await bench.run(clickOn('someone'));
    const { collector } = bench.startBackground();
    await collector.confirm(id, null, 1, true);
    await bench.runUntilIdle();
    expect(await bench.store.snapshots.get(id)).toMatchObject({
      state: { kind: 'confirming' },
      expected: 30,
      charged: 1,
    });
    expect(bench.environment.charged).toBe(1);
  });

  it('with a provider used before starts immediately', async () => {
    const { run } = createTestCollector({ followers: 30, preferences: { usedFromPages: [PROVIDER] } });
    expect(await run(clickOn('someone'))).toMatchObject({
      rows: 30,
      state: { outcome: { kind: 'complete' } },
    });
  });
});

describe('checking the price', () => {
  it('by lookup, from an extension page: pays for the lookup only, then asks', async () => {
    const { run, environment } = createTestCollector({ followers: 30 });
    expect(await run({ cap: 1, check: true })).toMatchObject({ state: { kind: 'confirming' }, expected: 30 });
    expect(environment.charged).toBe(1);
  });

  it('by the first page, where no lookup is needed: pays for one page, then asks', async () => {
    const { run, environment } = createTestCollector({ followers: 30, listsBy: 'handle' });
    expect(await run({ cap: 1, check: true })).toMatchObject({ state: { kind: 'confirming' }, rows: 10 });
    expect(environment.charged).toBe(1);
  });
});

describe('an undecided question (row U2)', () => {
  async function undecided(followers: number) {
    const bench = createTestCollector({ followers, preferences: { usedFromPages: [PROVIDER] } });
    const big = { ...HINT, followers: 1_000_000 };
    const asked = await bench.run(clickOn('famous', big));
    expect(asked.state.kind).toBe('confirming');
    return { bench, asked };
  }

  it('uses the count of the page, and spends nothing', async () => {
    const { bench, asked } = await undecided(630);
    expect(asked).toMatchObject({ charged: 0, expected: 1_000_000, estimate: { rows: 1_000_000 } });
    expect(bench.environment.charged).toBe(0);
  });

  it('reserves nothing: another profile starts immediately and is collected whole', async () => {
    const { bench } = await undecided(630);
    expect(await bench.run(clickOn('other'))).toMatchObject({
      rows: 630,
      charged: 64,
      state: { kind: 'ended' },
    });
  });

  it('that checked its price reserves nothing either', async () => {
    const { bench, asked } = await undecided(630);
    const { collector } = bench.startBackground();
    await collector.confirm(asked.id, null, 1, true);
    await bench.runUntilIdle();
    // The price is small, but a checked price still needs approval.
    expect(await bench.store.snapshots.get(asked.id)).toMatchObject({
      state: { kind: 'confirming' },
      estimate: { amount: 64 },
      charged: 1,
    });
    expect(await bench.run(clickOn('other'))).toMatchObject({ rows: 630, state: { kind: 'ended' } });
  });
});
