/** The order in which a provider's runs begin. Pure. */
import type { SnapshotId } from '../model/ids.ts';
import { turnOf, type Snapshot } from '../model/snapshot.ts';

/** Where a run goes: one place up or down, or before or after all others. */
export const QUEUE_MOVES = ['up', 'down', 'first', 'last'] as const;
export type QueueMove = (typeof QUEUE_MOVES)[number];

/** Whether a run has a place in the queue: it begins when the runs before it have ended. */
export function isWaiting({ state }: Pick<Snapshot, 'state'>): boolean {
  return state.kind === 'queued';
}

/**
 * The runs that get another turn so that one of them moves.
 * @param queue the runs of one provider that have not begun, in their order
 */
export function movedInQueue(queue: readonly Snapshot[], id: SnapshotId, to: QueueMove): Snapshot[] {
  const from = queue.findIndex((run) => run.id === id);
  const last = queue.length - 1;
  const target = { up: from - 1, down: from + 1, first: 0, last }[to];
  if (from === -1 || target === from || target < 0 || target > last) return [];
  const order = queue.toSpliced(from, 1).toSpliced(target, 0, ...queue.slice(from, from + 1));
  // Only the runs between the two places move. Two runs that had the same turn get different ones.
  let turn = -Infinity;
  return order.flatMap((run, index) => {
    const place = queue[index];
    turn = Math.max(turn + 1, place === undefined ? -Infinity : turnOf(place));
    return turn === turnOf(run) ? [] : [{ ...run, turn }];
  });
}
