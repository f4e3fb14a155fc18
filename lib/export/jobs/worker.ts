/** The thread that writes one export: file handles that write at once exist in workers alone, and no page waits for it. */
import { openStore } from '../../store/index.ts';
import { encoderOf } from '../encoders.ts';
import type { ExportState } from './job.ts';
import { createCompressionWorkers } from '../files/compress-in-worker.ts';
import { ListDeletedError } from '../rows/read-list.ts';
import type { Scratch } from '../rows/reorder.ts';
import { createTemporary, openTemporary, type Temporary } from '../files/temporary.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import { writeList } from './write-list.ts';

/** Workers have it; the types of pages do not. */
interface SyncHandle {
  read(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  write(buffer: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  close(): void;
}
declare global {
  interface FileSystemFileHandle {
    createSyncAccessHandle(): Promise<SyncHandle>;
  }
}

/** A page is told so often. */
const TELL_EVERY = 500;
/** What is written at once. */
const PART = 1 << 19;
/** Parts of the file that may wait for being digested. */
const WAITING = 4;

function tell(message: FromWorker): void {
  postMessage(message);
}

function full(why: string): DOMException {
  return new DOMException(why, 'QuotaExceededError');
}

/** Writes all bytes, or throws as a full disk does: a handle may write less than it is given. */
function writeAll(handle: SyncHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  if (handle.write(bytes, { at }) !== bytes.length) throw full('The disk took less than it was given.');
}

/**
 * What the browser has room for, counted down. Its handles do not keep to that themselves where storage is unlimited,
 * and would write until the disk is full to the brim.
 */
async function countRoom(): Promise<(bytes: number) => void> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  let left = quota === undefined ? Infinity : quota - usage;
  return (bytes) => {
    left -= bytes;
    if (left < 0) throw full('The browser has no more room.');
  };
}

/** A second thread that takes the digest of the file while this one goes on. */
class Digest {
  readonly #worker = new Worker(new URL('../files/digest-worker.ts', import.meta.url), { type: 'module' });
  readonly #result = Promise.withResolvers<string>();
  readonly #spare: ArrayBuffer[] = [];
  #waiting = 0;
  #room = Promise.withResolvers<undefined>();

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') {
        this.#result.resolve(data);
        return;
      }
      this.#spare.push(data);
      this.#waiting -= 1;
      this.#room.resolve(undefined);
      this.#room = Promise.withResolvers<undefined>();
    };
    this.#worker.onerror = ({ message }) => {
      this.#result.reject(new Error(message));
      this.#room.reject(new Error(message));
    };
    // Whoever waits hears of it.
    this.#result.promise.catch(() => undefined);
  }

  /** Takes the bytes over. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting += 1;
    this.#worker.postMessage(bytes, [bytes.buffer]);
  }

  /** A buffer that was digested, or a new one. */
  buffer(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(PART));
  }

  async room(): Promise<void> {
    while (this.#waiting > WAITING) await this.#room.promise;
  }

  /** @returns SHA-256 in hex */
  async end(): Promise<string> {
    this.#worker.postMessage(null);
    return this.#result.promise;
  }

  close(): void {
    this.#worker.terminate();
  }
}

async function openScratch(
  temporary: Temporary,
  take: (bytes: number) => void,
): Promise<Scratch & { close(): void }> {
  const handle = await temporary.handle.createSyncAccessHandle();
  let size = 0;
  return {
    append: (bytes) => {
      const at = size;
      take(bytes.length);
      writeAll(handle, bytes, at);
      size += bytes.length;
      return at;
    },
    read: (at, length) => {
      const bytes = new Uint8Array(length);
      if (handle.read(bytes, { at }) !== length) throw new TypeError('The scratch file is too short.');
      return bytes;
    },
    close: () => {
      handle.close();
    },
  };
}

function failureOf(error: unknown): Extract<ExportState, { kind: 'failed' | 'cancelled' }> {
  if (error instanceof ListDeletedError) return { kind: 'failed', why: 'list-gone', said: null };
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError') return { kind: 'cancelled' };
  const said = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', why: name === 'QuotaExceededError' ? 'no-room' : 'broken', said };
}

const ending = new AbortController();

async function write({ job, positions, temporary }: Extract<ToWorker, { kind: 'write' }>): Promise<void> {
  const encode = await encoderOf(job.order.format);
  const store = openStore();
  const digest = new Digest();
  const packers = createCompressionWorkers();
  const held: { remove(): Promise<void> }[] = [];
  const handle = await (await openTemporary(temporary)).createSyncAccessHandle();
  const take = await countRoom();
  let size = 0;
  let told = 0;
  try {
    const remarks = await writeList({
      store,
      job,
      encode,
      positions,
      target: {
        write: (bytes) => {
          take(bytes.length);
          writeAll(handle, bytes, size);
          size += bytes.length;
          digest.add(bytes);
        },
        buffer: () => digest.buffer(),
      },
      compress: packers.compress,
      scratch: async () => {
        const file = await createTemporary();
        const scratch = await openScratch(file, take);
        held.push({
          remove: async () => {
            scratch.close();
            await file.remove();
          },
        });
        return scratch;
      },
      signal: ending.signal,
      onProgress: (rows) => {
        if (performance.now() - told > TELL_EVERY) {
          told = performance.now();
          tell({ kind: 'progress', rows });
        }
        return digest.room();
      },
    });
    handle.close();
    tell({ kind: 'written', bytes: size, sha256: await digest.end(), remarks });
  } finally {
    handle.close();
    digest.close();
    packers.close();
    for (const file of held) await file.remove();
    store.close();
  }
}

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'cancel':
      ending.abort();
      return;
    case 'write':
      write(data).catch((error: unknown) => {
        tell({ kind: 'over', state: failureOf(error) });
      });
  }
};
