/** Builds the derived columns with which two lists are compared. Pure. */
import { hashText } from '../insight/text-hash.ts';
import { handleKey } from '../model/handles.ts';
import type { AccountColumns } from '../store/columns.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';
import type { DetailColumn } from './columns.ts';
import type { ColumnBuilder } from './pack.ts';

const TEXTS = {
  'hash:handle': (page, row) => {
    const handle = page.handle?.[row] ?? null;
    return handle === null ? null : handleKey(handle);
  },
  'hash:name': (page, row) => page.name?.[row] ?? null,
  'hash:bio': (page, row) => page.bio?.[row] ?? null,
  'hash:location': (page, row) => page.location?.[row] ?? null,
  'hash:website': (page, row) => page.website?.[row] ?? null,
  'hash:verifiedType': (page, row) => page.verifiedType?.[row] ?? null,
} as const satisfies Readonly<Record<DetailColumn, (page: AccountColumns, row: number) => string | null>>;

/** The hash of a text as columns contain it. */
export function detailHash(text: string): number {
  const hash = hashText(text) % 2 ** 32;
  return hash === UNKNOWN_WHOLE ? 0 : hash;
}

class Hashes implements ColumnBuilder {
  readonly #text: (page: AccountColumns, row: number) => string | null;
  readonly #values: number[] = [];
  #anyKnown = false;

  constructor(text: (page: AccountColumns, row: number) => string | null) {
    this.#text = text;
  }

  add(page: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      const text = this.#text(page, row);
      if (text !== null) this.#anyKnown = true;
      this.#values.push(text === null ? UNKNOWN_WHOLE : detailHash(text));
    }
  }

  values(): DerivedValues {
    return this.#anyKnown ? { kind: 'numbers', of: Uint32Array.from(this.#values) } : { kind: 'nothing' };
  }
}

/** A builder of one of the columns with details to compare. */
export function detailBuilder(column: DetailColumn): ColumnBuilder {
  return new Hashes(TEXTS[column]);
}
