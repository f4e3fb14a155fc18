import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { creationInId } from '../../../lib/lists/follow-times.ts';
import { LoadedColumns } from '../../../lib/lists/loaded.ts';
import { SEGMENT, type FollowColumn } from '../../../lib/lists/columns.ts';
import { deriveMissing } from '../../../lib/lists/derive.ts';
import {
  account,
  ANSWERED,
  cursorOf,
  listWithTimes,
  pagesOf,
  positionAt,
  trueFollows,
  X_V11,
} from './dated-lists.ts';
import { plainBrackets, type PlainBracket, type PlainPage } from './plain-follow-times.ts';
import { writtenList, type WrittenList } from './stored-lists.ts';

const DAY = 86_400_000;
const { signal } = new AbortController();

async function bracketsOf(list: WrittenList): Promise<readonly PlainBracket[]> {
  const snapshot = await list.snapshot();
  const loaded = new LoadedColumns(list.store, snapshot.id);
  const brackets: PlainBracket[] = [];
  const columns = ['followedAfter', 'followedBefore'] as const;
  for await (const segment of loaded.segments(extentOf(snapshot), columns, signal)) {
    const at = (column: FollowColumn, row: number): number | null => {
      const values = segment.values(column);
      const time = values.kind === 'numbers' ? (values.of[row] ?? NaN) : NaN;
      return Number.isNaN(time) ? null : time;
    };
    for (let row = 0; row < segment.count; row += 1)
      brackets.push([at('followedAfter', row), at('followedBefore', row)]);
  }
  return brackets;
}

describe('follow times', () => {
  it('contain the true time, and equal those of a simple implementation over the whole list', async () => {
    await fc.assert(
      fc.asyncProperty(
        trueFollows,
        fc.integer({ min: 1, max: 15 }),
        fc.boolean(),
        async (follows, size, ended) => {
          const pages = pagesOf(follows, size);
          const list = await listWithTimes(pages);
          if (ended) await list.end();
          const brackets = await bracketsOf(list);
          expect(brackets).toEqual(plainBrackets(pages));
          follows.forEach(({ time }, at) => {
            const [after, before] = brackets[at] ?? [NaN, NaN];
            expect((after ?? 0) <= time && time <= (before ?? Infinity)).toBe(true);
          });
          list.store.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are missing from the whole list if a simple implementation finds a violated guard anywhere', async () => {
    const time = fc.integer({ min: ANSWERED - 20 * DAY, max: ANSWERED + 3 * DAY });
    const cursor = fc.option(fc.oneof({ weight: 9, arbitrary: time }, fc.constant(undefined)), { nil: null });
    await fc.assert(
      fc.asyncProperty(
        trueFollows,
        fc.integer({ min: 1, max: 15 }),
        fc.nat(),
        cursor,
        fc.nat(),
        async (follows, size, where, other, what) => {
          const pages: PlainPage[] = pagesOf(follows, size);
          const at = where % pages.length;
          const page = pages[at];
          if (page === undefined) return;
          const [first, ...rest] = page.accounts;
          const before = pages[at - 1];
          const after = pages[at + 1];
          const [sent, own] = [
            other == null ? other : Math.min(other, page.sent ?? Infinity),
            other ?? undefined,
          ];
          // The cursor that comes with a page is the one that requests the next page.
          const changes: readonly (() => void)[] = [
            () => {
              pages[at] = { ...page, own };
              if (after !== undefined) pages[at + 1] = { ...after, sent: own };
            },
            () => {
              pages[at] = { ...page, sent };
              if (before !== undefined) pages[at - 1] = { ...before, own: sent };
            },
            () => {
              pages[at] = {
                ...page,
                accounts: first === undefined ? [] : [{ createdAt: other ?? null }, ...rest],
              };
            },
          ];
          changes[what % changes.length]?.();
          const list = await listWithTimes(pages);
          const expected = plainBrackets(pages) ?? follows.map(() => [null, null]);
          expect(await bracketsOf(list)).toEqual(expected);
          list.store.close();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('guards', () => {
  const fine = pagesOf(
    Array.from({ length: 9 }, (_, at) => ({
      time: ANSWERED - at * DAY,
      createdAt: ANSWERED - (at + 30) * DAY,
    })),
    3,
  );
  async function problemOf(at: number, change: Partial<PlainPage>): Promise<unknown> {
    const list = await listWithTimes(
      fine.map((page, index) => (index === at ? { ...page, ...change } : page)),
    );
    const snapshot = await list.snapshot();
    const basis = await new LoadedColumns(list.store, snapshot.id).followBasis(extentOf(snapshot), signal);
    list.store.close();
    return basis;
  }

  it('name what is wrong', async () => {
    expect(await problemOf(0, {})).toEqual({ pages: 3, problem: null });
    expect(await problemOf(1, { own: undefined })).toEqual({ pages: 0, problem: 'no-times' });
    expect(await problemOf(1, { sent: null })).toEqual({ pages: 0, problem: 'no-times' });
    expect(await problemOf(1, { own: ANSWERED })).toEqual({ pages: 0, problem: 'out-of-order' });
    expect(await problemOf(0, { own: ANSWERED + 2 * DAY })).toEqual({ pages: 0, problem: 'in-the-future' });
    const accounts = [{ createdAt: ANSWERED - 2 * DAY }];
    expect(await problemOf(1, { accounts })).toEqual({ pages: 3, problem: null });
    expect(await problemOf(2, { accounts })).toEqual({ pages: 0, problem: 'created-later' });
  });

  it('allow a wrong clock by a day, but then the first page has no upper bound', async () => {
    const list = await listWithTimes([
      { sent: null, own: ANSWERED + 1000, answeredAt: ANSWERED, accounts: [{ createdAt: null }] },
    ]);
    expect(await bracketsOf(list)).toEqual([[ANSWERED + 1000, null]]);
    list.store.close();
  });

  it('know the creation of accounts on X by their ID, where nothing else states it', async () => {
    expect(creationInId('1790198958568505272')).toBe(1_715_651_666_667);
    for (const id of ['100000000000000000', '2244994945', '9223372036854775808', 'MS4wLjABAAAA', ''])
      expect(creationInId(id)).toBeNull();
    const list = await writtenList(X_V11);
    const sent = positionAt(1_715_651_666_666);
    const id = accountIdSchema.parse('1790198958568505272');
    await list.addPage([account(1, null)], true, { next: sent, receivedAt: ANSWERED });
    await list.addPage([{ ...unknownAccount(id) }], true, { cursor: sent, receivedAt: ANSWERED });
    const snapshot = await list.snapshot();
    const basis = await new LoadedColumns(list.store, snapshot.id).followBasis(extentOf(snapshot), signal);
    expect(basis.problem).toBe('created-later');
    list.store.close();
  });

  it('discard what was built before a page violated one, also while the list still grows', async () => {
    const list = await listWithTimes(fine.slice(0, 2));
    const before = await list.snapshot();
    const loaded = new LoadedColumns(list.store, before.id);
    expect(await loaded.followBasis(extentOf(before), signal)).toEqual({ pages: 2, problem: null });
    const cursor = cursorOf(fine[1]?.own);
    await list.addPage([account(7, ANSWERED)], false, { cursor, receivedAt: ANSWERED });
    const after = await list.snapshot();
    expect(await loaded.followBasis(extentOf(after), signal)).toEqual({ pages: 0, problem: 'created-later' });
    list.store.close();
  });

  it('hold over segments, whose records are built once and read again', { timeout: 60_000 }, async () => {
    const follows = Array.from({ length: 2 * SEGMENT + 700 }, (_, at) => ({
      time: ANSWERED - at * 60_000,
      createdAt: at % 3 === 0 ? null : ANSWERED - at * 60_000 - (at % 7) * 1000,
    }));
    const pages = pagesOf(follows, 5000);
    const list = await listWithTimes(pages);
    await list.end();
    const { id } = await list.snapshot();
    const built = await bracketsOf(list);
    // The rest, which has nothing to do with follow times.
    expect(await deriveMissing(list.store, id, signal)).toBe(3);
    expect(await deriveMissing(list.store, id, signal)).toBe(0);
    expect(await bracketsOf(list)).toEqual(built);
    pages.forEach(({ sent, own, answeredAt }, page) => {
      for (const row of [0, 1, 4999]) {
        const bracket = built[page * 5000 + row];
        if (bracket === undefined) continue;
        expect(bracket[1]).toBe(sent ?? answeredAt);
        expect(bracket[0]).toBeGreaterThanOrEqual(own ?? 0);
      }
    });
    const snapshot = await list.snapshot();
    const basis = await new LoadedColumns(list.store, id).followBasis(extentOf(snapshot), signal);
    expect(basis).toEqual({ pages: pages.length, problem: null });
    list.store.close();
  });
});
