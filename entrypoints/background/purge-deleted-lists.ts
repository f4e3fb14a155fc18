/** Deletes lists that were in the trash for long enough, and entries of the log of recent collections that are as old. */
import { TRASH_TIME } from '../../lib/model/snapshot.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import type { Store } from '../../lib/store/index.ts';

/** How often a background that stays alive looks, milliseconds. Every start of the background looks, too. */
const EVERY = 6 * 3_600_000;

let timer: ReturnType<typeof setTimeout> | undefined;

async function deleteDue({ snapshots }: Pick<Store, 'snapshots'>): Promise<void> {
  const before = Date.now() - TRASH_TIME;
  await exclusively(async () => {
    await snapshots.emptyTrash(before);
    await snapshots.clearRecent(before);
  });
}

export type Emptied = 'trash' | 'recent';

/**
 * Deletes all lists in the trash, or all entries of the log. It waits for a backup or a restore in progress, so nothing may
 * wait for it that a backup or a restore waits for, such as the response to a message.
 * @param done called when it is done
 */
export function empty(
  { snapshots }: Pick<Store, 'snapshots'>,
  what: Emptied,
  done: () => Promise<void>,
): void {
  const now = Date.now();
  exclusively(() => (what === 'trash' ? snapshots.emptyTrash(now) : snapshots.clearRecent(now)))
    .then(done)
    .catch((error: unknown) => {
      console.error('Could not delete everything in the trash or the log.', error);
    });
}

/** Deletes what is due now, and looks again later. */
export function scheduleDeletion(store: Pick<Store, 'snapshots'>): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    scheduleDeletion(store);
  }, EVERY);
  deleteDue(store).catch((error: unknown) => {
    console.error('Could not empty the trash; retrying at the next start.', error);
  });
}
