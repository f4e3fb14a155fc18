/**
 * The shared strings of an Excel file, to which cells refer by number. Apple Numbers, previews on phones, and some
 * converters show inline strings as blank, so texts are shared as long as there is space. The table is written after the
 * sheets and held in memory until then, so its size is limited. When it is full, texts are written inline.
 */
import { Output } from './byte-buffer.ts';
import { writeXmlText } from './xlsx-text.ts';

/** The size limit of the table's XML in bytes. It is enough for the texts of about 80,000 accounts. */
const MAX_BYTES = 32 * 1024 * 1024;
const PART_SIZE = 1 << 20;
/** How many texts are remembered to find repeated ones, and how long they may be. */
const MAX_KNOWN = 4096;
const MAX_KNOWN_LENGTH = 64;

const OPEN = new TextEncoder().encode('<si>');
const CLOSE = new TextEncoder().encode('</si>');

export class SharedStrings {
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #output = new Output({
    write: (bytes) => this.#parts.push(bytes),
    buffer: () => new Uint8Array(PART_SIZE),
  });
  readonly #known = new Map<string, number>();
  readonly #maxBytes: number;
  #texts = 0;
  #uses = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** How many cells refer to the table. */
  get uses(): number {
    return this.#uses;
  }

  /** How many texts the table has. */
  get size(): number {
    return this.#texts;
  }

  /**
   * The number of a text; -1 if the table is full.
   * @param mayRepeat whether the text is likely to occur more than once
   */
  index(text: string, mayRepeat: boolean): number {
    const isRemembered = mayRepeat && text.length <= MAX_KNOWN_LENGTH;
    const known = isRemembered ? this.#known.get(text) : undefined;
    if (known !== undefined) {
      this.#uses += 1;
      return known;
    }
    if (this.#output.size > this.#maxBytes) return -1;
    const index = this.#add(text);
    if (isRemembered && this.#known.size < MAX_KNOWN) this.#known.set(text, index);
    return index;
  }

  /** The number of a text that is added even if the table is full. Use it for few texts only. */
  always(text: string, uses = 1): number {
    this.#uses += uses - 1;
    const known = this.#known.get(text);
    if (known !== undefined) {
      this.#uses += 1;
      return known;
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

  /** The XML of all texts in parts. Each part is released when it is returned. */
  *parts(): Generator<Uint8Array<ArrayBuffer>> {
    this.#output.flush();
    for (let part = this.#parts.shift(); part !== undefined; part = this.#parts.shift()) yield part;
  }
}
