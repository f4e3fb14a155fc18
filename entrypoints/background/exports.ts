/** Exports as the background sees to them: who writes, what pages are told, and what a death leaves behind. */
import { columnsNamed } from '../../lib/export/rows/columns.ts';
import { fileName } from '../../lib/export/files/file-name.ts';
import { formatById } from '../../lib/export/formats.ts';
import {
  isOver,
  type ExportId,
  type ExportOrder,
  type ExportState,
  type ExportView,
} from '../../lib/export/jobs/job.ts';
import type { ExportJob } from '../../lib/export/jobs/job-request.ts';
import { receiptFor } from '../../lib/export/receipt/stored-receipt.ts';
import { clearTemporaries } from '../../lib/export/files/temporary.ts';
import { afterInterruption, noteUnfinished, readUnfinished } from '../../lib/export/jobs/unfinished.ts';
import { readExports, writeExports } from '../../lib/export/jobs/job-states.ts';
import { askHost } from '../../lib/messages/export-host.ts';
import type { Store } from '../../lib/store/index.ts';
import { wellFormed } from '../../lib/well-formed.ts';
import { closeExportHost, hasExportHost, openExportHost } from './export-host.ts';

/** Until the file is there. */
const NO_DIGEST = '0'.repeat(64);

async function jobOf(store: Store, order: ExportOrder): Promise<ExportJob | null> {
  const snapshot = await store.snapshot(order.snapshotId);
  const format = formatById(order.format);
  if (snapshot === undefined || format === undefined) return null;
  const rows = order.chosen ?? snapshot.rows;
  const name = fileName(snapshot, { extension: format.extension, filtered: rows < snapshot.rows });
  const receipt = await receiptFor(store, snapshot, {
    name,
    format: format.id,
    rows,
    bytes: 0,
    sha256: NO_DIGEST,
    columns: columnsNamed(order.columns).map((column) => column.name),
    // The user's own words, as every file can carry them.
    filter: order.filter === null ? null : wellFormed(order.filter),
    sort: order.sort === null ? null : wellFormed(order.sort),
    guarded: 0,
    cut: 0,
    idsOnly: 0,
    unavailable: 0,
  });
  return { order, fileName: name, rows, receipt };
}

/** Exports that pages are told of: where no page is open, nobody dismisses them. */
const MOST_ANNOUNCED = 50;

export type Exports = ReturnType<typeof createExports>;

export function createExports(store: Store) {
  let line: Promise<unknown> = Promise.resolve();

  /** One thing after the other: what pages are told is read, changed and written. */
  function inLine<T>(task: () => Promise<T>): Promise<T> {
    const done = line.then(task);
    line = done.catch(() => undefined);
    return done;
  }

  let noted: string | null = null;

  /** Tells pages how exports stand. Which of them are not over is also kept where a reload doesn't clear it. */
  async function keep(views: readonly ExportView[]): Promise<void> {
    const open = views.flatMap(({ id, state }) => (isOver(state) ? [] : [id])).join(' ');
    if (open !== noted) {
      try {
        await noteUnfinished(views);
        noted = open;
      } catch (error) {
        // An export doesn't fail because nobody could tell of its interruption: the disk may be full.
        console.warn('The exports under way could not be noted.', error);
      }
    }
    await writeExports(views);
  }

  async function setState(id: ExportId, state: ExportState): Promise<void> {
    const views = await readExports();
    // Everything was deleted meanwhile: nobody waits for it.
    if (!views.some((view) => view.id === id)) return;
    const changed =
      state.kind === 'cancelled'
        ? views.filter((view) => view.id !== id)
        : views.map((view) => (view.id === id && !isOver(view.state) ? { ...view, state } : view));
    await keep(changed);
  }

  return {
    /** After the background began: exports whose document is gone have ended, and leave nothing behind. */
    recover: () =>
      inLine(async () => {
        if (await hasExportHost()) return;
        const lost = await readUnfinished();
        const views = await readExports();
        if (lost.length > 0 || views.some(({ state }) => !isOver(state))) {
          await keep(afterInterruption(views, lost));
        }
        await clearTemporaries(Date.now());
      }),

    /** Breaks off whatever is being written, and forgets how exports stood. */
    endAll: () =>
      inLine(async () => {
        await closeExportHost();
        await keep([]);
      }),

    start: (order: ExportOrder) =>
      inLine(async () => {
        const job = await jobOf(store, order);
        if (job === null) throw new Error('There is nothing to export.');
        const { id, snapshotId } = order;
        // Trying once more answers a failure of the same list. What is done is announced until somebody has seen it.
        const others = (await readExports())
          .filter(({ snapshotId: list, state }) => list !== snapshotId || state.kind !== 'failed')
          .slice(-MOST_ANNOUNCED);
        const { fileName: name, rows } = job;
        const view = { id, snapshotId, fileName: name, rows, startedAt: Date.now() };
        await keep([...others, { ...view, state: { kind: 'waiting' } }]);
        try {
          await openExportHost();
          await askHost({ to: 'export-host', kind: 'run', job });
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error);
          await setState(id, { kind: 'failed', why: 'broken', said });
        }
      }),

    cancel: (id: ExportId) =>
      inLine(async () => {
        if (await hasExportHost()) await askHost({ to: 'export-host', kind: 'cancel', id });
      }),

    dismiss: (id: ExportId) =>
      inLine(async () => {
        const views = await readExports();
        await keep(views.filter((view) => view.id !== id || !isOver(view.state)));
      }),

    told: (id: ExportId, state: ExportState) => inLine(() => setState(id, state)),

    idle: () =>
      inLine(async () => {
        const views = await readExports();
        if (views.every(({ state }) => isOver(state))) await closeExportHost();
      }),
  };
}
