/** Reads several lists and compares them. */
import { extentOf } from '../lists/extent.ts';
import { LoadedColumns } from '../lists/loaded.ts';
import { createYielder } from '../lists/yield-to-events.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Store } from '../store/index.ts';
import { HandleGroups, type JoinedByHandle } from './handle-groups.ts';
import { IdKeysBuilder, kindAt, type IdKind } from './id-keys.ts';
import { IdMasks } from './id-masks.ts';
import { handlesOf } from './list-columns.ts';
import { overlapOf, type OnRead, type Overlap } from './overlap.ts';

type OverlapStore = Pick<Store, 'pages' | 'derived' | 'snapshots'>;

/**
 * Compares lists of one platform.
 * @throws `signal.reason` if it is aborted; what the store throws
 */
export async function readOverlap(
  store: OverlapStore,
  lists: readonly Snapshot[],
  onRead: OnRead,
  signal: AbortSignal,
): Promise<Overlap> {
  const masks = new IdMasks();
  for (const [at, { id, rows }] of lists.entries()) {
    onRead(at);
    masks.begin(rows);
    await store.pages.eachIds(id, (ids) => {
      signal.throwIfAborted();
      masks.add(ids);
    });
    signal.throwIfAborted();
    masks.end();
  }
  onRead(lists.length);
  const counts = await countsOf(masks, signal);
  const joined = await joinByHandles(store, lists, masks, counts, signal);
  return overlapOf(
    lists.map(({ id }) => id),
    counts,
    joined,
  );
}

async function countsOf(masks: IdMasks, signal: AbortSignal): Promise<Uint32Array<ArrayBuffer>> {
  const counting = masks.counts();
  const yields = createYielder();
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
    await yields();
    signal.throwIfAborted();
  }
}

const NONE: JoinedByHandle = { byHandle: 0, apart: 0 };

/** Joins accounts with different kinds of IDs by their handle. Lists with one kind of ID have none. */
async function joinByHandles(
  store: OverlapStore,
  lists: readonly Snapshot[],
  masks: IdMasks,
  counts: Uint32Array,
  signal: AbortSignal,
): Promise<JoinedByHandle> {
  const { kinds } = masks;
  if (kinds.size < 2 && !kinds.has('handle')) return NONE;
  const usual = (kinds.get('text') ?? 0) > (kinds.get('number') ?? 0) ? 'text' : 'number';
  const groups = new HandleGroups((id) => masks.maskOf(id));
  const each = async (
    isWanted: (kind: IdKind) => boolean,
    visit: (id: () => string, kind: IdKind, handle: string | null) => void,
  ): Promise<void> => {
    for (const list of lists) await eachHandle(store, list, isWanted, visit, signal);
  };
  await each(
    (kind) => kind !== usual,
    (id, kind, handle) => {
      groups.addRare(id(), kind, handle);
    },
  );
  await each(
    (kind) => kind === usual,
    (id, kind, handle) => {
      if (handle !== null && groups.has(handle)) groups.addUsual(id(), kind, handle);
    },
  );
  return groups.join(counts, counts.length - 1);
}

/** Passes on the ID and the folded handle of every account of a list with a wanted kind of ID. */
async function eachHandle(
  store: OverlapStore,
  list: Snapshot,
  isWanted: (kind: IdKind) => boolean,
  visit: (id: () => string, kind: IdKind, handle: string | null) => void,
  signal: AbortSignal,
): Promise<void> {
  const builder = new IdKeysBuilder(list.rows);
  await store.pages.eachIds(list.id, (ids) => {
    signal.throwIfAborted();
    builder.add(ids);
  });
  const keys = builder.keys();
  const { count, low, high, others } = keys;
  if (!Array.from(keys.kinds).some(isWanted)) return;
  const handles = await handlesOf(new LoadedColumns(store, list.id), extentOf(list), signal);
  for (let at = 0; at < count; at += 1) {
    const kind = kindAt(keys, at);
    if (!isWanted(kind)) continue;
    const id = (): string => others.get(at) ?? String((BigInt(high[at] ?? 0) << 32n) | BigInt(low[at] ?? 0));
    visit(id, kind, handles(at));
  }
}
