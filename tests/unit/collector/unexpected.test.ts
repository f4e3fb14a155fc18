/** Unexpected entries are counted by kind, over all pages of a list. */
import { expect, it } from 'vitest';
import { createTestCollector, type Disruption } from './test-collector.ts';

it('a list adds up the counts of its pages', async () => {
  const counted: Readonly<Record<number, object>> = {
    1: { unexpected: { 'unknown-type': 2 } },
    3: { unexpected: { 'unknown-type': 1, unavailable: 4 } },
  };
  const disruption = (request: number): Disruption => ({
    kind: 'answer',
    page: (page) => ({ ...page, ...counted[request] }),
  });
  const { run } = createTestCollector({ followers: 45, disruption });
  expect(await run()).toMatchObject({
    rows: 45,
    unexpected: { unavailable: 4, 'unknown-type': 3 },
  });
});

it('a list without such entries counts none', async () => {
  expect((await createTestCollector({ followers: 5 }).run()).unexpected).toEqual({});
});

it('lookups are counted too', async () => {
  const disruption = (request: number): Disruption => ({
    kind: 'answer',
    page: (page) => (request === 2 ? { ...page, unexpected: { 'list-for-object': 3 } } : page),
  });
  const { run } = createTestCollector({ followers: 5, fillSize: 5, disruption });
  expect((await run()).unexpected).toEqual({ 'list-for-object': 3 });
});
