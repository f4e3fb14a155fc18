/** Packs bytes in a thread of its own: a file of Excel's is ten times as long before it is packed. */
import { packHere } from './compression.ts';
import type { FromPacker, ToPacker } from '../jobs/worker-messages.ts';

function tell(message: FromPacker, transfer: Transferable[]): void {
  postMessage(message, { transfer });
}

const packing = packHere((packed) => {
  tell({ kind: 'packed', packed }, [packed.buffer]);
});

function fail(error: unknown): void {
  // The thread that holds this one hears of it as of any error.
  setTimeout(() => {
    throw error;
  });
}

let line: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<ToPacker>) => {
  line = line
    .then(async () => {
      if (data === null) {
        await packing.end();
        tell({ kind: 'end' }, []);
        return;
      }
      packing.add(data);
      await packing.room();
      tell({ kind: 'spare', buffer: data.buffer }, [data.buffer]);
    })
    .catch(fail);
};
