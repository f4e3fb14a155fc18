/** The bytes of a file, gathered in a buffer before they are written. */
import { MAX_BYTES_PER_UNIT, writeBytes, writeText, type Escapes } from './write-bytes.ts';

/** Where bytes go, from front to end. */
export interface Target {
  /**
   * The buffer is the target's from then on.
   * @throws DOMException `QuotaExceededError` when there is no room
   */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** A buffer to gather bytes in, of {@link MIN_BUFFER} at least: one that was used before, if there is one. */
  buffer(): Uint8Array<ArrayBuffer>;
}

export const MIN_BUFFER = 1 << 16;
/** Longer texts are written a part at a time, so that each part has room in a buffer. */
const UNITS_AT_ONCE = 8192;

export class Output {
  readonly #target: Target;
  #buffer: Uint8Array<ArrayBuffer>;
  #written = 0;
  /** Where in the buffer the next byte goes. Who writes into what {@link reserve} gave moves it. */
  at = 0;

  constructor(target: Target) {
    this.#target = target;
    this.#buffer = target.buffer();
  }

  /** How many bytes the file has so far. */
  get size(): number {
    return this.#written + this.at;
  }

  /** The buffer, with room for so many bytes (at most {@link MIN_BUFFER}) from `at` on. */
  reserve(most: number): Uint8Array<ArrayBuffer> {
    if (most > this.#buffer.length - this.at) this.flush();
    return this.#buffer;
  }

  /** Writes text in UTF-8, with some characters replaced. */
  text(text: string, escapes: Escapes | null = null): void {
    if (text.length <= UNITS_AT_ONCE) {
      const into = this.reserve(text.length * MAX_BYTES_PER_UNIT);
      this.at = writeText(into, this.at, text, escapes);
      return;
    }
    for (let from = 0; from < text.length;) {
      const part = text.slice(from, from + UNITS_AT_ONCE);
      // A pair of surrogates stays together.
      const whole = part.isWellFormed() || part.length < 2 ? part : part.slice(0, -1);
      this.text(whole, escapes);
      from += whole.length;
    }
  }

  bytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length <= MIN_BUFFER) {
      this.at = writeBytes(this.reserve(bytes.length), this.at, bytes);
      return;
    }
    for (let from = 0; from < bytes.length; from += MIN_BUFFER) {
      this.bytes(bytes.subarray(from, from + MIN_BUFFER));
    }
  }

  /** Hands over what was gathered. */
  flush(): void {
    if (this.at === 0) return;
    const full = this.#buffer.subarray(0, this.at);
    this.#written += this.at;
    this.#target.write(full);
    this.#buffer = this.#target.buffer();
    this.at = 0;
  }
}
