/** Makes what makes reading fast while lists are collected, so that the first question about a long one is quick. */
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { deriveMissing } from './derive.ts';
import { extentOf, segmentExtent, segmentCount } from './extent.ts';

/** How many segments of a list will change no more. */
function settledSegments(snapshot: Snapshot): number {
  const extent = extentOf(snapshot);
  let settled = 0;
  while (settled < segmentCount(extent) && segmentExtent(extent, settled).settled) settled += 1;
  return settled;
}

type ReadyStore = Parameters<typeof deriveMissing>[0];

/**
 * To be told of every change of a list that is collected. Works on one list at a time and in small parts, between which
 * the collector has its turn. What is not done when the background ends is made by the first reader.
 */
export function createPreparation(store: ReadyStore): {
  readonly changed: (snapshot: Snapshot) => void;
  /** Resolves when nothing is left to do. */
  readonly settled: () => Promise<void>;
} {
  const made = new Map<SnapshotId, number>();
  let last = Promise.resolve();

  async function make(id: SnapshotId): Promise<void> {
    try {
      await deriveMissing(store, id, new AbortController().signal);
    } catch (error) {
      // Reading does without, and says what is wrong with the storage if it meets it too.
      console.warn('Could not build derived columns.', error instanceof Error ? error.name : '');
    }
  }

  return {
    changed(snapshot) {
      const settled = settledSegments(snapshot);
      if (settled <= (made.get(snapshot.id) ?? 0)) return;
      made.set(snapshot.id, settled);
      last = last.then(() => make(snapshot.id));
    },
    settled: () => last,
  };
}
