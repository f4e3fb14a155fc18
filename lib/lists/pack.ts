/** Accounts to columns: what is stored of a segment. Pure. */
import type { Account } from '../model/account.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';
import {
  columnSets,
  flagsOf,
  isNumberColumn,
  textOf,
  type Column,
  type ColumnSet,
  type NumberColumn,
  type TextColumn,
} from './columns.ts';
import { TextBuilder } from './text-column.ts';

interface ColumnBuilder {
  add(account: Account): void;
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

  add(account: Account): void {
    const value = account[this.#column];
    this.#values.push(value ?? NaN);
    if (value === null) return;
    this.#anyKnown = true;
    if (!Number.isInteger(value) || value < 0 || value >= UNKNOWN_WHOLE) this.#allWhole = false;
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

  add(account: Account): void {
    this.#values.push(flagsOf(account));
  }

  values(): DerivedValues {
    return { kind: 'flags', of: Uint8Array.from(this.#values) };
  }
}

class Texts implements ColumnBuilder {
  readonly #column: TextColumn;
  readonly #texts = new TextBuilder();
  #anyKnown = false;

  constructor(column: TextColumn) {
    this.#column = column;
  }

  add(account: Account): void {
    const text = textOf(account, this.#column);
    this.#texts.add(text);
    if (text !== null) this.#anyKnown = true;
  }

  values(): DerivedValues {
    return this.#anyKnown ? { kind: 'text', ...this.#texts.values() } : { kind: 'nothing' };
  }
}

function builderOf(column: Column): ColumnBuilder {
  if (column === 'flags') return new Flags();
  return isNumberColumn(column) ? new Numbers(column) : new Texts(column);
}

/** Takes in the accounts of a segment, in order. */
export class SegmentBuilder {
  readonly #builders: readonly (readonly [Column, ColumnBuilder])[];
  #count = 0;

  constructor(set: ColumnSet) {
    this.#builders = columnSets[set].map((column: Column) => [column, builderOf(column)] as const);
  }

  /** How many accounts it has. */
  get count(): number {
    return this.#count;
  }

  add(account: Account): void {
    for (const [, builder] of this.#builders) builder.add(account);
    this.#count += 1;
  }

  columns(): ReadonlyMap<Column, DerivedValues> {
    return new Map(this.#builders.map(([column, builder]) => [column, builder.values()] as const));
  }
}
