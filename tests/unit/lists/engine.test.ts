import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { noFilters, wholeList, type ListQuery } from '../../../lib/lists/query.ts';
import { deriveMissing } from '../../../lib/lists/derive.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, type AccountId } from '../../../lib/model/ids.ts';
import { anyAccounts, anyQuery } from './arbitrary.ts';
import { plainBrackets } from './plain-follow-times.ts';
import { ANSWERED, listWithTimes, pagesOf, trueFollows } from './dated-lists.ts';
import { plainPositions, plainUnknown } from './plain-query.ts';
import { writtenList, type WrittenList } from './stored-lists.ts';

// Segments are so small that a list of a few dozen accounts has several.
vi.mock(import('../../../lib/lists/columns.ts'), async (original) => ({
  ...(await original()),
  SEGMENT: 16,
}));

const DAY = 86_400_000;
const signal = new AbortController().signal;

async function found(engine: Engine, list: WrittenList, query: ListQuery): Promise<readonly number[]> {
  const snapshot = await list.snapshot();
  let last: readonly number[] | null = null;
  let ended = false;
  for await (const { positions, done } of engine.find(query, extentOf(snapshot), signal)) {
    expect(ended).toBe(false);
    const now = Array.from(positions ?? Array.from({ length: snapshot.rows }, (_, position) => position));
    // Earlier results stay correct while more are found.
    if (last !== null) expect(now.slice(0, last.length)).toEqual(last);
    last = now;
    ended = done;
  }
  expect(ended).toBe(true);
  return last ?? [];
}

/** How many accounts a complete result says are last because a value is unknown. */
async function unknownIn(engine: Engine, list: WrittenList, query: ListQuery): Promise<number> {
  let last = NaN;
  for await (const { unknown } of engine.find(query, extentOf(await list.snapshot()), signal)) last = unknown;
  return last;
}

async function addInPages(
  list: WrittenList,
  accounts: readonly Account[],
  size: number,
  idsOnly: boolean,
): Promise<void> {
  for (let from = 0; from < accounts.length; from += size) {
    const page = accounts.slice(from, from + size);
    await list.addPage(page, idsOnly);
    if (idsOnly)
      for (let part = 0; part < page.length; part += 3) await list.fill(part, page.slice(part, part + 3));
  }
}

function idOf(index: number): AccountId {
  return accountIdSchema.parse(String(index));
}

const pageSize = fc.integer({ min: 1, max: 40 });

describe('order, search and filters', { timeout: 120_000 }, () => {
  it('match a simple model, for stored columns, for new ones, and while typing', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyAccounts,
        fc.array(anyQuery, { minLength: 1, maxLength: 4 }),
        pageSize,
        fc.record({ idsOnly: fc.boolean(), ended: fc.boolean(), derived: fc.boolean() }),
        async (accounts, queries, size, { idsOnly, ended, derived }) => {
          const list = await writtenList();
          await addInPages(list, accounts, size, idsOnly);
          if (ended) await list.end();
          const { id } = await list.snapshot();
          if (derived) await deriveMissing(list.store, id, signal);
          const engine = new Engine(list.store, id);
          for (const query of queries) {
            const positions = plainPositions(accounts, query);
            expect(await found(engine, list, query)).toEqual(positions);
            const unknown = query.sort === null ? 0 : plainUnknown(accounts, positions, query.sort.column);
            expect(await unknownIn(engine, list, query)).toBe(unknown);
          }
          list.store.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('match it for follow times, which have two ends of which either may be unknown', async () => {
    const end = fc.option(fc.integer({ min: 0, max: 120 }), { nil: null, freq: 3 });
    await fc.assert(
      fc.asyncProperty(
        trueFollows,
        pageSize,
        fc.record({ from: end, to: end }),
        fc.constantFrom('followedAfter', 'followedBefore', 'createdAt'),
        fc.boolean(),
        async (follows, size, days, column, descending) => {
          const pages = pagesOf(follows, size);
          const list = await listWithTimes(pages);
          const { id } = await list.snapshot();
          const engine = new Engine(list.store, id);
          const accounts = follows.map(({ createdAt }, at) => ({
            ...unknownAccount(idOf(at + 1)),
            createdAt,
          }));
          const brackets = plainBrackets(pages) ?? [];
          const dayAgo = (ago: number | null): number | null =>
            ago === null ? null : (follows[0]?.time ?? 0) - (ago * DAY) / 2;
          const followed = { from: dayAgo(days.from), to: dayAgo(days.to) };
          const area = {
            kind: 'followArea',
            followed: { from: followed.from ?? 0, to: followed.to ?? ANSWERED },
            created: { from: ANSWERED - 600 * DAY, to: ANSWERED },
          } as const;
          for (const filters of [
            noFilters,
            { ...noFilters, followed },
            { ...noFilters, conditions: [area] },
          ]) {
            const query = { text: '', filters, sort: { column, descending } } as const;
            const positions = plainPositions(accounts, query, brackets);
            expect(await found(engine, list, query)).toEqual(positions);
            expect(await unknownIn(engine, list, query)).toBe(
              plainUnknown(accounts, positions, column, brackets),
            );
          }
          list.store.close();
        },
      ),
      { numRuns: 120 },
    );
  });

  it('match it for texts with a common beginning, in both directions', async () => {
    const alike = fc
      .tuple(fc.constantFrom('', 'anna', 'research', 'researcher of all'), fc.stringMatching(/^[ab ]{0,20}$/))
      .map(([beginning, rest]) => beginning + rest);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(alike, { nil: null, freq: 9 }), { maxLength: 60 }),
        fc.boolean(),
        async (names, descending) => {
          const list = await writtenList();
          const accounts = names.map((name, index) => ({ ...unknownAccount(idOf(index)), name }));
          await list.addPage(accounts);
          const engine = new Engine(list.store, (await list.snapshot()).id);
          const query = { ...wholeList, sort: { column: 'name', descending } } as const;
          expect(await found(engine, list, query)).toEqual(plainPositions(accounts, query));
          list.store.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('match it while the list grows, and while accounts with only an ID are completed', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyAccounts,
        anyQuery,
        pageSize,
        fc.boolean(),
        async (accounts, query, size, derive) => {
          const list = await writtenList();
          const { id } = await list.snapshot();
          const engine = new Engine(list.store, id);
          const now: Account[] = [];
          for (let from = 0; from < accounts.length; from += size) {
            const page = accounts.slice(from, from + size);
            const half = page.slice(0, Math.ceil(page.length / 2));
            await list.addPage(page, true);
            await list.fill(0, half);
            now.push(...half, ...page.slice(half.length).map(({ id: idsOnly }) => unknownAccount(idsOnly)));
            expect(await found(engine, list, query)).toEqual(plainPositions(now, query));
            await list.fill(half.length, page.slice(half.length));
            now.splice(from, page.length, ...page);
            if (derive) await deriveMissing(list.store, id, signal);
            expect(await found(engine, list, query)).toEqual(plainPositions(now, query));
          }
          await list.end();
          expect(await found(engine, list, query)).toEqual(plainPositions(accounts, query));
          list.store.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});
