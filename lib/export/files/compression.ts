/** Compressing bytes while more of them are made. */

/** Gzip of everything that is added, in order. */
export interface Packing {
  /** A buffer to gather bytes in: one that was packed before, if there is one. */
  buffer(): Uint8Array<ArrayBuffer>;
  /** The buffer is the packer's from then on. */
  add(bytes: Uint8Array<ArrayBuffer>): void;
  /** Waits until so much is packed that more may come. @throws what made packing fail */
  room(): Promise<void>;
  /** Waits until all is packed. @throws what made packing fail */
  end(): Promise<void>;
}

/** Begins to pack; `take` is given the packed bytes in order. */
export type Pack = (take: (packed: Uint8Array<ArrayBuffer>) => void) => Packing;

export const PACKED_AT_ONCE = 1 << 18;

/** Packs with the browser's own compressor, in this thread. */
export const packHere: Pack = (take) => {
  const stream = new CompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reading = (async () => {
    for (let reader = stream.readable.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return;
      take(value);
    }
  })();
  // What cannot be read ends what is written; whoever writes or ends hears of it.
  reading.catch((error: unknown) => writer.abort(error).catch(() => undefined));
  let writing: Promise<void> = Promise.resolve();
  return {
    buffer: () => new Uint8Array(PACKED_AT_ONCE),
    add: (bytes) => {
      writing = writer.write(bytes);
      writing.catch(() => undefined);
    },
    room: () => writing,
    end: async () => {
      await writer.close();
      await reading;
    },
  };
};
