/**
 * The pages that lists share: an updated list shows those of an earlier collection below its own. While the update runs,
 * it holds them, so that they stay even if the earlier list is deleted.
 */
import type { SnapshotId } from '../model/ids.ts';
import { ownPart } from '../model/update.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Database, PartRow } from './database.ts';

/** The parts that a running update holds have numbers below 0: the list does not show them yet. */
const FIRST_HELD = Number.MIN_SAFE_INTEGER;

/** The parts of an updated list, in order; empty if the list has only its own pages. */
export async function partsOf({ parts }: Pick<Database, 'parts'>, id: SnapshotId): Promise<PartRow[]> {
  return parts
    .where('[snapshotId+part]')
    .between([id, 0], [id, Number.MAX_SAFE_INTEGER], true, true)
    .toArray();
}

/** The parts that an update holds, in order. */
export async function heldBy({ parts }: Pick<Database, 'parts'>, id: SnapshotId): Promise<PartRow[]> {
  return parts.where('[snapshotId+part]').between([id, FIRST_HELD], [id, 0], true, false).toArray();
}

/** A list's own pages as a part. */
function ownAsPart(snapshot: Snapshot): PartRow {
  const { id, provider } = snapshot;
  const starts = [{ seq: 0, provider }];
  return { snapshotId: id, part: 0, log: id, starts, ...ownPart(snapshot), dropped: new Uint32Array() };
}

/** Everything that a list consists of now, as parts. */
async function allParts(db: Pick<Database, 'parts'>, snapshot: Snapshot): Promise<PartRow[]> {
  const parts = await partsOf(db, snapshot.id);
  if (parts.length > 0) return parts;
  const { pages, rows, filled, update } = snapshot;
  const own = ownAsPart(snapshot);
  // In a list restored from a backup, what it shared is its own now.
  return [{ ...own, starts: [...own.starts, ...(update?.joined?.starts ?? [])], pages, rows, filled }];
}

/** In the current transaction: holds the pages of a list for an update that starts. */
export async function hold(
  db: Pick<Database, 'parts'>,
  id: SnapshotId,
  base: Snapshot,
): Promise<readonly PartRow[]> {
  const parts = await allParts(db, base);
  const held = parts.map((part, at) => ({ ...part, snapshotId: id, part: at - parts.length }));
  await db.parts.bulkAdd(held);
  return held;
}

/** In the current transaction: shows the held pages below a list's own. @param held with what is to be dropped */
export async function showHeld(
  db: Pick<Database, 'parts'>,
  snapshot: Snapshot,
  held: readonly PartRow[],
): Promise<void> {
  const { id } = snapshot;
  await db.parts.bulkDelete(held.map(({ part }) => [id, part]));
  await db.parts.bulkAdd([ownAsPart(snapshot), ...held.map((part, at) => ({ ...part, part: at + 1 }))]);
}

/** In the current transaction: whether another list shows or holds the pages of a log. */
export async function isShared({ parts }: Pick<Database, 'parts'>, log: SnapshotId): Promise<boolean> {
  const users = await parts.where('log').equals(log).toArray();
  return users.some(({ snapshotId }) => snapshotId !== log);
}

/**
 * In the current transaction: removes the parts of a list that is deleted.
 * @returns the logs that nothing shows any more
 */
export async function releaseParts(
  db: Pick<Database, 'parts' | 'snapshots'>,
  id: SnapshotId,
): Promise<readonly SnapshotId[]> {
  const own = db.parts
    .where('[snapshotId+part]')
    .between([id, FIRST_HELD], [id, Number.MAX_SAFE_INTEGER], true, true);
  const logs = new Set((await own.toArray()).map(({ log }) => log));
  await own.delete();
  logs.add(id);
  const unused: SnapshotId[] = [];
  for (const log of logs) {
    const isListed = log !== id && (await db.snapshots.get(log)) !== undefined;
    if (!isListed && !(await isShared(db, log))) unused.push(log);
  }
  return unused;
}
