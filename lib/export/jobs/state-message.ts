/** The text that describes an export's state. */
import type { ExportView } from './job.ts';
import { i18n } from '#i18n';
import { count } from '../../words/numbers.ts';

type Done = Extract<ExportView['state'], { kind: 'done' }>;

function saved({ accounts, edges }: Done, file: string): string {
  return edges === null
    ? i18n.t('export.done', accounts, { n: count(accounts), file })
    : i18n.t('export.graph_done', edges, { n: count(edges), file });
}

function remarks(state: Done): string[] {
  const { guarded, cut, sheets, unavailable } = state;
  const notRequested = state.idsOnly - unavailable;
  return [
    ...(guarded === 0 ? [] : [i18n.t('export.guarded', guarded, { n: count(guarded) })]),
    ...(cut === 0 ? [] : [i18n.t('export.cut', cut, { n: count(cut) })]),
    ...(unavailable === 0 ? [] : [i18n.t('export.unavailable', unavailable, { n: count(unavailable) })]),
    ...(notRequested === 0 ? [] : [i18n.t('export.ids_only', notRequested, { n: count(notRequested) })]),
    ...(sheets <= 1 ? [] : [i18n.t('export.sheets', { n: count(sheets) })]),
  ];
}

/** One or more sentences. */
export function exportMessage({ state, fileName }: ExportView): string {
  switch (state.kind) {
    case 'waiting':
      return i18n.t('export.waiting', { file: fileName });
    case 'writing':
      return i18n.t('export.writing', { file: fileName });
    case 'done':
      return [saved(state, fileName), ...remarks(state)].join(' ');
    case 'failed':
      switch (state.why) {
        case 'no-room':
          return i18n.t('export.no_room', { file: fileName });
        case 'list-gone':
          return i18n.t('export.list_gone', { file: fileName });
        case 'interrupted':
          return i18n.t('export.interrupted', { file: fileName });
        case 'broken':
          return i18n.t('export.failed', { why: state.said ?? '' });
      }
    // Every reason above has returned.
    // eslint-disable-next-line no-fallthrough
    case 'cancelled':
      return i18n.t('export.cancelled', { file: fileName });
  }
}
