/** Builds the derived columns of a segment from pages. Pure. */
import type { AccountColumns } from '../store/columns.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';
import type { PageColumns } from '../store/page-log.ts';
import {
  columnSets,
  flagsAt,
  foldOf,
  isAudienceColumn,
  isNumberColumn,
  type Column,
  type ColumnSet,
  type NumberColumn,
  type TextColumn,
} from './columns.ts';
import { FollowBuilder } from './follow-columns.ts';
import type { FollowSource } from './follow-times.ts';
import { audienceBuilder } from './pack-audience.ts';
import { DetailBuilder } from './pack-details.ts';
import { TextBuilder } from './text-column.ts';

export interface ColumnBuilder {
  /** Adds the accounts of a page from row `from` (inclusive) to `to` (exclusive). */
  add(page: AccountColumns, from: number, to: number): void;
  values(): DerivedValues;
}

class Numbers implements ColumnBuilder {
  readonly #column: NumberColumn;
  readonly #values: number[] = [];
  #anyKnown = false;
  #allWhole = true;

  constructor(column: NumberColumn) {
    this.#column = column;
  }

  add(page: AccountColumns, from: number, to: number): void {
    const column = page[this.#column];
    for (let row = from; row < to; row += 1) {
      const value = column?.[row] ?? NaN;
      this.#values.push(value);
      if (Number.isNaN(value)) continue;
      this.#anyKnown = true;
      if (!Number.isInteger(value) || value < 0 || value >= UNKNOWN_WHOLE) this.#allWhole = false;
    }
  }

  values(): DerivedValues {
    if (!this.#anyKnown) return { kind: 'nothing' };
    if (!this.#allWhole) return { kind: 'numbers', of: Float64Array.from(this.#values) };
    const whole = Uint32Array.from(this.#values, (value) => (Number.isNaN(value) ? UNKNOWN_WHOLE : value));
    return { kind: 'numbers', of: whole };
  }
}

class Flags implements ColumnBuilder {
  readonly #values: number[] = [];

  add(page: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) this.#values.push(flagsAt(page, row));
  }

  values(): DerivedValues {
    return { kind: 'flags', of: Uint8Array.from(this.#values) };
  }
}

class Texts implements ColumnBuilder {
  readonly #column: TextColumn;
  readonly #fold: (text: string) => string;
  readonly #texts = new TextBuilder();
  #anyKnown = false;

  constructor(column: TextColumn) {
    this.#column = column;
    this.#fold = foldOf(column);
  }

  add(page: AccountColumns, from: number, to: number): void {
    const column = page[this.#column];
    for (let row = from; row < to; row += 1) {
      const text = column?.[row] ?? null;
      this.#texts.add(text === null ? null : this.#fold(text));
      if (text !== null) this.#anyKnown = true;
    }
  }

  values(): DerivedValues {
    return this.#anyKnown ? { kind: 'text', ...this.#texts.values() } : { kind: 'nothing' };
  }
}

type AccountColumn = Exclude<Column, (typeof columnSets)['follow'][number]>;

function builderOf(column: AccountColumn): ColumnBuilder {
  if (column === 'flags') return new Flags();
  if (isAudienceColumn(column)) return audienceBuilder(column);
  if (column === 'details') return new DetailBuilder();
  return isNumberColumn(column) ? new Numbers(column) : new Texts(column);
}

/** Builds the columns of a segment from its accounts in order, column by column to be fast for millions of values. */
export class SegmentBuilder {
  readonly #builders: readonly (readonly [Column, ColumnBuilder])[];
  readonly #follow: FollowBuilder | null;
  #count = 0;

  constructor(sets: readonly ColumnSet[], source: FollowSource) {
    const columns = sets.flatMap((set): readonly AccountColumn[] =>
      set === 'follow' ? [] : columnSets[set],
    );
    this.#builders = columns.map((column) => [column, builderOf(column)] as const);
    this.#follow = sets.includes('follow') ? new FollowBuilder(source) : null;
  }

  /** How many accounts have been added. */
  get count(): number {
    return this.#count;
  }

  /** Adds the accounts of a page from row `from` (inclusive) to `to` (exclusive). */
  add(page: PageColumns, from: number, to: number): void {
    for (const [, builder] of this.#builders) builder.add(page.columns, from, to);
    this.#follow?.add(page, from, to);
    this.#count += to - from;
  }

  columns(): ReadonlyMap<Column, DerivedValues> {
    return new Map([
      ...this.#builders.map(([column, builder]) => [column, builder.values()] as const),
      ...(this.#follow?.columns() ?? []),
    ]);
  }
}
