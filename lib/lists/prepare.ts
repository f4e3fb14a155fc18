/** Builds derived columns while lists are collected, so that the first query on a long list is fast. */
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { deriveMissing } from './derive.ts';
import { extentOf, segmentExtent, segmentCount } from './extent.ts';

/** How many segments of a list no longer change. */
function settledSegments(snapshot: Snapshot): number {
  const extent = extentOf(snapshot);
  let settled = 0;
  while (settled < segmentCount(extent) && segmentExtent(extent, settled).settled) settled += 1;
  return settled;
}

type PreparationStore = Parameters<typeof deriveMissing>[0];

/**
 * To be called for every change of a list that is collected. It works on one list at a time and in small steps, between
 * which the collector can run. If the background ends early, the first reader builds the rest.
 */
export function createPreparation(store: PreparationStore): {
  readonly changed: (snapshot: Snapshot) => void;
  /** Resolves when there is nothing left to do. */
  readonly settled: () => Promise<void>;
} {
  const built = new Map<SnapshotId, number>();
  let last = Promise.resolve();

  async function build(id: SnapshotId): Promise<void> {
    try {
      await deriveMissing(store, id, new AbortController().signal);
    } catch (error) {
      // Reading works without the columns, and reports storage errors itself.
      console.warn('Could not build derived columns.', error instanceof Error ? error.name : '');
    }
  }

  return {
    changed(snapshot) {
      const settled = settledSegments(snapshot);
      if (settled <= (built.get(snapshot.id) ?? 0)) return;
      built.set(snapshot.id, settled);
      last = last.then(() => build(snapshot.id));
    },
    settled: () => last,
  };
}
