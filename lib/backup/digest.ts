/** Incremental SHA-256 of lines. The browser's own digest needs everything at once. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

export class LinesDigest {
  readonly #hash = sha256.create();

  /** Adds a line and its line feed. @returns the bytes of both */
  add(line: string): Uint8Array<ArrayBuffer> {
    const bytes = encoder.encode(`${line}\n`);
    this.#hash.update(bytes);
    return bytes;
  }

  /** The digest of all lines so far, in hex. */
  hex(): string {
    return bytesToHex(this.#hash.clone().digest());
  }
}
