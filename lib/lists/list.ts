/** Walking through a list in the platform's own order. Positions count from 0 here and from 1 on the screen and in files. */
import type { SnapshotId } from '../model.ts';
import type { Store, StoredPage } from '../store/index.ts';

const BATCH = 16;

/** Every page of a snapshot in order, a few in memory at a time. */
export async function* eachPage(store: Store, id: SnapshotId): AsyncGenerator<StoredPage> {
  for (let seq = 0; ; seq += BATCH) {
    const pages = await store.pages(id, seq, BATCH);
    yield* pages;
    if (pages.length < BATCH) return;
  }
}
