/** Entries that were not as expected are counted by kind, over all pages of a list. */
import { expect, it } from 'vitest';
import { bench, type Mishap } from './test-collector.ts';

it('a list adds up what its pages counted', async () => {
  const counted: Readonly<Record<number, object>> = {
    1: { unexpected: { 'unknown-type': 2 } },
    3: { unexpected: { 'unknown-type': 1, unavailable: 4 } },
  };
  const mishap = (request: number): Mishap => ({
    kind: 'answer',
    page: (page) => ({ ...page, ...counted[request] }),
  });
  const { run } = bench({ followers: 45, mishap });
  expect(await run()).toMatchObject({
    rows: 45,
    unexpected: { unavailable: 4, 'unknown-type': 3 },
  });
});

it('a list without such entries counts none', async () => {
  expect((await bench({ followers: 5 }).run()).unexpected).toEqual({});
});

it('look-ups are counted too', async () => {
  const mishap = (request: number): Mishap => ({
    kind: 'answer',
    page: (page) => (request === 2 ? { ...page, unexpected: { 'list-for-object': 3 } } : page),
  });
  const { run } = bench({ followers: 5, fillSize: 5, mishap });
  expect((await run()).unexpected).toEqual({ 'list-for-object': 3 });
});
