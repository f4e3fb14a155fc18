/**
 * Runs exports in the export document, which stays open if the requesting page is closed. One export runs at a time, each
 * in its own worker. A finished file is delivered together with its receipt.
 */
import type { ExportId, ExportState } from './job.ts';
import type { ExportJob } from './job-request.ts';
import type { Delivery } from '../files/delivery.ts';
import { formatById } from '../formats.ts';
import { receiptBytes, receiptName, receiptOfFile } from '../receipt/receipt-file.ts';
import { FILE_LIFETIME } from '../files/save.ts';
import { clearTemporaries, createTemporary, takePositions, type Temporary } from '../files/temporary.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export interface HostOptions {
  readonly startWorker: () => Worker;
  /** Starts the downloads. */
  readonly deliver: (id: ExportId, files: readonly Delivery[]) => Promise<void>;
  readonly onState: (id: ExportId, state: ExportState) => Promise<void>;
  /** Called when no export is pending and no temporary file is still needed. */
  readonly onIdle: () => Promise<void>;
}

export interface ExportHost {
  /** Accepts a job. Resolves when the requesting page is no longer needed. */
  run(job: ExportJob): Promise<void>;
  cancel(id: ExportId): void;
}

type Written = Extract<FromWorker, { kind: 'written' }>;
type Over = Extract<FromWorker, { kind: 'over' }>['state'];

function failure(error: unknown): ExportState {
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', why: isFull ? 'no-room' : 'broken', said: message };
}

/** The positions that the requesting page stored; `null` for the whole list. */
async function positionsOf({ order: { id, chosen } }: ExportJob): Promise<Uint32Array<ArrayBuffer> | null> {
  if (chosen === null) return null;
  const positions = await takePositions(id);
  if (positions.length !== chosen) throw new RangeError('The selected accounts were not stored completely.');
  return positions;
}

/** Writes the file in a worker. @returns what was written, or how the export failed */
function runWorker(
  worker: Worker,
  job: ExportJob,
  positions: Uint32Array<ArrayBuffer> | null,
  temporary: Temporary,
  onProgress: (rows: number) => void,
): Promise<Written | Over> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      switch (data.kind) {
        case 'progress':
          onProgress(data.rows);
          return;
        case 'written':
          resolve(data);
          return;
        case 'over':
          resolve(data.state);
      }
    };
    worker.onerror = ({ message }) => {
      resolve({ kind: 'failed', why: 'broken', said: message });
    };
    const message: ToWorker = { kind: 'write', job, positions, temporary: temporary.name };
    worker.postMessage(message, positions === null ? [] : [positions.buffer]);
  });
}

async function writeReceipt({ receipt }: ExportJob, written: Written, file: Temporary): Promise<void> {
  const writable = await file.handle.createWritable();
  await writable.write(receiptBytes(receiptOfFile(receipt, written, Date.now())));
  await writable.close();
}

class Host implements ExportHost {
  readonly #options: HostOptions;
  readonly #cancelled = new Set<ExportId>();
  #current: { readonly id: ExportId; readonly worker: Worker } | null = null;
  #last: Promise<void> = Promise.resolve();
  #pending = 0;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  async run(job: ExportJob): Promise<void> {
    const { id } = job.order;
    const { onState } = this.#options;
    this.#pending += 1;
    let positions: Uint32Array<ArrayBuffer> | null;
    try {
      positions = await positionsOf(job);
    } catch (error) {
      // Not awaited: the receiver may be waiting for this call.
      onState(id, failure(error)).catch(console.error);
      this.#done();
      return;
    }
    this.#last = this.#last
      .then(() => this.#export(job, positions))
      .catch(failure)
      .then((state) => onState(id, state))
      .catch(console.error)
      .finally(() => {
        this.#done();
      });
  }

  cancel(id: ExportId): void {
    this.#cancelled.add(id);
    const message: ToWorker = { kind: 'cancel' };
    if (this.#current?.id === id) this.#current.worker.postMessage(message);
  }

  #done(): void {
    this.#pending -= 1;
    if (this.#pending === 0) void this.#options.onIdle();
  }

  async #export(job: ExportJob, positions: Uint32Array<ArrayBuffer> | null): Promise<ExportState> {
    const { id } = job.order;
    if (this.#cancelled.has(id)) return { kind: 'cancelled' };
    await clearTemporaries(Date.now());
    const temporary = await createTemporary();
    try {
      await this.#options.onState(id, { kind: 'writing', rows: 0 });
      const result = await this.#write(job, positions, temporary);
      if (result.kind === 'written') return await this.#finish(job, result, temporary);
      await temporary.remove();
      return result;
    } catch (error) {
      await temporary.remove();
      throw error;
    }
  }

  async #write(
    job: ExportJob,
    positions: Uint32Array<ArrayBuffer> | null,
    temporary: Temporary,
  ): Promise<Written | Over> {
    const { id } = job.order;
    const worker = this.#options.startWorker();
    this.#current = { id, worker };
    try {
      return await runWorker(worker, job, positions, temporary, (rows) => {
        void this.#options.onState(id, { kind: 'writing', rows });
      });
    } finally {
      worker.terminate();
      this.#current = null;
    }
  }

  async #finish(job: ExportJob, written: Written, temporary: Temporary): Promise<ExportState> {
    const { order, fileName } = job;
    const receiptFile = await createTemporary();
    try {
      await writeReceipt(job, written, receiptFile);
      const mimeType =
        job.parts === undefined ? (formatById(order.format)?.mimeType ?? '') : 'application/zip';
      await this.#options.deliver(order.id, [
        { temporary: temporary.name, name: fileName, mimeType },
        { temporary: receiptFile.name, name: receiptName(fileName), mimeType: 'application/json' },
      ]);
    } catch (error) {
      await receiptFile.remove();
      throw error;
    }
    this.#pending += 1;
    setTimeout(() => {
      void Promise.all([temporary.remove(), receiptFile.remove()]).finally(() => {
        this.#done();
      });
    }, FILE_LIFETIME);
    const { bytes, sha256, remarks } = written;
    const { follow: _, ...rest } = remarks;
    return { kind: 'done', bytes, sha256, ...rest };
  }
}

export function createExportHost(options: HostOptions): ExportHost {
  return new Host(options);
}
