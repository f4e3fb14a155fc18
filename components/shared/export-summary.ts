/** What one toast says of any number of exports. Pure. */
import { isFinished, type ExportId, type ExportView } from '../../lib/export/jobs/job.ts';

export interface ExportSummary {
  /** The one that is being written, or the first that waits; `null` where none does. */
  readonly underWay: ExportView | null;
  /** How many wait behind it. */
  readonly waiting: number;
  /** Oldest first. */
  readonly done: readonly ExportView[];
  readonly failed: readonly ExportView[];
}

/** @param views oldest first */
export function summarize(views: readonly ExportView[]): ExportSummary {
  const going = views.filter(({ state }) => !isFinished(state));
  const underWay = going.find(({ state }) => state.kind === 'writing') ?? going[0] ?? null;
  return {
    underWay,
    waiting: Math.max(0, going.length - 1),
    done: views.filter(({ state }) => state.kind === 'done'),
    failed: views.filter(({ state }) => state.kind === 'failed'),
  };
}

/** Names a set of exports: another set is another message. */
export function namesOf(views: readonly { readonly id: ExportId }[]): string {
  return views.map(({ id }) => id).join(' ');
}
