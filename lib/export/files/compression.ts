/** Compression of a stream of bytes. */

/** Gzip of everything that is added, in order. */
export interface Compression {
  /** A buffer for the next bytes: one whose bytes were compressed before, if there is one. */
  buffer(): Uint8Array<ArrayBuffer>;
  /** Compresses the bytes. The caller must not use their buffer afterwards. */
  add(bytes: Uint8Array<ArrayBuffer>): void;
  /** Waits until more bytes may be added. @throws what made the compression fail */
  ready(): Promise<void>;
  /** Waits until all bytes are compressed. @throws what made the compression fail */
  end(): Promise<void>;
}

/** Starts a compression; `output` gets the compressed bytes in order. */
export type Compress = (output: (compressed: Uint8Array<ArrayBuffer>) => void) => Compression;

export const BUFFER_SIZE = 1 << 18;

/** Compresses with the browser's own compressor, in this thread. */
export const compressHere: Compress = (output) => {
  const stream = new CompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reading = (async () => {
    for (let reader = stream.readable.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return;
      output(value);
    }
  })();
  // A failed read aborts the writer, so that `ready` and `end` fail.
  reading.catch((error: unknown) => writer.abort(error).catch(() => undefined));
  let writing: Promise<void> = Promise.resolve();
  return {
    buffer: () => new Uint8Array(BUFFER_SIZE),
    add: (bytes) => {
      writing = writer.write(bytes);
      writing.catch(() => undefined);
    },
    ready: () => writing,
    end: async () => {
      await writer.close();
      await reading;
    },
  };
};
