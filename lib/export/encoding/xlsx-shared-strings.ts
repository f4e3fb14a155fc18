/**
 * The texts that cells of an Excel file refer to by number. Numbers, previews on phones and some converters show a text
 * that stands in its cell itself ("inline") as blank, so texts are kept here as long as there is room. The table is
 * written behind the sheets and held in memory until then, so it has a bound; what comes after it stands in its cell.
 */
import { Output } from './byte-buffer.ts';
import { writeXmlText } from './xlsx-text.ts';

/** Of the table's XML, in bytes: the texts of some 80,000 accounts. */
const MOST_BYTES = 32 * 1024 * 1024;
const PART = 1 << 20;
/** Texts that are looked for among those before, and how long one may be. */
const MOST_KNOWN = 4096;
const LONGEST_KNOWN = 64;

const OPEN = new TextEncoder().encode('<si>');
const CLOSE = new TextEncoder().encode('</si>');

export class SharedStrings {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #output = new Output({
    write: (bytes) => this.#parts.push(bytes),
    buffer: () => new Uint8Array(PART),
  });
  readonly #known = new Map<string, number>();
  readonly #most: number;
  #texts = 0;
  #uses = 0;

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  /** How many cells refer to a text of the table. */
  get uses(): number {
    return this.#uses;
  }

  /** How many texts it has. */
  get size(): number {
    return this.#texts;
  }

  /**
   * The number of a text; -1 where there is no room for it any more.
   * @param again whether the text may have come before, and is likely to come again
   */
  index(text: string, again: boolean): number {
    const knows = again && text.length <= LONGEST_KNOWN;
    const before = knows ? this.#known.get(text) : undefined;
    if (before !== undefined) {
      this.#uses += 1;
      return before;
    }
    if (this.#output.size > this.#most) return -1;
    const index = this.#add(text);
    if (knows && this.#known.size < MOST_KNOWN) this.#known.set(text, index);
    return index;
  }

  /** The number of a text that there is always room for: there are few of these. */
  always(text: string, uses = 1): number {
    this.#uses += uses - 1;
    const before = this.#known.get(text);
    if (before !== undefined) {
      this.#uses += 1;
      return before;
    }
    const index = this.#add(text);
    this.#known.set(text, index);
    return index;
  }

  #add(text: string): number {
    this.#output.bytes(OPEN);
    writeXmlText(this.#output, text);
    this.#output.bytes(CLOSE);
    this.#uses += 1;
    this.#texts += 1;
    return this.#texts - 1;
  }

  /** The XML of all texts, part by part; each is let go. */
  *parts(): Generator<Uint8Array<ArrayBuffer>> {
    this.#output.flush();
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) yield part;
  }
}
