/** How a list of a backup stands to the list of the same id that is there. */
import type { Archive, FrozenList } from '../store/archive.ts';
import { fillLines, pageLines, type ContentLine } from './content.ts';

export type Standing =
  | 'same'
  /** What is there goes on from it. */
  | 'shorter'
  /** It goes on from what is there. */
  | 'longer'
  /** They part. */
  | 'different';

/** Compares line by line while a backup is read: neither is ever in memory. */
export class Comparison {
  readonly own: FrozenList;
  readonly #pages: AsyncGenerator<ContentLine, undefined>;
  readonly #fills: AsyncGenerator<ContentLine, undefined>;
  #ownFills = 0;
  #theirPages = 0;
  #theirFills = 0;
  #part = false;

  constructor(archive: Archive, own: FrozenList) {
    this.own = own;
    this.#pages = pageLines(archive, own);
    this.#fills = fillLines(archive, own);
  }

  async page(line: string): Promise<void> {
    this.#theirPages += 1;
    if (this.#part || this.#theirPages > this.own.snapshot.pages) return;
    const own = await this.#pages.next();
    this.#part = own.done === true || own.value.line !== line;
  }

  async fill(line: string): Promise<void> {
    this.#theirFills += 1;
    if (this.#part || this.#ownFills < this.#theirFills - 1) return;
    const own = await this.#fills.next();
    if (own.done === true) return;
    this.#ownFills += 1;
    this.#part = own.value.line !== line;
  }

  /** To be called when the list of the backup has ended. */
  async standing(): Promise<Standing> {
    for await (const _ of this.#fills) this.#ownFills += 1;
    const pages = this.#theirPages - this.own.snapshot.pages;
    const fills = this.#theirFills - this.#ownFills;
    if (this.#part || pages * fills < 0) return 'different';
    if (pages === 0 && fills === 0) return 'same';
    return pages + fills > 0 ? 'longer' : 'shorter';
  }

  /** How many fills are there: those of the backup beyond them are new. */
  get ownFills(): number {
    return this.#ownFills;
  }
}
