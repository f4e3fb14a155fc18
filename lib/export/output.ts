/** The bytes of a file, gathered in a buffer before they are written. */

/** Where bytes go, from front to end. */
export interface Target {
  /**
   * The buffer is the target's from then on.
   * @throws DOMException `QuotaExceededError` when there is no room
   */
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** A buffer to gather bytes in: one that was used before, if there is one. */
  buffer(): Uint8Array<ArrayBuffer>;
}

export class Output {
  readonly #target: Target;
  readonly #encoder = new TextEncoder();
  #buffer: Uint8Array<ArrayBuffer>;
  #used = 0;
  #written = 0;

  constructor(target: Target) {
    this.#target = target;
    this.#buffer = target.buffer();
  }

  /** How many bytes the file has so far. */
  get size(): number {
    return this.#written + this.#used;
  }

  text(text: string): void {
    // A character has three bytes of UTF-8 at most for each unit of UTF-16.
    if (text.length * 3 <= this.#buffer.length - this.#used) {
      this.#used += this.#encoder.encodeInto(text, this.#buffer.subarray(this.#used)).written;
      return;
    }
    for (let rest = text; rest !== '';) {
      const { read, written } = this.#encoder.encodeInto(rest, this.#buffer.subarray(this.#used));
      this.#used += written;
      rest = rest.slice(read);
      if (rest !== '') this.flush();
    }
  }

  bytes(bytes: Uint8Array<ArrayBuffer>): void {
    if (bytes.length > this.#buffer.length - this.#used) this.flush();
    if (bytes.length > this.#buffer.length) {
      for (let at = 0; at < bytes.length; at += this.#buffer.length) {
        this.bytes(bytes.subarray(at, at + this.#buffer.length));
      }
      return;
    }
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Hands over what was gathered. */
  flush(): void {
    if (this.#used === 0) return;
    const full = this.#buffer.subarray(0, this.#used);
    this.#written += this.#used;
    this.#target.write(full);
    this.#buffer = this.#target.buffer();
    this.#used = 0;
  }
}
