/** Builds the derived column with which two lists are compared. Pure. */
import { hashText } from '../insight/text-hash.ts';
import { handleKey } from '../model/handles.ts';
import type { AccountColumns } from '../store/columns.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';
import { detailTexts, flagsAt, type DetailText } from './columns.ts';
import type { ColumnBuilder } from './pack.ts';

/** The hash of a text as columns contain it. */
export function detailHash(text: string): number {
  const hash = hashText(text) % 2 ** 32;
  return hash === UNKNOWN_WHOLE ? 0 : hash;
}

function textAt(page: AccountColumns, text: DetailText, row: number): string | null {
  const value = page[text]?.[row] ?? null;
  return text === 'handle' && value !== null ? handleKey(value) : value;
}

class Hashes {
  readonly values: number[] = [];
  isAnyKnown = false;
  readonly #text: DetailText;

  constructor(text: DetailText) {
    this.#text = text;
  }

  add(page: AccountColumns, from: number, to: number): void {
    for (let row = from; row < to; row += 1) {
      const text = textAt(page, this.#text, row);
      if (text !== null) this.isAnyKnown = true;
      this.values.push(text === null ? UNKNOWN_WHOLE : detailHash(text));
    }
  }
}

/** Builds the column with details to compare. */
export class DetailBuilder implements ColumnBuilder {
  readonly #texts = detailTexts.map((text) => [text, new Hashes(text)] as const);
  readonly #flags: number[] = [];

  add(page: AccountColumns, from: number, to: number): void {
    for (const [, hashes] of this.#texts) hashes.add(page, from, to);
    for (let row = from; row < to; row += 1) this.#flags.push(flagsAt(page, row));
  }

  values(): DerivedValues {
    const known = this.#texts.filter(([, { isAnyKnown }]) => isAnyKnown);
    const rows = this.#flags.length;
    const hashes = new Uint32Array(known.length * rows);
    for (const [at, [, { values }]] of known.entries()) hashes.set(values, at * rows);
    return {
      kind: 'details',
      texts: known.map(([text]) => text),
      hashes,
      flags: Uint8Array.from(this.#flags),
    };
  }
}
