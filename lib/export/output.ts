/** The bytes of a file, gathered to about a megabyte before they are written. */

/**
 * Where bytes go, from front to end. The buffer is the target's from then on.
 * @throws DOMException `QuotaExceededError` when there is no room
 */
export type Target = (bytes: Uint8Array<ArrayBuffer>) => void;

const ROOM = 1 << 20;

export class Output {
  readonly #target: Target;
  readonly #encoder = new TextEncoder();
  #buffer = new Uint8Array(ROOM);
  #used = 0;
  #written = 0;

  constructor(target: Target) {
    this.#target = target;
  }

  /** How many bytes the file has so far. */
  get size(): number {
    return this.#written + this.#used;
  }

  text(text: string): void {
    // A character has three bytes of UTF-8 at most for each unit of UTF-16.
    if (text.length * 3 <= ROOM - this.#used) {
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
    if (bytes.length > ROOM - this.#used) this.flush();
    if (bytes.length >= ROOM) {
      this.#target(bytes.slice());
      this.#written += bytes.length;
      return;
    }
    this.#buffer.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** Hands over what was gathered. */
  flush(): void {
    if (this.#used === 0) return;
    const full = this.#buffer.subarray(0, this.#used);
    this.#buffer = new Uint8Array(ROOM);
    this.#target(full);
    this.#written += this.#used;
    this.#used = 0;
  }
}
