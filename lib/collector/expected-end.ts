/** When a run is expected to end, and what page buttons and tabs need to know about it. */
import { shownRows, type Snapshot } from '../model/snapshot.ts';
import type { RunView } from '../messages/types.ts';
import { leastWithoutDetails } from '../words/without-details.ts';
import { rowsToCollect } from './estimate.ts';

/** Rows after which the pace so far is more accurate than the price list's. */
const ROWS_UNTIL_MEASURED = 200;

/** When a run is expected to end, epoch milliseconds; `null` if it is not in progress or the count is unknown. */
export function expectedEnd(snapshot: Snapshot, now: number): number | null {
  const { state, filled, pace, estimate } = snapshot;
  const wanted = rowsToCollect(snapshot.howMany, snapshot.expected);
  if (wanted === null || (state.kind !== 'running' && state.kind !== 'waiting')) return null;
  const from = state.kind === 'waiting' ? Math.max(now, state.until) : now;
  const left = Math.max(0, wanted - filled);
  if (pace?.wait !== undefined) {
    const { until, rows } = pace.wait;
    const before = until - pace.from;
    // Between two waits for a rate limit, the pace is that of whole rounds including their waits. After a single wait,
    // long ago, it is what was measured since.
    if (rows - pace.rows >= ROWS_UNTIL_MEASURED && snapshot.updatedAt < until + before) {
      return Math.max(from, until + Math.round(Math.max(0, wanted - rows) * (before / (rows - pace.rows))));
    }
  }
  // Measured since the run last continued: pauses and nights do not count.
  const since = pace === null ? 0 : filled - pace.rows;
  const measured =
    pace !== null && since >= ROWS_UNTIL_MEASURED ? (snapshot.updatedAt - pace.from) / since : null;
  const planned =
    estimate?.rows && estimate.seconds !== null ? (estimate.seconds * 1000) / estimate.rows : null;
  const perRow = measured ?? planned;
  return perRow === null ? null : from + Math.round(left * perRow);
}

export function viewOf(snapshot: Snapshot, providerName: string, now: number): RunView {
  const { state } = snapshot;
  return {
    snapshotId: snapshot.id,
    relation: snapshot.relation,
    providerName,
    state: state.kind === 'waiting' ? { kind: 'waiting', until: state.until, trouble: state.trouble } : state,
    rows: shownRows(snapshot),
    withoutDetails: leastWithoutDetails(snapshot),
    ...(snapshot.update?.joined == null ? {} : { newAccounts: snapshot.update.joined.newAccounts }),
    expected: snapshot.expected,
    howMany: snapshot.howMany,
    unit: snapshot.unit,
    charged: snapshot.charged,
    maybeCharged: snapshot.maybeCharged,
    cap: snapshot.cap,
    estimate: snapshot.estimate?.amount ?? null,
    doneAt: expectedEnd(snapshot, now),
    endedAt: snapshot.endedAt,
  };
}
