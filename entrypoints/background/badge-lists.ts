/**
 * The lists that the toolbar's badge speaks of: those not finished, and those finished that nobody has looked at since.
 * All lists are read once; from then on only those that changed, however many there are.
 */
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import type { ReadSnapshots, SnapshotIndex } from '../../lib/store/snapshot-index.ts';

function isNews({ state, openedAt, deletedAt }: Snapshot): boolean {
  return deletedAt === undefined && (!hasEnded(state) || openedAt === null);
}

export interface News {
  /** The lists as they are now. */
  readonly read: () => Promise<readonly Snapshot[]>;
  /** Has all lists read once more: a page wrote many, and what it announces may come later than its message. */
  readonly forget: () => void;
}

export function createNews(index: Pick<SnapshotIndex, 'parts' | 'some' | 'watch'>): News {
  const news = new Map<SnapshotId, Snapshot>();
  const due = new Set<SnapshotId>();
  let isStale = true;
  let last: Promise<unknown> = Promise.resolve();

  index.watch((changed) => {
    if (changed === 'all') isStale = true;
    else for (const id of changed) due.add(id);
  });

  function take({ snapshots }: ReadSnapshots): void {
    for (const snapshot of snapshots) if (isNews(snapshot)) news.set(snapshot.id, snapshot);
  }

  async function read(): Promise<readonly Snapshot[]> {
    const ids = [...due];
    due.clear();
    try {
      if (isStale) {
        isStale = false;
        news.clear();
        for await (const part of index.parts()) take(part);
      } else if (ids.length > 0) {
        const found = await index.some(ids);
        for (const id of ids) news.delete(id);
        take(found);
      }
    } catch (error) {
      isStale = true;
      throw error;
    }
    return Array.from(news.values());
  }

  return {
    read: () => {
      const reading = last.then(read);
      // Whoever asks next reads for itself.
      last = reading.catch(() => undefined);
      return reading;
    },
    forget: () => {
      isStale = true;
    },
  };
}
