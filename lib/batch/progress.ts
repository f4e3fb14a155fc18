/** How far a batch is. Pure. */
import type { Batch, BatchLine } from '../model/batch.ts';
import type { SnapshotId } from '../model/ids.ts';
import { hasEnded, type Snapshot } from '../model/snapshot.ts';

/**
 * What became of a line: `collected` has a list that ended by itself, `partial` one that a limit, a stall, or the user
 * ended, `elsewhere` a list that existed before, `failed` none. `gone`: the list was deleted, or what is stored of a run
 * that collected nothing.
 */
export type LineState =
  'queued' | 'running' | 'paused' | 'attention' | 'collected' | 'partial' | 'failed' | 'elsewhere' | 'gone';

export interface ShownLine {
  readonly line: BatchLine;
  readonly state: LineState;
  /** Its list or run; `null` if it is gone. */
  readonly list: Snapshot | null;
}

export interface BatchProgress {
  readonly lines: readonly ShownLine[];
  readonly counts: Readonly<Record<LineState, number>>;
  /** How many lines need nothing more. */
  readonly done: number;
  /** Lists with accounts, in the order of the lines. */
  readonly lists: readonly Snapshot[];
}

function stateOf({ id }: Batch, list: Snapshot | null): LineState {
  if (list === null) return 'gone';
  const { state, rows } = list;
  if (hasEnded(state)) {
    if (list.batch !== id) return 'elsewhere';
    switch (state.outcome.kind) {
      case 'complete':
      case 'ended-early':
      case 'updated':
        return 'collected';
      case 'capped':
        return state.outcome.by === 'rows' ? 'collected' : rows > 0 ? 'partial' : 'failed';
      case 'stopped':
      case 'stalled':
        return rows > 0 ? 'partial' : 'failed';
      case 'failed':
        return 'failed';
    }
  }
  switch (state.kind) {
    case 'queued':
      return 'queued';
    case 'resolving':
    case 'running':
    case 'waiting':
      return 'running';
    case 'paused':
      return 'paused';
    case 'blocked':
    case 'confirming':
      return 'attention';
  }
}

/** @param listOf a list that is not deleted; `null` if there is none */
export function progressOf(batch: Batch, listOf: (id: SnapshotId) => Snapshot | null): BatchProgress {
  const counts: Record<LineState, number> = {
    queued: 0,
    running: 0,
    paused: 0,
    attention: 0,
    collected: 0,
    partial: 0,
    failed: 0,
    elsewhere: 0,
    gone: 0,
  };
  const lines = batch.lines.map((line): ShownLine => {
    const list = listOf(line.list);
    const state = stateOf(batch, list);
    counts[state] += 1;
    return { line, state, list };
  });
  const { queued, running, paused, attention } = counts;
  return {
    lines,
    counts,
    done: lines.length - queued - running - paused - attention,
    lists: lines.flatMap(({ list }) => (list !== null && list.rows > 0 ? [list] : [])),
  };
}
