/** Builds the derived columns that describe the audience. Pure. */
import { isDefaultPicture } from '../insight/default-picture.ts';
import { packHandle } from '../insight/handle-shape.ts';
import { scriptOf } from '../insight/script.ts';
import { eachTerm } from '../insight/terms.ts';
import { hashText } from '../insight/text-hash.ts';
import type { AccountColumns } from '../store/columns.ts';
import type { DerivedValues, Words } from '../store/derived.ts';
import { isValueColumn, truth, type AudienceColumn, type ValueColumn } from './columns.ts';
import { foldText } from './fold.ts';
import type { ColumnBuilder } from './pack.ts';

/** Numbers different values in the order in which they are first stated. */
class WordList {
  readonly #numbers = new Map<string, number>();
  readonly #spelled: string[] | null;

  constructor(isSpelled: boolean) {
    this.#spelled = isSpelled ? [] : null;
  }

  get count(): number {
    return this.#numbers.size;
  }

  /** The number of a value, counted from 0. */
  numberOf(key: string, stated: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    this.#spelled?.push(stated.replace(/\s+/g, ' ').trim());
    return number;
  }

  words(): Words {
    return {
      count: this.#numbers.size,
      keys: Array.from(this.#numbers.keys()).join('\n'),
      spelled: this.#spelled?.join('\n') ?? null,
    };
  }
}

class Values implements ColumnBuilder {
  readonly #stated: (page: AccountColumns, row: number) => string | null;
  readonly #list = new WordList(true);
  readonly #of: number[] = [];

  constructor(column: ValueColumn) {
    this.#stated = column === 'value:script' ? scriptAt : (page, row) => page[FIELDS[column]]?.[row] ?? null;
  }

  add(page: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      const stated = this.#stated(page, row);
      const key = stated === null ? '' : foldText(stated);
      this.#of.push(stated === null || key === '' ? 0 : this.#list.numberOf(key, stated) + 1);
    }
  }

  values(): DerivedValues {
    if (this.#list.count === 0) return { kind: 'nothing' };
    return { kind: 'values', words: this.#list.words(), of: Uint16Array.from(this.#of) };
  }
}

const FIELDS = {
  'value:location': 'location',
  'value:language': 'language',
  'value:region': 'region',
  'value:verifiedType': 'verifiedType',
} as const;

function scriptAt({ name, bio }: AccountColumns, row: number): string | null {
  return scriptOf(`${name?.[row] ?? ''} ${bio?.[row] ?? ''}`);
}

/** Numbers above this need 32 bits. */
const MAX_SHORT = 0xffff;

class Terms implements ColumnBuilder {
  readonly #list = new WordList(false);
  readonly #starts: number[] = [0];
  readonly #of: number[] = [];

  add({ bio: bios }: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      const bio = bios?.[row] ?? '';
      if (bio !== '') this.#addBio(bio);
      this.#starts.push(this.#of.length);
    }
  }

  #addBio(bio: string): void {
    const first = this.#of.length;
    eachTerm(bio, foldText(bio), (term) => {
      const number = this.#list.numberOf(term, term);
      if (!this.#of.includes(number, first)) this.#of.push(number);
    });
  }

  values(): DerivedValues {
    if (this.#list.count === 0) return { kind: 'nothing' };
    const of = this.#list.count > MAX_SHORT ? Uint32Array.from(this.#of) : Uint16Array.from(this.#of);
    return { kind: 'terms', words: this.#list.words(), starts: Uint32Array.from(this.#starts), of };
  }
}

class BioHashes implements ColumnBuilder {
  readonly #values: number[] = [];

  add({ bio: bios }: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      const folded = foldText(bios?.[row] ?? '');
      this.#values.push(folded === '' ? NaN : hashText(folded));
    }
  }

  values(): DerivedValues {
    if (this.#values.every(Number.isNaN)) return { kind: 'nothing' };
    return { kind: 'numbers', of: Float64Array.from(this.#values) };
  }
}

class Codes implements ColumnBuilder {
  readonly #code: (page: AccountColumns, row: number) => number;
  readonly #values: number[] = [];

  constructor(code: (page: AccountColumns, row: number) => number) {
    this.#code = code;
  }

  add(page: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) this.#values.push(this.#code(page, row));
  }

  values(): DerivedValues {
    return { kind: 'flags', of: Uint8Array.from(this.#values) };
  }
}

/** A builder of one of the columns that describe the audience. */
export function audienceBuilder(column: AudienceColumn): ColumnBuilder {
  if (isValueColumn(column)) return new Values(column);
  switch (column) {
    case 'terms':
      return new Terms();
    case 'bioHash':
      return new BioHashes();
    case 'handleShape':
      return new Codes(({ handle }, row) => packHandle(handle?.[row] ?? null));
    case 'picture':
      return new Codes(({ avatarUrl }, row) => truth(isDefaultPicture(avatarUrl?.[row] ?? null)));
  }
}
