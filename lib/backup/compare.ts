/** Compares a list of a backup with the stored list that has the same ID. */
import type { Archive, FrozenList } from '../store/archive.ts';
import { fillLines, pageLines, type ContentLine } from './content.ts';

export type Standing =
  | 'same'
  /** The stored list continues the backup's. */
  | 'shorter'
  /** The backup's list continues the stored one. */
  | 'longer'
  /** They differ. */
  | 'different';

/** Compares line by line while a backup is read, so that neither list is in memory. */
export class Comparison {
  readonly own: FrozenList;
  readonly #pages: AsyncGenerator<ContentLine, undefined>;
  readonly #fills: AsyncGenerator<ContentLine, undefined>;
  #ownFills = 0;
  #theirPages = 0;
  #theirFills = 0;
  #differs = false;

  constructor(archive: Archive, local: FrozenList) {
    this.own = local;
    this.#pages = pageLines(archive, local);
    this.#fills = fillLines(archive, local);
  }

  async page(line: string): Promise<void> {
    this.#theirPages += 1;
    if (this.#differs || this.#theirPages > this.own.snapshot.pages) return;
    const local = await this.#pages.next();
    this.#differs = local.done === true || local.value.line !== line;
  }

  async fill(line: string): Promise<void> {
    this.#theirFills += 1;
    if (this.#differs || this.#ownFills < this.#theirFills - 1) return;
    const local = await this.#fills.next();
    if (local.done === true) return;
    this.#ownFills += 1;
    this.#differs = local.value.line !== line;
  }

  /** To be called after the last line of the list. */
  async standing(): Promise<Standing> {
    for await (const _ of this.#fills) this.#ownFills += 1;
    const pages = this.#theirPages - this.own.snapshot.pages;
    const fills = this.#theirFills - this.#ownFills;
    if (this.#differs || pages * fills < 0) return 'different';
    if (pages === 0 && fills === 0) return 'same';
    return pages + fills > 0 ? 'longer' : 'shorter';
  }

  /** How many fills are stored. The backup's fills after these are new. */
  get ownFills(): number {
    return this.#ownFills;
  }
}
