/** The worker that writes one export. Synchronous file handles are available only in workers, and no page is blocked. */
import { openStore } from '../../store/index.ts';
import { encoderOf, graphEncoderOf } from '../encoders.ts';
import { graphFormatById } from '../formats.ts';
import type { ExportState } from './job.ts';
import { createCompressionWorkers } from '../files/compress-in-worker.ts';
import { ListDeletedError } from '../rows/read-list.ts';
import type { Scratch } from '../rows/reorder.ts';
import { createTemporary, openTemporary, type Temporary } from '../files/temporary.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';
import { writeGraph } from './write-graph.ts';
import { writeList, type WriteListOptions } from './write-list.ts';
import { writeZip } from './write-zip.ts';
import type { FileRemarks } from '../format.ts';

/** Available only in workers, and therefore missing in the types for pages. */
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

/** Milliseconds between progress messages. */
const PROGRESS_INTERVAL = 500;
/** Bytes per write. */
const PART_SIZE = 1 << 19;
/** How many parts may wait for the digest. */
const MAX_WAITING = 4;

function send(message: FromWorker): void {
  postMessage(message);
}

function quotaError(message: string): DOMException {
  return new DOMException(message, 'QuotaExceededError');
}

/** Writes all bytes. A handle may write fewer bytes than it is given, which means that the disk is full. */
function writeAll(handle: SyncHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  if (handle.write(bytes, { at }) !== bytes.length)
    throw quotaError('The file system wrote fewer bytes than requested.');
}

/**
 * Enforces the storage quota. With unlimited storage, synchronous handles don't enforce it themselves, and would write
 * until the disk is full.
 */
async function createQuota(): Promise<(bytes: number) => void> {
  const { quota, usage = 0 } = await navigator.storage.estimate();
  let available = quota === undefined ? Infinity : quota - usage;
  return (bytes) => {
    available -= bytes;
    if (available < 0) throw quotaError('The storage quota is exceeded.');
  };
}

/** Computes the digest of the file in another worker, so that this one can continue. */
class Digest {
  readonly #worker = new Worker(new URL('../files/digest-worker.ts', import.meta.url), { type: 'module' });
  readonly #result = Promise.withResolvers<string>();
  readonly #spare: ArrayBuffer[] = [];
  #waiting = 0;
  #released = Promise.withResolvers<undefined>();

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') {
        this.#result.resolve(data);
        return;
      }
      this.#spare.push(data);
      this.#waiting -= 1;
      this.#released.resolve(undefined);
      this.#released = Promise.withResolvers<undefined>();
    };
    this.#worker.onerror = ({ message }) => {
      this.#result.reject(new Error(message));
      this.#released.reject(new Error(message));
    };
    // `end` reports the error.
    this.#result.promise.catch(() => undefined);
  }

  /** Adds bytes. The caller must not use their buffer afterwards. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting += 1;
    this.#worker.postMessage(bytes, [bytes.buffer]);
  }

  /** A buffer for the next bytes: one that was digested, or a new one. */
  buffer(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(PART_SIZE));
  }

  /** Waits until more bytes may be added. */
  async ready(): Promise<void> {
    while (this.#waiting > MAX_WAITING) await this.#released.promise;
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
  reserve: (bytes: number) => void,
): Promise<Scratch & { close(): void }> {
  const handle = await temporary.handle.createSyncAccessHandle();
  let size = 0;
  return {
    append: (bytes) => {
      const at = size;
      reserve(bytes.length);
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
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', why: name === 'QuotaExceededError' ? 'no-room' : 'broken', said: message };
}

/** One table, or an archive of several. */
function writeTables(options: WriteListOptions): Promise<FileRemarks> {
  return options.job.parts === undefined ? writeList(options) : writeZip(options);
}

const cancellation = new AbortController();

async function write({ job, positions, temporary }: Extract<ToWorker, { kind: 'write' }>): Promise<void> {
  const { format } = job.order;
  const isGraph = graphFormatById(format) !== undefined;
  const store = openStore();
  const digest = new Digest();
  const compression = createCompressionWorkers();
  const scratchFiles: { remove(): Promise<void> }[] = [];
  const handle = await (await openTemporary(temporary)).createSyncAccessHandle();
  const reserve = await createQuota();
  let size = 0;
  let sentAt = 0;
  try {
    const options: Omit<WriteListOptions, 'encode'> = {
      store,
      job,
      positions,
      target: {
        write: (bytes) => {
          reserve(bytes.length);
          writeAll(handle, bytes, size);
          size += bytes.length;
          digest.add(bytes);
        },
        buffer: () => digest.buffer(),
      },
      compress: compression.compress,
      scratch: async () => {
        const file = await createTemporary();
        const scratch = await openScratch(file, reserve);
        scratchFiles.push({
          remove: async () => {
            scratch.close();
            await file.remove();
          },
        });
        return scratch;
      },
      signal: cancellation.signal,
      onProgress: (rows) => {
        if (performance.now() - sentAt > PROGRESS_INTERVAL) {
          sentAt = performance.now();
          send({ kind: 'progress', rows });
        }
        return digest.ready();
      },
    };
    const remarks = isGraph
      ? await writeGraph({ ...options, encode: await graphEncoderOf(format) })
      : await writeTables({ ...options, encode: await encoderOf(format) });
    handle.close();
    send({ kind: 'written', bytes: size, sha256: await digest.end(), remarks });
  } finally {
    handle.close();
    digest.close();
    compression.close();
    for (const file of scratchFiles) await file.remove();
    store.close();
  }
}

/** The page that writes exports is from the same build, so the kind of a message tells its shape. */
function isToWorker(message: unknown): message is ToWorker {
  return (
    typeof message === 'object' &&
    message !== null &&
    'kind' in message &&
    (message.kind === 'write' || message.kind === 'cancel')
  );
}

/** @returns receives the messages of the page that writes exports */
export function serveExport(): (message: unknown) => void {
  return (message) => {
    if (!isToWorker(message)) throw new TypeError('The worker that writes exports got an unknown message.');
    switch (message.kind) {
      case 'cancel':
        cancellation.abort();
        return;
      case 'write':
        write(message).catch((error: unknown) => {
          send({ kind: 'over', state: failureOf(error) });
        });
    }
  };
}
