/** Deleting for good what the user deleted, once it can no longer be undone. */
import { UNDO_TIME } from '../../lib/model.ts';
import type { Store } from '../../lib/store/index.ts';

/** Every start of the background does this: the one that was to do it may have ended before. */
export function deleteForGood(store: Store): void {
  store.deleteHidden(Date.now() - UNDO_TIME).catch((error: unknown) => {
    console.error('A deleted list could not be removed; the next start tries again.', error);
  });
}

/** Deletes what is hidden now after the time to undo it, which is shorter than the background may be idle. */
export function deleteSoon(store: Store): void {
  setTimeout(() => {
    deleteForGood(store);
  }, UNDO_TIME + 50);
}
