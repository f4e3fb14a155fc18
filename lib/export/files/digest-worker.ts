/** Computes the SHA-256 of a file while it is written. The browser's own digest needs the whole file in memory. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const hash = sha256.create();

self.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | null>) => {
  if (data === null) postMessage(bytesToHex(hash.digest()));
  else {
    hash.update(data);
    // The buffer is reused.
    postMessage(data.buffer, { transfer: [data.buffer] });
  }
};
