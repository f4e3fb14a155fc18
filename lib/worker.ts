/**
 * The worker of the extension. Its name says what it does: reading a list for a page, or writing an export. Both load the
 * same chunk for the database, which would otherwise be in the extension twice.
 */
import type { WorkerName } from './worker-names.ts';

type Receive = (message: unknown) => void;

const ROLES: Readonly<Record<WorkerName, () => Promise<Receive>>> = {
  list: async () => (await import('./lists/serve-in-worker.ts')).serveList(),
  export: async () => (await import('./export/jobs/write-in-worker.ts')).serveExport(),
};

function isName(name: string): name is WorkerName {
  return Object.hasOwn(ROLES, name);
}

if (!isName(self.name)) throw new Error(`There is no worker named ${self.name}.`);
const receive = ROLES[self.name]();

// The listener is there at once, so that no message is lost while the code is loaded.
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  receive
    .then((take) => {
      take(data);
    })
    .catch((error: unknown) => {
      // Thrown outside a promise, the error reaches the page that started this worker.
      setTimeout(() => {
        throw error;
      });
    });
});
