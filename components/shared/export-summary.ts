/** Summarizes any number of exports for one toast. Pure. */
import { isFinished, type ExportId, type ExportView } from '../../lib/export/jobs/job.ts';

export interface ExportSummary {
  /** The export being written, or else the first one waiting; `null` if there is none. */
  readonly underWay: ExportView | null;
  /** How many exports are waiting behind it. */
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

/** Identifies a set of exports: a different set is a different message. */
export function namesOf(views: readonly { readonly id: ExportId }[]): string {
  return views.map(({ id }) => id).join(' ');
}
