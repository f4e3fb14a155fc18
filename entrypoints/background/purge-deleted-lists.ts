/** Removes deleted lists from the database once the deletion can no longer be undone. */
import { UNDO_TIME } from '../../lib/model/snapshot.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import type { Store } from '../../lib/store/index.ts';

/** Timers may fire early, milliseconds. */
const MARGIN = 50;

async function deleteDue(store: Store): Promise<void> {
  await exclusively(() => store.snapshots.deleteHidden(Date.now() - UNDO_TIME));
  const times = (await store.snapshots.deleted()).flatMap(({ deletedAt }) => deletedAt ?? []);
  if (times.length === 0) return;
  // Shorter than a background may be idle. If the background ends before, its next start does this.
  const left = Math.min(...times) + UNDO_TIME - Date.now();
  setTimeout(
    () => {
      scheduleDeletion(store);
    },
    Math.max(0, left) + MARGIN,
  );
}

/** Deletes the hidden lists that are due, and schedules the others. */
export function scheduleDeletion(store: Store): void {
  deleteDue(store).catch((error: unknown) => {
    console.error('Could not remove a deleted list; retrying at the next start.', error);
  });
}
