/** Packing in a second thread, so that this one goes on. */
import { PACKED_AT_ONCE, type Packing } from './compression.ts';
import type { FromPacker, ToPacker } from '../jobs/worker-messages.ts';

/** Buffers that may wait for being packed. */
const WAITING = 4;

export interface Packers {
  /** As {@link Pack}. */
  readonly pack: (take: (packed: Uint8Array<ArrayBuffer>) => void) => Packing;
  /** Ends the threads. */
  close(): void;
}

export function packInThreads(): Packers {
  const workers = new Set<Worker>();

  function pack(take: (packed: Uint8Array<ArrayBuffer>) => void): Packing {
    const worker = new Worker(new URL('./compression-worker.ts', import.meta.url), { type: 'module' });
    workers.add(worker);
    const spare: ArrayBuffer[] = [];
    const ended = Promise.withResolvers<undefined>();
    // Whoever waits hears of it.
    ended.promise.catch(() => undefined);
    let waiting = 0;
    let room = Promise.withResolvers<undefined>();
    let failed: Error | null = null;
    const fail = (error: Error): void => {
      failed = error;
      ended.reject(error);
      room.resolve(undefined);
    };
    worker.onmessage = ({ data }: MessageEvent<FromPacker>) => {
      switch (data.kind) {
        case 'packed':
          try {
            take(data.packed);
          } catch (error) {
            fail(error instanceof Error ? error : new Error(String(error)));
          }
          return;
        case 'spare':
          spare.push(data.buffer);
          waiting -= 1;
          room.resolve(undefined);
          room = Promise.withResolvers<undefined>();
          return;
        case 'end':
          workers.delete(worker);
          worker.terminate();
          ended.resolve(undefined);
      }
    };
    worker.onerror = ({ message }) => {
      fail(new Error(message));
    };
    const send = (message: ToPacker, transfer: Transferable[]): void => {
      worker.postMessage(message, transfer);
    };
    return {
      buffer: () => new Uint8Array(spare.pop() ?? new ArrayBuffer(PACKED_AT_ONCE)),
      add: (bytes) => {
        waiting += 1;
        send(bytes, [bytes.buffer]);
      },
      room: async () => {
        while (waiting > WAITING && failed === null) await room.promise;
        if (failed !== null) throw failed;
      },
      end: async () => {
        send(null, []);
        await ended.promise;
      },
    };
  }

  return {
    pack,
    close: () => {
      for (const worker of workers) worker.terminate();
      workers.clear();
    },
  };
}
