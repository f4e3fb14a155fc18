/** Measures the comparison of 20 lists, asked for like the dashboard's page does. */
import { openReader } from '../../../lib/lists/reader.ts';
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { Mask } from '../../../lib/sets/id-masks.ts';
import type { Store } from '../../../lib/store/index.ts';
import type { NewPage } from '../../../lib/store/page-log.ts';
import { mix } from '../../../tests/emulator/population/random.ts';
import { planList } from './list.ts';

/** Lists of one platform, each with so many accounts. */
export interface ManySets {
  readonly lists: number;
  readonly rows: number;
  readonly pageSize: number;
}

/** Milliseconds. */
export interface OverlapTimes {
  /** In a page that was just opened. Includes starting the worker. */
  readonly took: number;
  /** How many combinations of lists have accounts of their own. */
  readonly combinations: number;
  /** How many combinations have another number of accounts than they should have. */
  readonly wrong: number;
}

const SEED = 20;
const ID_BITS = 62;
/** An odd number: the IDs of different accounts differ, and are in no order. */
const SPREAD = 0x1e37_79b9_7f4a_7c15n;

/** Which lists each account is in, one after the other, until every list is full. */
function* memberships({ lists, rows }: ManySets): Generator<Mask> {
  const free = new Uint32Array(lists).fill(rows);
  let full: Mask = 0;
  const all = 2 ** lists - 1;
  for (let account = 0; full !== all; account += 1) {
    const draw = mix(SEED, account);
    // A quarter of all accounts is in each list.
    const mask = draw & mix(draw, account) & all & ~full;
    for (let list = 0; list < lists; list += 1) {
      if ((mask & (1 << list)) === 0) continue;
      const left = (free[list] ?? 0) - 1;
      free[list] = left;
      if (left === 0) full |= 1 << list;
    }
    yield mask;
  }
}

function idOf(account: number): string {
  return String(BigInt.asUintN(ID_BITS, BigInt(account + 1) * SPREAD));
}

/** The accounts of one list, by their numbers. */
function membersOf(many: ManySets, list: number): Uint32Array {
  const members = new Uint32Array(many.rows);
  let count = 0;
  let account = 0;
  for (const mask of memberships(many)) {
    if ((mask & (1 << list)) !== 0) members[count++] = account;
    account += 1;
  }
  return members;
}

/** Writes the lists. Of their accounts, only the IDs are known: comparing several lists needs nothing else. */
export async function writeManySets(store: Store, many: ManySets): Promise<SnapshotId[]> {
  const { lists, rows, pageSize } = many;
  const ids: SnapshotId[] = [];
  for (let list = 0; list < lists; list += 1) {
    const members = membersOf(many, list);
    const plan = planList({ rows, pageSize, handle: `bench_set_${String(list)}` });
    let now = plan.snapshot;
    const pages: NewPage[] = [];
    for (let first = 0; first < rows; first += pageSize) {
      const accounts = Array.from(members.subarray(first, first + pageSize), (account) =>
        unknownAccount(accountIdSchema.parse(idOf(account))),
      );
      const page: NewPage = { ...plan.pageAt(pages.length, accounts).page, idsOnly: true };
      now = plan.afterPage(now, page);
      pages.push(page);
    }
    await store.snapshots.addFinished(plan.end(now), pages);
    ids.push(now.id);
  }
  return ids;
}

/** Compares the lists, and then their combinations with those that were written. */
export async function measureOverlap(
  store: Store,
  ids: readonly SnapshotId[],
  many: ManySets,
): Promise<OverlapTimes> {
  const [first] = ids;
  if (first === undefined) throw new Error('There are no lists.');
  const reader = openReader(store, first);
  try {
    const began = performance.now();
    const { masks, counts } = await reader.overlap(ids, () => undefined, new AbortController().signal);
    const took = performance.now() - began;
    const left = new Int32Array(2 ** many.lists);
    for (const mask of memberships(many)) left[mask] = (left[mask] ?? 0) + 1;
    left[0] = 0;
    for (const [at, mask] of masks.entries()) left[mask] = (left[mask] ?? 0) - (counts[at] ?? 0);
    return { took, combinations: masks.length, wrong: left.filter((n) => n !== 0).length };
  } finally {
    reader.close();
  }
}
