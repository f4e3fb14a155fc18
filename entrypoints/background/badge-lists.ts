/**
 * The lists that the toolbar's badge represents: those not finished, and those finished but not opened yet. All lists are
 * read once. Later, only changed ones are read, however many lists there are.
 */
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import type { ReadSnapshots, SnapshotIndex } from '../../lib/store/snapshot-index.ts';

function isOnBadge({ state, openedAt, deletedAt }: Snapshot): boolean {
  return deletedAt === undefined && (!hasEnded(state) || openedAt === null);
}

export interface BadgeLists {
  /** The lists in their current state. */
  readonly read: () => Promise<readonly Snapshot[]>;
  /** Makes the next read load all lists: a page wrote many, and its change notification may arrive late. */
  readonly invalidate: () => void;
}

export function createBadgeLists(index: Pick<SnapshotIndex, 'parts' | 'some' | 'watch'>): BadgeLists {
  const onBadge = new Map<SnapshotId, Snapshot>();
  const changedIds = new Set<SnapshotId>();
  let isStale = true;
  let last: Promise<unknown> = Promise.resolve();

  index.watch((changed) => {
    if (changed === 'all') isStale = true;
    else for (const id of changed) changedIds.add(id);
  });

  function add({ snapshots }: ReadSnapshots): void {
    for (const snapshot of snapshots) if (isOnBadge(snapshot)) onBadge.set(snapshot.id, snapshot);
  }

  async function read(): Promise<readonly Snapshot[]> {
    const ids = [...changedIds];
    changedIds.clear();
    try {
      if (isStale) {
        isStale = false;
        onBadge.clear();
        for await (const part of index.parts()) add(part);
      } else if (ids.length > 0) {
        const found = await index.some(ids);
        for (const id of ids) onBadge.delete(id);
        add(found);
      }
    } catch (error) {
      isStale = true;
      throw error;
    }
    return Array.from(onBadge.values());
  }

  return {
    read: () => {
      const reading = last.then(read);
      // A failed read must not fail the next one.
      last = reading.catch(() => undefined);
      return reading;
    },
    invalidate: () => {
      isStale = true;
    },
  };
}
