/** Deleting for good what the user deleted, once it can no longer be undone. */
import { UNDO_TIME } from '../../lib/model/snapshot.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import type { Store } from '../../lib/store/index.ts';

/** A little later than the moment itself: timers may fire early. */
const AFTER = 50;

async function deleteDue(store: Store): Promise<void> {
  await exclusively(() => store.deleteHidden(Date.now() - UNDO_TIME));
  const times = (await store.deletedSnapshots()).flatMap(({ deletedAt }) => deletedAt ?? []);
  if (times.length === 0) return;
  // Shorter than the background may be idle. Should it end before, its next start does this.
  const left = Math.min(...times) + UNDO_TIME - Date.now();
  setTimeout(
    () => {
      deleteInTime(store);
    },
    Math.max(0, left) + AFTER,
  );
}

/** Deletes what is hidden: now what is due, and each of the others in its time. */
export function deleteInTime(store: Store): void {
  deleteDue(store).catch((error: unknown) => {
    console.error('Could not remove a deleted list; retrying at the next start.', error);
  });
}
