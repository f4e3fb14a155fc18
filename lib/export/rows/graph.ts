/** The graph of one or more lists: who follows whom. Only IDs and times stay in memory; accounts are read for the nodes. */
import { followColumns } from '../../lists/columns.ts';
import { extentOf, segmentCount } from '../../lists/extent.ts';
import { foldText } from '../../lists/fold.ts';
import { LoadedColumns, type LoadedSegment } from '../../lists/loaded.ts';
import { handleKey, idInHandle } from '../../model/handles.ts';
import type { Platform, Relation } from '../../model/platform.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { DistinctAccounts, KnownId } from '../../sets/distinct.ts';
import type { DerivedValues } from '../../store/derived.ts';
import type { Store } from '../../store/index.ts';
import type { Graph, GraphEdge, GraphNode } from '../graph.ts';
import type { Batch } from './batch.ts';
import { EdgeTimes } from './edge-times.ts';
import { BETWEEN_NAMES, namesOfLists } from './list-names.ts';
import { accountsFrom, type ListOfSeveral, type SeveralLists } from './lists.ts';
import { ListDeletedError } from './read-list.ts';

/** Nodes or edges that are passed on together. */
const BATCH_SIZE = 1024;

/** A node's ID: the platform's ID of the account, or `@` and its handle if that is all that is known. */
function nodeId(platform: Platform, { kind, text }: KnownId): string {
  return kind === 'handle' ? `${platform}:@${handleKey(text)}` : `${platform}:${text}`;
}

/** A profile to which lists belong. */
interface Profile {
  readonly number: number;
  /** The newest of its lists. */
  readonly snapshot: Snapshot;
}

/** The lists of one relation of one profile, newest first. */
interface EdgeGroup {
  readonly profile: number;
  readonly relation: Relation;
  readonly lists: readonly ListOfSeveral[];
}

interface Profiles {
  readonly profiles: ReadonlyMap<number, Profile>;
  readonly groups: readonly EdgeGroup[];
}

/** The ID of a list's profile, which another list of the same handle may know. */
function profileIdOf({ platform, handle, handleKey: key, profileId }: Snapshot, lists: readonly Snapshot[]) {
  const known = profileId ?? idInHandle(platform, handle);
  return (
    known ?? lists.find((other) => other.handleKey === key && other.profileId !== null)?.profileId ?? null
  );
}

/** Adds the profiles to the accounts: a profile may be in the list of another. */
function profilesOf({ lists, accounts }: SeveralLists): Profiles {
  const snapshots = lists.map(({ snapshot }) => snapshot);
  const profiles = new Map<number, Profile>();
  const groups = new Map<string, EdgeGroup>();
  for (const list of lists) {
    const { snapshot } = list;
    const id = profileIdOf(snapshot, snapshots);
    const number =
      id === null ? accounts.addHandle(snapshot.handleKey, foldText(snapshot.handle)) : accounts.addId(id);
    if (!profiles.has(number)) profiles.set(number, { number, snapshot });
    const { relation } = snapshot;
    const key = `${String(number)} ${relation}`;
    const before = groups.get(key)?.lists ?? [];
    groups.set(key, { profile: number, relation, lists: [...before, list] });
  }
  return { profiles, groups: Array.from(groups.values()) };
}

function nodesOfBatch(
  { positions, accounts }: Batch,
  { snapshot: { platform }, numbers }: ListOfSeveral,
  distinct: DistinctAccounts,
  profiles: Profiles['profiles'],
): readonly GraphNode[] {
  return positions.map((position, row) => {
    const number = numbers[position - 1] ?? 0;
    const id = nodeId(platform, distinct.idOf(number));
    return {
      id,
      label: accounts.handle?.[row] ?? id,
      name: accounts.name?.[row] ?? null,
      followers: accounts.followers?.[row] ?? null,
      following: accounts.following?.[row] ?? null,
      verified: accounts.verified?.[row] ?? null,
      isProfile: profiles.has(number),
    };
  });
}

/** A profile that is in none of the lists. */
function nodeOfProfile({ number, snapshot }: Profile, distinct: DistinctAccounts): GraphNode {
  const { platform, handle, facts } = snapshot;
  const id = nodeId(platform, distinct.idOf(number));
  return {
    id,
    label: idInHandle(platform, handle) === null ? handle : id,
    name: facts?.name ?? null,
    followers: facts?.followers ?? null,
    following: facts?.following ?? null,
    verified: facts?.verified ?? null,
    isProfile: true,
  };
}

/** When some accounts of a list followed, by position from `first` on; NaN is unknown. */
interface FollowSegment {
  readonly first: number;
  readonly count: number;
  readonly after: (row: number) => number;
  readonly before: (row: number) => number;
}

function timesIn(values: DerivedValues): (row: number) => number {
  return (row) => (values.kind === 'numbers' ? (values.of[row] ?? NaN) : NaN);
}

/**
 * The follow times of a list. Only one segment is in memory.
 * @throws ListDeletedError if the list was deleted; `signal.reason` if it is aborted
 */
async function* followSegments(
  store: Store,
  { snapshot }: ListOfSeveral,
  signal: AbortSignal,
): AsyncGenerator<FollowSegment> {
  const loaded = new LoadedColumns(store, snapshot.id);
  const extent = extentOf(snapshot);
  for (let number = 0; number < segmentCount(extent); number += 1) {
    signal.throwIfAborted();
    let segment: LoadedSegment;
    try {
      segment = await loaded.segmentAt(extent, number, followColumns, signal);
    } catch (error) {
      if ((await store.snapshots.get(snapshot.id)) === undefined) throw new ListDeletedError();
      throw error;
    }
    const [after, before] = [segment.values('followedAfter'), segment.values('followedBefore')];
    loaded.retain('query', []);
    yield { first: segment.first, count: segment.count, after: timesIn(after), before: timesIn(before) };
  }
}

/** What several lists say together. @throws what {@link followSegments} throws */
async function timesOfGroup(
  store: Store,
  lists: readonly ListOfSeveral[],
  count: number,
  signal: AbortSignal,
): Promise<EdgeTimes> {
  const times = new EdgeTimes(count);
  for (const list of lists) {
    for await (const segment of followSegments(store, list, signal)) {
      for (let row = 0; row < segment.count; row += 1) {
        const number = list.numbers[segment.first + row] ?? 0;
        times.narrow(number, segment.after(row), segment.before(row));
      }
    }
  }
  return times;
}

async function* edgesOfGroup(
  store: Store,
  { profile, relation, lists }: EdgeGroup,
  idOf: (number: number) => string,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<readonly GraphEdge[]> {
  const isWritten = new Uint8Array(count);
  const profileId = idOf(profile);
  const shared = lists.length === 1 ? null : await timesOfGroup(store, lists, count, signal);
  let batch: GraphEdge[] = [];
  for (const list of lists) {
    for await (const segment of followSegments(store, list, signal)) {
      for (let row = 0; row < segment.count; row += 1) {
        const number = list.numbers[segment.first + row] ?? 0;
        if (isWritten[number] === 1) continue;
        isWritten[number] = 1;
        const id = idOf(number);
        const [source, target] = relation === 'followers' ? [id, profileId] : [profileId, id];
        const followedAfter = known(shared === null ? segment.after(row) : shared.after(number));
        const followedBefore = known(shared === null ? segment.before(row) : shared.before(number));
        batch.push({ source, target, relation, followedAfter, followedBefore });
        if (batch.length < BATCH_SIZE) continue;
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

function known(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}

export interface GraphOptions {
  readonly day: string;
  readonly signal: AbortSignal;
  /** Called with the accounts that become nodes. */
  readonly onAccounts: (batch: Batch) => void;
}

/**
 * The graph of lists of one platform: their accounts, and the profiles that they belong to. An edge that several lists of
 * the same profile and relation state is one edge.
 * @returns the graph, and how many nodes it has
 */
export function graphOf(
  store: Store,
  several: SeveralLists,
  { day, signal, onAccounts }: GraphOptions,
): Graph & { readonly nodeCount: number } {
  const { lists, accounts, count } = several;
  const { profiles, groups } = profilesOf(several);
  const platform = lists[0]?.snapshot.platform ?? 'x';
  accounts.end();
  const idOf = (number: number): string => nodeId(platform, accounts.idOf(number));

  async function* nodes(): AsyncGenerator<readonly GraphNode[]> {
    for (const [index, list] of lists.entries()) {
      for await (const batch of accountsFrom(store, several, index)) {
        onAccounts(batch);
        yield nodesOfBatch(batch, list, accounts, profiles);
      }
    }
    yield Array.from(profiles.values())
      .filter(({ number }) => number >= count)
      .map((profile) => nodeOfProfile(profile, accounts));
  }
  async function* edges(): AsyncGenerator<readonly GraphEdge[]> {
    for (const group of groups) yield* edgesOfGroup(store, group, idOf, count, signal);
  }
  const description = namesOfLists(lists.map(({ snapshot }) => snapshot)).join(BETWEEN_NAMES);
  return { description, day, nodes, edges, nodeCount: accounts.count };
}
