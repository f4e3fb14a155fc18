/** The lists that can be compared with each other. Pure. */
import { collectedNothing, type Snapshot } from '../../../lib/model/snapshot.ts';
import { areComparable, byStart } from '../../../lib/sets/comparable.ts';

/** The lists of the same profile and relation with accounts, oldest first. */
export function listsOfProfile(snapshot: Snapshot, all: readonly Snapshot[]): readonly Snapshot[] {
  return all
    .filter((list) => areComparable(snapshot, list) && !collectedNothing(list) && list.rows > 0)
    .sort(byStart);
}

/** The list that another is compared with unless the user chooses: the one before it, or else the one after it. */
export function usualOther(lists: readonly Snapshot[], { id }: Snapshot): Snapshot | undefined {
  const at = lists.findIndex((list) => list.id === id);
  return lists[at - 1] ?? lists[at + 1];
}
