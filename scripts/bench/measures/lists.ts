/** Provides the lists that are measured. */
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { ListOptions } from '../page/list.ts';
import type { Profile, Stage } from '../stage.ts';

export function listOf(rows: number, pageSize: number): ListOptions {
  return { rows, pageSize };
}

export interface ListNote {
  readonly id: SnapshotId;
  /** The first account's handle. It is visible when rows are displayed. */
  readonly firstHandle: string;
}

/** A browser profile with one list, including everything that its run stored. */
export function profileWithList(stage: Stage, rows: number, pageSize: number): Promise<Profile<ListNote>> {
  const options = listOf(rows, pageSize);
  return stage.profile(`list-${String(rows)}-${String(pageSize)}`, async (page) => {
    const id = await page.evaluate((list) => globalThis.followledgerBench.seed(list), options);
    const [first] = await page.evaluate((list) => globalThis.followledgerBench.accounts(list, 0, 1), options);
    return { id, firstHandle: first?.handle ?? '' };
  });
}
