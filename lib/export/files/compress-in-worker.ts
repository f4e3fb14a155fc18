/** Compression in a worker, so that the calling thread can continue. */
import { BUFFER_SIZE, type Compress, type Compression } from './compression.ts';
import type { FromCompressionWorker, ToCompressionWorker } from '../jobs/worker-messages.ts';

/** How many buffers may wait for compression. */
const MAX_WAITING = 4;

export interface CompressionWorkers {
  /** Compresses in a new worker. */
  readonly compress: Compress;
  /** Terminates the workers. */
  close(): void;
}

class WorkerCompression implements Compression {
  readonly #worker: Worker;
  readonly #output: (compressed: Uint8Array<ArrayBuffer>) => void;
  readonly #spare: ArrayBuffer[] = [];
  readonly #ended = Promise.withResolvers<undefined>();
  #waiting = 0;
  #released = Promise.withResolvers<undefined>();
  #error: Error | null = null;

  constructor(worker: Worker, output: (compressed: Uint8Array<ArrayBuffer>) => void) {
    this.#worker = worker;
    this.#output = output;
    worker.onmessage = ({ data }: MessageEvent<FromCompressionWorker>) => {
      this.#receive(data);
    };
    worker.onerror = ({ message }) => {
      this.#fail(new Error(message));
    };
    // `ready` and `end` report the error.
    this.#ended.promise.catch(() => undefined);
  }

  /** Resolves when all bytes are compressed, and rejects if that fails. */
  get ended(): Promise<unknown> {
    return this.#ended.promise;
  }

  buffer(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#spare.pop() ?? new ArrayBuffer(BUFFER_SIZE));
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#waiting += 1;
    this.#send(bytes, [bytes.buffer]);
  }

  async ready(): Promise<void> {
    while (this.#waiting > MAX_WAITING && this.#error === null) await this.#released.promise;
    if (this.#error !== null) throw this.#error;
  }

  async end(): Promise<void> {
    this.#send(null, []);
    await this.#ended.promise;
  }

  #receive(message: FromCompressionWorker): void {
    switch (message.kind) {
      case 'compressed':
        try {
          this.#output(message.bytes);
        } catch (error) {
          this.#fail(error instanceof Error ? error : new Error(String(error)));
        }
        return;
      case 'spare':
        this.#spare.push(message.buffer);
        this.#waiting -= 1;
        this.#released.resolve(undefined);
        this.#released = Promise.withResolvers<undefined>();
        return;
      case 'end':
        this.#ended.resolve(undefined);
    }
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#ended.reject(error);
    this.#released.resolve(undefined);
  }

  #send(message: ToCompressionWorker, transfer: Transferable[]): void {
    this.#worker.postMessage(message, transfer);
  }
}

export function createCompressionWorkers(): CompressionWorkers {
  const workers = new Set<Worker>();
  return {
    compress: (output) => {
      const worker = new Worker(new URL('./compression-worker.ts', import.meta.url), { type: 'module' });
      workers.add(worker);
      const compression = new WorkerCompression(worker, output);
      compression.ended.then(
        () => {
          workers.delete(worker);
          worker.terminate();
        },
        // The worker is terminated with all others.
        () => undefined,
      );
      return compression;
    },
    close: () => {
      for (const worker of workers) worker.terminate();
      workers.clear();
    },
  };
}
