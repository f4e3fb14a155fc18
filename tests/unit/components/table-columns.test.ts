import { describe, expect, it } from 'vitest';
import { columnsOf, copiedFields, USUAL_FIELDS } from '../../../components/lists/fields.ts';
import { headerAction } from '../../../components/dashboard/header-keys.ts';
import {
  chosenWidth,
  clampWidth,
  dropIndex,
  gridOf,
  moveColumn,
  withWidth,
} from '../../../components/dashboard/table-columns.ts';
import type { KeyPress } from '../../../components/lists/row-keys.ts';

const keysOf = (fields: readonly { readonly key: string }[]): string[] => fields.map(({ key }) => key);

describe('the columns of the table', () => {
  it('begin with the names and follow the chosen order; unknown and repeated ones are ignored', () => {
    expect(keysOf(columnsOf(['posts', 'bio', 'handle', 'name', 'no such', 'posts']))).toEqual([
      'name',
      'posts',
      'bio',
    ]);
    expect(keysOf(copiedFields(['posts']))).toEqual(['name', 'handle', 'posts']);
  });

  it('move within the table', () => {
    const keys = ['a', 'b', 'c'];
    expect(moveColumn(keys, 'a', 2)).toEqual(['b', 'c', 'a']);
    expect(moveColumn(keys, 'c', 0)).toEqual(['c', 'a', 'b']);
    expect(moveColumn(keys, 'b', 99)).toEqual(['a', 'c', 'b']);
    expect(moveColumn(keys, 'b', 1)).toBe(keys);
    expect(moveColumn(keys, 'x', 0)).toBe(keys);
  });

  it('have widths within limits, whatever is stored', () => {
    expect(clampWidth(-5)).toBe(clampWidth(0));
    expect(clampWidth(1e9)).toBeLessThan(1000);
    expect(chosenWidth('bio', {})).toBeNull();
    expect(chosenWidth('bio', { bio: NaN })).toBeNull();
    expect(chosenWidth('toString', {})).toBeNull();
    expect(withWidth({ bio: 100 }, 'posts', 120.4)).toEqual({ bio: 100, posts: 120 });
    expect(withWidth({ bio: 100 }, 'bio', null)).toEqual({});
  });

  it('fill the table; one with a chosen width does not grow', () => {
    const fields = columnsOf(USUAL_FIELDS);
    const usual = gridOf(fields, {});
    const wider = gridOf(fields, { bio: 400 });
    expect(usual.columns).toMatch(/^36px 64px minmax\(240px, 4fr\) minmax\(130px, 4fr\)/);
    expect(wider.columns).toMatch(/^36px 64px minmax\(240px, 4fr\) 400px/);
    expect(wider.least - usual.least).toBe(270);
  });

  it('are dropped on the header under the pointer, or the nearest one', () => {
    const boxes = [
      { key: 'a', left: 100, right: 200 },
      { key: 'b', left: 200, right: 300 },
    ];
    expect([0, 150, 250, 999].map((x) => dropIndex(boxes, x))).toEqual([0, 0, 1, 1]);
    expect(dropIndex([], 5)).toBe(-1);
  });
});

describe('a key in the header', () => {
  const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
    key,
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...held,
  });

  it('moves the focus, resizes, and moves the column', () => {
    expect(headerAction(press('ArrowRight'), false)).toEqual({ kind: 'focus', by: 1 });
    expect(headerAction(press('ArrowRight', { shiftKey: true }), false)).toEqual({ kind: 'resize', by: 1 });
    const both = { shiftKey: true, ctrlKey: true };
    expect(headerAction(press('ArrowLeft', both), false)).toEqual({ kind: 'move', by: -1 });
    expect(headerAction(press('Home'), false)).toEqual({ kind: 'first' });
    expect(headerAction(press('ArrowDown'), false)).toEqual({ kind: 'rows' });
  });

  it('follows the direction of reading', () => {
    expect(headerAction(press('ArrowRight'), true)).toEqual({ kind: 'focus', by: -1 });
    expect(headerAction(press('ArrowLeft', { shiftKey: true }), true)).toEqual({ kind: 'resize', by: 1 });
  });

  it.each([press('ArrowDown', { altKey: true }), press('F10', { shiftKey: true }), press('ContextMenu')])(
    'opens the menu: %o',
    (key) => {
      expect(headerAction(key, false)).toEqual({ kind: 'menu' });
    },
  );

  it.each([
    press('a'),
    press('Enter'),
    press('ArrowLeft', { altKey: true }),
    press('ArrowLeft', { ctrlKey: true }),
  ])('has another meaning: %o', (key) => {
    expect(headerAction(key, false)).toBeNull();
  });
});
