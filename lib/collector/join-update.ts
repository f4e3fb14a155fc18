/**
 * The end of an update: its list shows the earlier one below what it collected, without the accounts that it listed
 * again. The pages are shared, so that this takes almost no space.
 */
import type { Snapshot } from '../model/snapshot.ts';
import type { PackedIds } from '../store/ids.ts';
import { rangesOf, type Dropped, type Totals } from '../store/layout.ts';
import type { Store } from '../store/index.ts';
import { IdSet } from './id-set.ts';
import type { JoinedEvent } from './machine/events.ts';

/** Positions of a part that are to be dropped: those that were before, and those of accounts that are listed again. */
class DroppedSoFar {
  readonly #positions: number[] = [];

  add(isListed: Uint8Array, first: number, dropped: Dropped): void {
    const before = dropped.before(first + isListed.length) > dropped.before(first);
    isListed.forEach((listed, at) => {
      if (listed !== 0 || (before && dropped.has(first + at))) this.#positions.push(first + at);
    });
  }

  ranges(): Uint32Array<ArrayBuffer> {
    return rangesOf(this.#positions);
  }
}

/** Counts the IDs of a page that are in a set and not hidden already. */
function countShown(isListed: Uint8Array, first: number, dropped: Dropped): number {
  return isListed.reduce((sum, listed, at) => sum + (listed !== 0 && !dropped.has(first + at) ? 1 : 0), 0);
}

/**
 * Shows the earlier list below an update's own accounts. Can be repeated after a termination.
 * @param change what the event changes in the snapshot
 * @returns the snapshot; `undefined` if it was deleted meanwhile
 */
export async function joinUpdate(
  store: Pick<Store, 'pages' | 'snapshots'>,
  { id, rows }: Snapshot,
  change: (snapshot: Snapshot, event: JoinedEvent) => Snapshot,
): Promise<Snapshot | undefined> {
  const own = new IdSet();
  await store.pages.eachOwnIds(id, (ids) => {
    own.addPacked(ids);
  });
  const parts = new Map<number, DroppedSoFar>();
  let listedAgain = 0;
  await store.pages.eachHeldIds(id, (ids: PackedIds, { part, first, dropped }) => {
    const isListed = own.contains(ids);
    listedAgain += countShown(isListed, first, dropped);
    const soFar = parts.get(part) ?? new DroppedSoFar();
    parts.set(part, soFar);
    soFar.add(isListed, first, dropped);
  });
  const dropped = new Map(Array.from(parts, ([part, soFar]) => [part, soFar.ranges()] as const));
  return store.snapshots.join(id, dropped, (current, totals: Totals) =>
    change(current, { kind: 'joined', newAccounts: rows - listedAgain, totals }),
  );
}
