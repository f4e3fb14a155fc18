/** Which lists can be compared with each other. Pure. */
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
