/**
 * Snapshots for pages that show all of them: read in parts, and after that only those that changed. A page with thousands
 * of lists never reads all of them at once.
 */
import { Dexie, RangeSet, type EntityTable, type ObservabilitySet } from 'dexie';
import { clean } from './clean.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isSnapshot } from './readable.ts';

/** How many are read at once, which takes a few milliseconds. */
const PART = 250;

/** What {@link SnapshotIndex.watch} reports: the IDs of changed snapshots, or that any may have changed. */
export type ChangedSnapshots = readonly SnapshotId[] | 'all';

export interface ReadSnapshots {
  readonly snapshots: readonly Snapshot[];
  /** IDs of rows that are not snapshots: written by an earlier bug, or damaged. */
  readonly unreadable: readonly string[];
}

/** A stored row, cleaned like every row that is read; `null` if it is not a snapshot. */
function readable(row: unknown): Snapshot | null {
  if (!isSnapshot(row)) return null;
  try {
    return clean.snapshot(row);
  } catch (error) {
    console.warn('A stored list cannot be read.', error instanceof Error ? error.name : '');
    return null;
  }
}

/** Separates the snapshots from rows that cannot be read. The rows are read raw, without the table's reading hook. */
function separate(rows: readonly { readonly id: SnapshotId }[]): ReadSnapshots {
  const read = rows.map((row) => ({ id: row.id, snapshot: readable(row) }));
  return {
    snapshots: read.flatMap(({ snapshot }) => snapshot ?? []),
    unreadable: read.flatMap(({ id, snapshot }) => (snapshot === null ? [String(id)] : [])),
  };
}

function idsIn(parts: ObservabilitySet, table: string): ChangedSnapshots {
  if (parts['all'] !== undefined) return 'all';
  const changed = parts[table];
  if (changed === undefined) return [];
  const ids: SnapshotId[] = [];
  for (const { from, to } of RangeSet(changed)) {
    if (from !== to || typeof from !== 'string') return 'all';
    ids.push(from as SnapshotId);
  }
  return ids;
}

export class SnapshotIndex {
  readonly #table: EntityTable<Snapshot, 'id'>;
  readonly #name: string;

  constructor(table: EntityTable<Snapshot, 'id'>) {
    this.#table = table;
    this.#name = `idb://${table.db.name}/${table.name}/`;
  }

  /** All snapshots, including those whose deletion can still be undone; in parts, in no order. */
  async *parts(): AsyncGenerator<ReadSnapshots> {
    let after: SnapshotId | undefined;
    for (;;) {
      const from = after === undefined ? this.#table.toCollection() : this.#table.where(':id').above(after);
      const rows = await from.limit(PART).raw().toArray();
      yield separate(rows);
      after = rows.at(-1)?.id;
      if (after === undefined || rows.length < PART) return;
    }
  }

  /** Some snapshots, in no order; those that were deleted are left out. */
  async some(ids: readonly SnapshotId[]): Promise<ReadSnapshots> {
    return separate(await this.#table.where(':id').anyOf(ids).raw().toArray());
  }

  /** Calls back when snapshots were written or deleted in any context. @returns a function that ends it */
  watch(changed: (ids: ChangedSnapshots) => void): () => void {
    const listen = (parts: ObservabilitySet): void => {
      const ids = idsIn(parts, this.#name);
      if (ids === 'all' || ids.length > 0) changed(ids);
    };
    Dexie.on('storagemutated', listen);
    return () => {
      Dexie.on.storagemutated.unsubscribe(listen);
    };
  }
}
