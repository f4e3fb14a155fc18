/** The name of an exported file. Scripts rely on it, so it must not change. */
import { hasEnded, type Snapshot } from '../../model/snapshot.ts';

export interface FileNameOptions {
  readonly extension: string;
  /** Whether a filter or a selection excludes rows. */
  readonly filtered: boolean;
  /** The profile's other lists of the same relation. If one is of the same day, the name includes the time. */
  readonly others?: readonly Pick<Snapshot, 'startedAt' | 'createdAt'>[];
}

type Named = Pick<Snapshot, 'platform' | 'handle' | 'relation' | 'state' | 'startedAt' | 'createdAt'>;

/**
 * No platform allows longer handles. File systems limit names to 255 bytes, and a character takes up to four of them, so
 * the longest handle that can be stored would leave no space for the rest.
 */
const MAX_HANDLE_LENGTH = 30;

function isComplete(state: Snapshot['state']): boolean {
  return hasEnded(state) && state.outcome.kind === 'complete';
}

function timeOf({ startedAt, createdAt }: Pick<Snapshot, 'startedAt' | 'createdAt'>): string {
  return new Date(startedAt ?? createdAt).toISOString();
}

/** `2026-11-29`; `2026-11-29_1405` if another list is of the same day, with seconds if one is of the same minute. */
function stampOf(snapshot: Named, others: readonly Pick<Snapshot, 'startedAt' | 'createdAt'>[]): string {
  const own = timeOf(snapshot);
  const times = others.map(timeOf);
  const isShared = (length: number): boolean =>
    times.some((time) => time.slice(0, length) === own.slice(0, length));
  const [day, minute] = [own.slice(0, 10), own.slice(11, 16).replace(':', '')];
  if (!isShared(10)) return day;
  return isShared(16) ? `${day}_${minute}${own.slice(17, 19)}` : `${day}_${minute}`;
}

/**
 * The name of a file with changes: that of the newer list, with the older list's day before its own, and `_changes` at the
 * end.
 */
export function changesFileName(older: Named, newer: Named, options: FileNameOptions): string {
  const name = fileName(newer, { ...options, filtered: false });
  const stem = name.slice(0, -(options.extension.length + 1));
  const since = timeOf(older).slice(0, 10);
  return `${stem.replace(/_(\d{4}-\d{2}-\d{2})/, `_${since}_to_$1`)}_changes.${options.extension}`;
}

/**
 * `followledger_{platform}_{handle}_{relation}_{YYYY-MM-DD}[_HHMM[SS]][_partial][_filtered].{extension}`; day and time are
 * UTC.
 */
export function fileName(snapshot: Named, { extension, filtered, others = [] }: FileNameOptions): string {
  const { platform, relation, state } = snapshot;
  const handle = Array.from(snapshot.handle).slice(0, MAX_HANDLE_LENGTH).join('');
  const marks = `${isComplete(state) ? '' : '_partial'}${filtered ? '_filtered' : ''}`;
  return `followledger_${platform}_${handle}_${relation}_${stampOf(snapshot, others)}${marks}.${extension}`;
}

/**
 * `followledger_lists_{YYYY-MM-DD}[_partial].{extension}` for a table of several lists, `followledger_graph_{YYYY-MM-DD}.gexf`
 * and `followledger_edges_{YYYY-MM-DD}.csv` for graphs; the day is that of the newest list, in UTC.
 * @param lists newest first
 */
export function listsFileName(
  lists: readonly Pick<Named, 'state' | 'startedAt' | 'createdAt'>[],
  kind: 'lists' | 'graph' | 'edges',
  extension: string,
): string {
  const [newest] = lists;
  if (newest === undefined) throw new RangeError('A file of several lists needs a list.');
  const isPartial = kind === 'lists' && !lists.every(({ state }) => isComplete(state));
  const day = timeOf(newest).slice(0, 10);
  return `followledger_${kind}_${day}${isPartial ? '_partial' : ''}.${extension}`;
}
