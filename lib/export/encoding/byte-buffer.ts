/** Buffers the bytes of a file before they are written. */
import { MAX_BYTES_PER_UNIT, writeBytes, writeText, type Escapes } from './write-bytes.ts';

/** Receives the bytes of a file in order. */
export interface Target {
  /**
   * The caller must not use the buffer afterwards.
   * @throws DOMException `QuotaExceededError` if the disk is full
   */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** A buffer of at least {@link MIN_BUFFER} bytes for the next bytes: a used one, if there is one. */
  buffer(): Uint8Array<ArrayBuffer>;
}

export const MIN_BUFFER = 1 << 16;
/** Longer texts are written in parts, so that each part fits into a buffer. */
const MAX_UNITS = 8192;

export class Output {
  readonly #target: Target;
  #buffer: Uint8Array<ArrayBuffer>;
  #written = 0;
  /** The index of the next byte in the buffer. Callers that write to the buffer of {@link reserve} must advance it. */
  at = 0;

  constructor(target: Target) {
    this.#target = target;
    this.#buffer = target.buffer();
  }

  /** How many bytes the file has so far. */
  get size(): number {
    return this.#written + this.at;
  }

  /** The buffer, with space for this many bytes (at length {@link MIN_BUFFER}) from `at` on. */
  reserve(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.#buffer.length - this.at) this.flush();
    return this.#buffer;
  }

  /** Writes text in UTF-8, with some characters replaced. */
  text(text: string, escapes: Escapes | null = null): void {
    if (text.length <= MAX_UNITS) {
      const into = this.reserve(text.length * MAX_BYTES_PER_UNIT);
      this.at = writeText(into, this.at, text, escapes);
      return;
    }
    for (let from = 0; from < text.length;) {
      const part = text.slice(from, from + MAX_UNITS);
      // Surrogate pairs must not be split.
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

  /** Writes the buffered bytes to the target. */
  flush(): void {
    if (this.at === 0) return;
    const full = this.#buffer.subarray(0, this.at);
    this.#written += this.at;
    this.#target.write(full);
    this.#buffer = this.#target.buffer();
    this.at = 0;
  }
}
