import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tabSeparated } from '../../../components/lists/copy.ts';
import { FIELDS } from '../../../components/lists/fields.ts';
import { filtersSet, readCount, readDay, writeDay } from '../../../components/lists/filter-fields.ts';
import { rowAction, type KeyPress } from '../../../components/lists/row-keys.ts';
import { Selection } from '../../../components/lists/selection.ts';
import { noFilters } from '../../../lib/lists/query.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { toColumns } from '../../../lib/store/columns.ts';
import { pageBytes } from '../../../lib/store/size.ts';
import { bytesText } from '../../../lib/words/sizes.ts';

/** A view of some positions, with the members that a selection uses. */
function viewOf(positions: readonly number[]) {
  const all = Uint32Array.from(positions);
  return {
    count: all.length,
    done: true,
    isWhole: false,
    slice: (from: number, to: number) => all.subarray(from, to),
    positions: () => all,
    indexOf: (position: number) => all.indexOf(position),
  };
}

describe('a selection', () => {
  it('is a set, whatever the order of operations', () => {
    const act = fc.record({
      kind: fc.constantFrom('with', 'toggled'),
      positions: fc.array(fc.nat(200), { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
        let selection = Selection.nothing;
        const model = new Set<number>();
        for (const { kind, positions } of acts) {
          if (kind === 'with') {
            selection = selection.with(Uint32Array.from(positions));
            positions.forEach((position) => model.add(position));
          } else {
            const [position] = positions;
            if (position === undefined) continue;
            selection = selection.toggled(position);
            if (!model.delete(position)) model.add(position);
          }
        }
        expect(selection.size).toBe(model.size);
        const shown = Array.from({ length: 256 }, (_, at) => 255 - at);
        expect(Array.from(selection.inOrderOf(viewOf(shown)))).toEqual(shown.filter((at) => model.has(at)));
      }),
    );
  });

  it('of a million accounts takes one bit each', () => {
    const all = Selection.nothing.with(Uint32Array.from({ length: 1_000_000 }, (_, at) => at));
    expect(all.size).toBe(1_000_000);
    expect(all.has(999_999)).toBe(true);
    expect(all.has(1_000_000)).toBe(false);
    expect(all.toggled(31).has(31)).toBe(false);
  });

  it('is not changed by operations on it', () => {
    const one = Selection.nothing.with(Uint32Array.of(5));
    one.with(Uint32Array.of(6));
    one.toggled(5);
    expect([one.size, one.has(5), one.has(6)]).toEqual([1, true, false]);
  });
});

describe('keys', () => {
  const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...held,
  });
  const at = { active: 5, count: 10, page: 3 };

  it.each([
    ['ArrowDown', 6],
    ['ArrowUp', 4],
    ['PageDown', 8],
    ['PageUp', 2],
    ['Home', 0],
    ['End', 9],
  ])('%s moves to %d', (key, to) => {
    expect(rowAction(press(key), at)).toEqual({ kind: 'move', to, extend: false });
    expect(rowAction(press(key, { shiftKey: true }), at)).toEqual({ kind: 'move', to, extend: true });
  });

  it('stay within the list, and begin at its top', () => {
    expect(rowAction(press('PageDown'), { ...at, active: 9 })).toMatchObject({ to: 9 });
    expect(rowAction(press('PageUp'), { ...at, active: 0 })).toMatchObject({ to: 0 });
    expect(rowAction(press('ArrowDown'), { ...at, active: -1 })).toMatchObject({ to: 0 });
    expect(rowAction(press('ArrowDown'), { ...at, active: -1, count: 0 })).toBeNull();
  });

  it('open, toggle, select all, copy, and leave', () => {
    expect(rowAction(press('Enter'), at)).toEqual({ kind: 'open' });
    expect(rowAction(press(' '), at)).toEqual({ kind: 'toggle' });
    expect(rowAction(press('a', { ctrlKey: true }), at)).toEqual({ kind: 'all' });
    expect(rowAction(press('C', { metaKey: true }), at)).toEqual({ kind: 'copy' });
    expect(rowAction(press('Escape'), at)).toEqual({ kind: 'leave' });
  });

  it('with another meaning are ignored', () => {
    expect(rowAction(press('a'), at)).toBeNull();
    expect(rowAction(press('Enter', { ctrlKey: true }), at)).toBeNull();
    expect(rowAction(press('ArrowUp', { altKey: true }), at)).toBeNull();
  });
});

describe('filters', () => {
  it.each([
    ['', null],
    ['0', 0],
    ['1,204', 1204],
    ['1 204', 1204],
    ['1.204', 1204],
    ['10k', 10_000],
    ['1.5K', 1500],
    ['2,5m', 2_500_000],
    ['ten', undefined],
    ['-1', undefined],
    ['1e9', undefined],
    ['99999999999999999999', undefined],
  ])('read “%s”', (text, count) => {
    expect(readCount(text)).toBe(count);
  });

  it('use whole days in UTC', () => {
    const first = readDay('2026-02-28', 'first');
    const last = readDay('2026-02-28', 'last');
    expect(first).toBe(Date.UTC(2026, 1, 28));
    expect(last).toBe(Date.UTC(2026, 2, 1) - 1);
    expect([writeDay(first), writeDay(last)]).toEqual(['2026-02-28', '2026-02-28']);
    expect(readDay('', 'first')).toBeNull();
  });

  it('are counted', () => {
    expect(filtersSet(noFilters)).toBe(0);
    expect(filtersSet({ ...noFilters, verified: false, location: ' x ' })).toBe(2);
    expect(filtersSet({ ...noFilters, location: '  ' })).toBe(0);
  });
});

describe('copied accounts', () => {
  const account: Account = {
    ...unknownAccount(accountIdSchema.parse('1859209237637123456')),
    handle: 'ada',
    name: '=HYPERLINK("https://example.org")',
    bio: 'two\nlines\tand a tab',
    followers: 12_040,
    createdAt: Date.UTC(2020, 0, 2, 3, 4, 5),
    verified: true,
  };

  it('are lines of cells that cannot be broken out of, and that no spreadsheet runs', () => {
    const text = tabSeparated([account, { ...account, createdAt: null, verified: null }], FIELDS);
    const [names, first, second, ...rest] = text.split('\n').map((line) => line.split('\t'));
    expect(rest).toEqual([]);
    expect(names?.slice(0, 4)).toEqual(['id', 'name', 'handle', 'bio']);
    expect(names).toContain('created_at');
    expect(new Set([names?.length, first?.length, second?.length])).toEqual(new Set([FIELDS.length]));
    expect(first?.slice(0, 4)).toEqual([
      '1859209237637123456',
      `'=HYPERLINK("https://example.org")`,
      'ada',
      'two lines and a tab',
    ]);
    expect(first).toContain('2020-01-02T03:04:05.000Z');
    expect(first).toContain('12040');
  });

  it("don't need a header line if there is one already", () => {
    expect(tabSeparated([account], [{ key: 'handle' }])).toBe('1859209237637123456\tada');
  });
});

describe('sizes', () => {
  it('grow with the stored data', () => {
    const unknown = unknownAccount(accountIdSchema.parse('1'));
    const none = pageBytes(toColumns([unknown]));
    const latin = pageBytes(toColumns([{ ...unknown, bio: 'x'.repeat(100) }]));
    const other = pageBytes(toColumns([{ ...unknown, bio: 'ж'.repeat(100) }]));
    expect(latin - none).toBeGreaterThan(100);
    expect(other - latin).toBe(100);
  });

  it('are shown in the largest fitting unit', () => {
    expect([0, 740_000, 12_340_000, 3_210_000_000].map(bytesText)).toEqual([
      '0 kB',
      '740 kB',
      '12 MB',
      '3.2 GB',
    ]);
  });
});
