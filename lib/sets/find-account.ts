/**
 * Finds an account in all lists. A handle may have changed between two lists, so the IDs that it has in some lists are
 * searched for in the others.
 */
import { encodeNeedle, textAt } from '../lists/text-column.ts';
import { extentOf } from '../lists/extent.ts';
import { foldText } from '../lists/fold.ts';
import { LoadedColumns } from '../lists/loaded.ts';
import { Rows } from '../lists/rows.ts';
import { accountIdSchema, snapshotIdSchema, type AccountId } from '../model/ids.ts';
import { platformSchema, type Platform } from '../model/platform.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Store } from '../store/index.ts';
import { z } from '../zod.ts';
import { positionOf } from './elsewhere.ts';
import { IdKeysBuilder, kindAt, readIdKeys } from './id-keys.ts';
import { ABSENT } from './join.ts';

/** The parts of the store that searching needs. */
type SearchedStore = Pick<Store, 'snapshots' | 'pages' | 'derived'>;

/** What is searched for: an account with this handle or this ID; `null` is neither. */
export const wantedAccountSchema = z.object({
  /** Without `@`. */
  handle: z.nullable(z.string()),
  /** `null` is any. */
  platform: z.nullable(platformSchema),
  id: z.nullable(accountIdSchema),
});
export type WantedAccount = z.infer<typeof wantedAccountSchema>;

/** A list with the account, and what the list states about it. */
export const foundAccountSchema = z.object({
  list: snapshotIdSchema,
  platform: platformSchema,
  /** From 0. */
  position: z.int(),
  id: accountIdSchema,
  handle: z.nullable(z.string()),
  name: z.nullable(z.string()),
});
export type FoundAccount = z.infer<typeof foundAccountSchema>;

/** What is known after a list was read. A list is read again if the account is not in it, but in another. */
export interface FindProgress {
  readonly read: number;
  readonly of: number;
  readonly found: readonly FoundAccount[];
}

/** @param lists all that may contain the account, in any order. @throws what the store throws; `signal.reason` */
export async function* findAccount(
  store: SearchedStore,
  lists: readonly Snapshot[],
  wanted: WantedAccount,
  signal: AbortSignal,
): AsyncGenerator<FindProgress> {
  const searched = lists.filter(({ platform }) => wanted.platform === null || wanted.platform === platform);
  const ids = new Map<Platform, Set<AccountId>>();
  const without: Snapshot[] = [];
  for (const [at, list] of searched.entries()) {
    const positions = new Set([
      ...(wanted.handle === null ? [] : await withHandle(store, list, wanted.handle, signal)),
      ...(wanted.id === null ? [] : await withIds(store, list, [wanted.id], signal)),
    ]);
    const found = await accountsAt(store, list, positions);
    signal.throwIfAborted();
    for (const { id } of found)
      ids.set(list.platform, (ids.get(list.platform) ?? new Set<AccountId>()).add(id));
    if (found.length === 0) without.push(list);
    yield { read: at + 1, of: searched.length, found };
  }
  const others = without.filter(({ platform }) => ids.has(platform));
  for (const [at, list] of others.entries()) {
    const positions = await withIds(store, list, ids.get(list.platform) ?? [], signal);
    signal.throwIfAborted();
    const found = await accountsAt(store, list, new Set(positions));
    yield { read: searched.length + at + 1, of: searched.length + others.length, found };
  }
}

/** The positions of accounts with IDs that never change. A handle as an ID may belong to another account by now. */
async function withIds(
  store: SearchedStore,
  list: Snapshot,
  ids: Iterable<AccountId>,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const keys = await readIdKeys(store.pages, list, signal);
  return Array.from(ids).flatMap((id) => {
    const builder = new IdKeysBuilder(1);
    builder.add([id]);
    const one = builder.keys();
    const position = kindAt(one, 0) === 'handle' ? ABSENT : positionOf(one, 0, keys);
    return position === ABSENT ? [] : [position];
  });
}

/** The positions of the accounts with a handle. The whole list's handles are read, one segment after the other. */
async function withHandle(
  store: SearchedStore,
  list: Snapshot,
  handle: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const needle = encodeNeedle(foldText(`@${handle}`));
  const loaded = new LoadedColumns(store, list.id);
  const positions: number[] = [];
  for await (const segment of loaded.segments(extentOf(list), ['handle'], signal)) {
    const values = segment.values('handle');
    if (values.kind !== 'text') continue;
    // Most segments don't contain it at all, which a search of the whole text tells fast.
    if (!values.text.includes(needle)) continue;
    for (let at = 0; at < segment.count; at += 1) {
      if (textAt(values, at) === needle) positions.push(segment.first + at);
    }
  }
  return positions;
}

async function accountsAt(
  store: SearchedStore,
  { id: list, platform }: Snapshot,
  positions: ReadonlySet<number>,
): Promise<readonly FoundAccount[]> {
  if (positions.size === 0) return [];
  const accounts = await new Rows(store.pages, list).at(Array.from(positions));
  return accounts.map(({ position, id, handle, name }) => ({ list, platform, position, id, handle, name }));
}
