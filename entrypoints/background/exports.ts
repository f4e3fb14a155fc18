/** Exports on the background's side: it starts them, stores their states, and cleans up after an interruption. */
import {
  isFinished,
  type ExportId,
  type ExportOrder,
  type ExportState,
  type ExportView,
} from '../../lib/export/jobs/job.ts';
import { clearTemporaries } from '../../lib/export/files/temporary.ts';
import { afterInterruption, noteUnfinished, readUnfinished } from '../../lib/export/jobs/unfinished.ts';
import { readExports, writeExports } from '../../lib/export/jobs/job-states.ts';
import { sendToExportHost } from '../../lib/messages/export-host.ts';
import type { Store } from '../../lib/store/index.ts';
import { closeExportHost, hasExportHost, openExportHost } from './export-host.ts';
import { jobOf } from './export-job.ts';

/** The most exports whose states are stored: while no page is open, the user cannot dismiss any. */
const MAX_STATES = 50;

/** The unfinished exports that were noted last, so that progress alone writes no file. */
let notedExports: string | null = null;

/** Saves the states for the extension pages, and notes the unfinished exports where a reload does not clear them. */
async function save(views: readonly ExportView[]): Promise<void> {
  const unfinished = views.flatMap(({ id, state }) => (isFinished(state) ? [] : [id])).join(' ');
  if (unfinished !== notedExports) {
    try {
      await noteUnfinished(views);
      notedExports = unfinished;
    } catch (error) {
      // An export must not fail because an interruption could not be reported later: the disk may be full.
      console.warn('Could not note the unfinished exports.', error);
    }
  }
  await writeExports(views);
}

/** Records the finished file with its list, for the receipt. */
async function noteFile(
  store: Store,
  { snapshotId, fileName }: ExportView,
  { accounts, bytes, sha256 }: Extract<ExportState, { kind: 'done' }>,
): Promise<void> {
  try {
    await store.snapshots.addFile(snapshotId, {
      name: fileName,
      rows: accounts,
      bytes,
      sha256,
      writtenAt: Date.now(),
    });
  } catch (error) {
    // The file is saved, with its receipt beside it. That must not fail because the list cannot be changed.
    console.warn('Could not record an exported file.', error);
  }
}

async function setState(store: Store, id: ExportId, state: ExportState): Promise<void> {
  const views = await readExports();
  const before = views.find((view) => view.id === id);
  // Everything was deleted in the meantime.
  if (before === undefined) return;
  if (state.kind === 'done' && !isFinished(before.state)) await noteFile(store, before, state);
  const changed =
    state.kind === 'cancelled'
      ? views.filter((view) => view.id !== id)
      : views.map((view) => (view.id === id && !isFinished(view.state) ? { ...view, state } : view));
  await save(changed);
}

async function start(store: Store, order: ExportOrder): Promise<void> {
  const job = await jobOf(store, order);
  if (job === null) throw new Error('There is nothing to export.');
  const { id, snapshotId } = job.order;
  // A new attempt replaces the failures of the same list. Finished exports are shown until the user dismisses them.
  const others = (await readExports())
    .filter(({ snapshotId: list, state }) => list !== snapshotId || state.kind !== 'failed')
    .slice(-MAX_STATES);
  const { fileName: name, rows } = job;
  const view = { id, snapshotId, fileName: name, rows, startedAt: Date.now() };
  await save([...others, { ...view, state: { kind: 'waiting' } }]);
  try {
    await openExportHost();
    await sendToExportHost({ to: 'export-host', kind: 'run', job });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await setState(store, id, { kind: 'failed', why: 'broken', said: message });
  }
}

/** If the export document no longer exists, marks its exports as interrupted and deletes their temporary files. */
async function recover(): Promise<void> {
  if (await hasExportHost()) return;
  const lost = await readUnfinished();
  const views = await readExports();
  if (lost.length > 0 || views.some(({ state }) => !isFinished(state))) {
    await save(afterInterruption(views, lost));
  }
  await clearTemporaries(Date.now());
}

async function cancelAll(): Promise<void> {
  await closeExportHost();
  await save([]);
}

async function cancel(id: ExportId): Promise<void> {
  if (await hasExportHost()) await sendToExportHost({ to: 'export-host', kind: 'cancel', id });
}

async function dismiss(id: ExportId): Promise<void> {
  const views = await readExports();
  await save(views.filter((view) => view.id !== id || !isFinished(view.state)));
}

async function closeIfIdle(): Promise<void> {
  const views = await readExports();
  if (views.every(({ state }) => isFinished(state))) await closeExportHost();
}

export type Exports = ReturnType<typeof createExports>;

export function createExports(store: Store) {
  let last: Promise<unknown> = Promise.resolve();

  /** Runs tasks one after another: each reads, changes, and writes the stored states. */
  function enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = last.then(task);
    last = done.catch(() => undefined);
    return done;
  }

  return {
    /** To be called when the background starts. */
    recover: () => enqueue(recover),
    /** Cancels all exports and deletes their states. */
    cancelAll: () => enqueue(cancelAll),
    start: (order: ExportOrder) => enqueue(() => start(store, order)),
    cancel: (id: ExportId) => enqueue(() => cancel(id)),
    dismiss: (id: ExportId) => enqueue(() => dismiss(id)),
    stateChanged: (id: ExportId, state: ExportState) => enqueue(() => setState(store, id, state)),
    /** The export document has nothing left to do. */
    hostIdle: () => enqueue(closeIfIdle),
  };
}
