/** Writes thousands of small lists, like years of use would. */
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Store } from '../../../lib/store/index.ts';
import { planList } from './list.ts';

export interface ManyLists {
  readonly lists: number;
  /** The number of lists per profile. */
  readonly perProfile: number;
}

const ROWS = 20;
const HOUR = 3_600_000;
const LAST = Date.UTC(2026, 10, 14, 9, 30);

/** Writes the lists, newest first. @returns the ID of the oldest one, which is displayed last */
export async function writeManyLists(store: Store, { lists, perProfile }: ManyLists): Promise<SnapshotId> {
  let last: SnapshotId | null = null;
  for (let at = 0; at < lists; at += 1) {
    const profile = Math.floor(at / perProfile);
    const plan = planList({
      rows: ROWS,
      pageSize: ROWS,
      handle: `profile_${String(profile)}`,
      name: `Profile number ${String(profile)}`,
      startedAt: LAST - at * HOUR,
    });
    const { page } = plan.pageAt(0);
    await store.snapshots.addFinished(plan.end(plan.afterPage(plan.snapshot, page)), [page]);
    last = plan.snapshot.id;
  }
  if (last === null) throw new Error('The number of lists must not be 0.');
  return last;
}
