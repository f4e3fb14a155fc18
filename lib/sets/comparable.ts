/** Which lists can be compared with each other, and which of them is older. Pure. */
import type { Snapshot } from '../model/snapshot.ts';

/** Whether two lists are of the same profile and relation. A profile that renamed itself keeps its ID. */
export function areComparable(one: Snapshot, other: Snapshot): boolean {
  return (
    one.platform === other.platform &&
    one.relation === other.relation &&
    (one.profileId === null || other.profileId === null
      ? one.handleKey === other.handleKey
      : one.profileId === other.profileId)
  );
}

/** When a list was started. */
function began({ startedAt, createdAt }: Snapshot): number {
  return startedAt ?? createdAt;
}

/** Sorts lists by when they were started, the oldest first. The order of two lists never depends on where they were. */
export function byStart(one: Snapshot, other: Snapshot): number {
  const difference = began(one) - began(other) || one.createdAt - other.createdAt;
  return difference || (one.id < other.id ? -1 : 1);
}
