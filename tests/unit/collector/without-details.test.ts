/** Accounts of which a lookup says nothing are counted with the list, so that nobody has to read its rows to know. */
import { expect, it } from 'vitest';
import { createTestCollector, type TestCollectorOptions } from './test-collector.ts';

type LookUp = NonNullable<TestCollectorOptions['lookUp']>;

it('a list whose lookups find no account counts all as no longer available', async () => {
  const lookUp: LookUp = (ids) => ({ gone: ids, unreadable: 0 });
  const { run } = createTestCollector({ followers: 25, fillSize: 4, lookUp });
  expect(await run()).toMatchObject({
    state: { kind: 'ended', outcome: { kind: 'complete' } },
    rows: 25,
    filled: 25,
    withoutDetails: { idsOnly: 25, unavailable: 25 },
  });
});

it('accounts that are missing from a lookup with unreadable rows have no details, but are not called gone', async () => {
  // Rows that can't be read are missing from what came, beside those that are gone.
  let lookups = 0;
  const lookUp: LookUp = ([first = '', second = '']) => {
    lookups += 1;
    return { gone: [first, second], unreadable: lookups === 1 ? 2 : 0 };
  };
  const { run } = createTestCollector({ followers: 10, fillSize: 5, lookUp });
  expect((await run()).withoutDetails).toEqual({ idsOnly: 6, unavailable: 2 });
});

it('a list whose pages bring details counts none', async () => {
  expect((await createTestCollector({ followers: 25 }).run()).withoutDetails).toEqual({
    idsOnly: 0,
    unavailable: 0,
  });
});

it('accounts without details in such a page are counted', async () => {
  const { run } = createTestCollector({
    followers: 5,
    disruption: (request) =>
      request === 0
        ? null
        : {
            kind: 'answer',
            page: (page) => ({
              ...page,
              accounts: page.accounts.map((one, index) =>
                index < 2 ? { ...one, handle: null, name: null, followers: null } : one,
              ),
            }),
          },
  });
  expect((await run()).withoutDetails).toEqual({ idsOnly: 2, unavailable: 0 });
});
