/** SHA-256 of a file while it is written: the browser's own digest wants the whole file in memory. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

export interface Digested {
  /** The same bytes, counted as they pass. */
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** What has passed: to be read when all of it has. SHA-256 in hex. */
  readonly result: () => { readonly bytes: number; readonly sha256: string };
}

/** Counts and digests bytes on their way. */
export function digested(source: AsyncIterable<Uint8Array<ArrayBuffer>>): Digested {
  const hash = sha256.create();
  let size = 0;
  async function* passing(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const part of source) {
      hash.update(part);
      size += part.byteLength;
      yield part;
    }
  }
  return {
    bytes: passing(),
    result: () => ({ bytes: size, sha256: bytesToHex(hash.clone().digest()) }),
  };
}
