/** Compresses bytes in a worker. Before compression an Excel file is ten times as large. */
import { compressHere } from './compression.ts';
import type { FromCompressionWorker, ToCompressionWorker } from '../jobs/worker-messages.ts';

function send(message: FromCompressionWorker, transfer: Transferable[]): void {
  postMessage(message, { transfer });
}

const compression = compressHere((bytes) => {
  send({ kind: 'compressed', bytes }, [bytes.buffer]);
});

function fail(error: unknown): void {
  // Thrown outside a promise, the error reaches the `onerror` of the thread that started this worker.
  setTimeout(() => {
    throw error;
  });
}

let last: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ToCompressionWorker>) => {
  last = last
    .then(async () => {
      if (data === null) {
        await compression.end();
        send({ kind: 'end' }, []);
        return;
      }
      compression.add(data);
      await compression.ready();
      send({ kind: 'spare', buffer: data.buffer }, [data.buffer]);
    })
    .catch(fail);
};
