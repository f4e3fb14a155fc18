/** Counts entries of a page that were not as the provider's contract describes them. */
import { unexpectedKinds, type UnexpectedEntries, type UnexpectedKind } from '../model/unexpected.ts';

export class UnexpectedCounter {
  readonly #counts = new Map<UnexpectedKind, number>();

  add(kind: UnexpectedKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Counts an entry once if one of its parts is a list where an object is expected. */
  addListsForObjects(value: unknown, names: readonly string[]): void {
    if (typeof value !== 'object' || value === null) return;
    const parts = Array.isArray(value)
      ? [value]
      : names.map((name) => Object.entries(value).find(([key]) => key === name)?.[1] as unknown);
    if (parts.some(Array.isArray)) this.add('list-for-object');
  }

  /** To spread into a page; empty if nothing was counted. */
  get counted(): { readonly unexpected?: UnexpectedEntries } {
    if (this.#counts.size === 0) return {};
    const entries = unexpectedKinds.flatMap((kind) => {
      const n = this.#counts.get(kind);
      return n === undefined ? [] : [[kind, n] as const];
    });
    return { unexpected: Object.fromEntries(entries) };
  }
}
