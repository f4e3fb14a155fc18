/**
 * Where exports live: a document of ours that nobody sees, and that stays when the page that asked is gone. One export
 * after the other, each in a thread of its own; a finished file is handed over together with its receipt.
 */
import type { ExportId, ExportState } from './job.ts';
import type { ExportJob } from './job-request.ts';
import type { Delivery } from '../files/delivery.ts';
import { formatById } from '../formats.ts';
import { receiptBytes, receiptName } from '../receipt/receipt.ts';
import { LINGER } from '../files/save.ts';
import { clearTemporaries, makeTemporary, takePositions, type Temporary } from '../files/temporary.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export interface HostOptions {
  readonly startWorker: () => Worker;
  /** Begins the downloads; settled when they have begun. */
  readonly deliver: (id: ExportId, files: readonly Delivery[]) => Promise<void>;
  readonly tell: (id: ExportId, state: ExportState) => Promise<void>;
  /** Told when there is nothing left to do or to hold. */
  readonly idle: () => Promise<void>;
}

export interface Host {
  /** Takes a job on. Settled when it needs nothing more of whoever asked. */
  run(job: ExportJob): Promise<void>;
  cancel(id: ExportId): void;
}

type Written = Extract<FromWorker, { kind: 'written' }>;
type Over = Extract<FromWorker, { kind: 'over' }>['state'];

export function createHost({ startWorker, deliver, tell, idle }: HostOptions): Host {
  const cancelled = new Set<ExportId>();
  let present: { readonly id: ExportId; readonly worker: Worker } | null = null;
  let line: Promise<void> = Promise.resolve();
  let busy = 0;

  function done(): void {
    busy -= 1;
    if (busy === 0) void idle();
  }

  /** Lets the thread write. @returns what was written, or how it ended otherwise */
  async function write(
    job: ExportJob,
    positions: Uint32Array<ArrayBuffer> | null,
    temporary: Temporary,
  ): Promise<Written | Over> {
    const { id } = job.order;
    const worker = startWorker();
    present = { id, worker };
    try {
      return await new Promise((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          switch (data.kind) {
            case 'progress':
              void tell(id, { kind: 'writing', rows: data.rows });
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
        const ask: ToWorker = { kind: 'write', job, positions, temporary: temporary.name };
        worker.postMessage(ask, positions === null ? [] : [positions.buffer]);
      });
    } finally {
      worker.terminate();
      present = null;
    }
  }

  async function finish(
    { order, fileName, receipt }: ExportJob,
    { bytes, sha256, remarks }: Written,
    temporary: Temporary,
  ): Promise<ExportState> {
    const { guarded, cut, sheets, idsOnly, unavailable } = remarks;
    const beside = await makeTemporary();
    try {
      const writable = await beside.handle.createWritable();
      await writable.write(
        receiptBytes({
          ...receipt,
          written_at: new Date().toISOString(),
          file_bytes: bytes,
          file_sha256: sha256,
          file_guarded_fields: guarded,
          file_cut_texts: cut,
          file_rows_by_id_alone: idsOnly,
          file_rows_unavailable: unavailable,
        }),
      );
      await writable.close();
      await deliver(order.id, [
        { temporary: temporary.name, name: fileName, mimeType: formatById(order.format)?.mimeType ?? '' },
        { temporary: beside.name, name: receiptName(fileName), mimeType: 'application/json' },
      ]);
    } catch (error) {
      await beside.remove();
      throw error;
    }
    busy += 1;
    setTimeout(() => {
      void Promise.all([temporary.remove(), beside.remove()]).finally(done);
    }, LINGER);
    return { kind: 'done', bytes, guarded, cut, sheets, idsOnly, unavailable };
  }

  async function one(job: ExportJob, positions: Uint32Array<ArrayBuffer> | null): Promise<ExportState> {
    if (cancelled.has(job.order.id)) return { kind: 'cancelled' };
    await clearTemporaries(Date.now());
    const temporary = await makeTemporary();
    try {
      await tell(job.order.id, { kind: 'writing', rows: 0 });
      const end = await write(job, positions, temporary);
      if (end.kind === 'written') return await finish(job, end, temporary);
      await temporary.remove();
      return end;
    } catch (error) {
      await temporary.remove();
      throw error;
    }
  }

  function failure(error: unknown): ExportState {
    const full = error instanceof Error && error.name === 'QuotaExceededError';
    const said = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', why: full ? 'no-room' : 'broken', said };
  }

  return {
    async run(job) {
      const { id, chosen } = job.order;
      busy += 1;
      let positions: Uint32Array<ArrayBuffer> | null = null;
      try {
        if (chosen !== null) {
          positions = await takePositions(id);
          if (positions.length !== chosen)
            throw new RangeError('The selected accounts were not stored completely.');
        }
      } catch (error) {
        // Not waited for: who is told may be waiting for this.
        tell(id, failure(error)).catch(console.error);
        done();
        return;
      }
      line = line
        .then(() => one(job, positions))
        .catch(failure)
        .then((state) => tell(id, state))
        .catch(console.error)
        .finally(done);
    },

    cancel(id) {
      cancelled.add(id);
      const ask: ToWorker = { kind: 'cancel' };
      if (present?.id === id) present.worker.postMessage(ask);
    },
  };
}
