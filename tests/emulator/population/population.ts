/** A profile and its two lists, computed by index on demand: a million followers take no memory. */
import type { Platform, Relation } from '../platforms.ts';
import { indexesOfId, makeAccount, type TrueAccount } from './account.ts';
import { plausibleAccount } from './plausible.ts';
import { positionOf } from './position.ts';
import { hash, INDEX_SPACE } from './random.ts';
import { makeTimeline, type Batch } from './timeline.ts';

export interface PopulationOptions {
  readonly platform: Platform;
  readonly handle: string;
  /** How many accounts each list contains, including suspended ones. */
  readonly followers: number;
  readonly following: number;
  /** Populations with the same seed share one sequence of accounts. Default: the handle. */
  readonly seed?: string;
  /**
   * Where in the sequence the followers begin. Default: 0. The list is newest first, so setting the same population
   * again with a smaller offset and more followers adds followers at the top.
   */
  readonly offset?: number;
  /**
   * How many places the whole sequence of accounts has, over which their follows are spread: the years since the
   * platform began. Default: 10,000. Populations with the same seed must state the same.
   */
  readonly sequence?: number;
  /** Accounts of the sequence that were bought. Populations with the same seed must state the same. */
  readonly bought?: Batch;
  readonly id?: string;
  readonly name?: string;
  readonly bio?: string;
  readonly protected?: boolean;
  /** Lists that the owner hides (TikTok). */
  readonly hidden?: readonly Relation[];
  /** Every nth entry of the lists is suspended: counted by the platform, never listed. */
  readonly suspendedEvery?: number;
  /** Every nth account is listed by ID, but unavailable when it is looked up (X API v1.1). */
  readonly goneEvery?: number;
  /** The list ends after this many entries, whatever the count says. */
  readonly listEndsAt?: number;
  /** Only people as they might be, for pictures: no name or bio that tests software. `emoji` adds some of those. */
  readonly plausible?: { readonly emoji: boolean };
  /** What the profile states instead of the sizes above. */
  readonly claims?: { readonly followers?: number; readonly following?: number };
}

/** An entry of a list. A suspended one takes up a place and is never listed. */
export type Entry = {
  readonly index: number;
  /** When it followed, or was followed; epoch milliseconds. */
  readonly followedAt: number;
} & (
  | { readonly kind: 'account'; readonly account: TrueAccount }
  | { readonly kind: 'suspended'; readonly id: string }
);

export interface Population {
  readonly platform: Platform;
  readonly handle: string;
  /** The profile's own account, with the counts that it states. */
  readonly owner: TrueAccount;
  readonly protected: boolean;
  isHidden(relation: Relation): boolean;
  /** How many places the list has until it ends. */
  size(relation: Relation): number;
  /** The entry at `index`; 0 is the newest. */
  entry(relation: Relation, index: number): Entry;
  entries(relation: Relation, from: number, count: number): Entry[];
  followedAt(relation: Relation, index: number): number;
  /** X's position of an entry: later entries have lower ones. */
  position(relation: Relation, index: number): bigint;
  /** The first entry that followed at this time or before; the size of the list if there is none. */
  firstNotAfter(relation: Relation, time: number): number;
  /** The first entry whose position is lower. */
  firstBelow(relation: Relation, position: bigint): number;
  /** The account with this ID, if it is on one of the lists and a lookup still finds it. */
  lookUp(id: string): TrueAccount | undefined;
}

const RELATIONS: readonly Relation[] = ['followers', 'following'];

function ownerOf(options: PopulationOptions): TrueAccount {
  const { platform, handle } = options;
  const draw = hash(`${platform}:${handle.toLowerCase()}`);
  const id =
    platform === 'x' ? String(3_000_000_000 + (draw % 900_000_000)) : `68${String(draw).padStart(17, '1')}`;
  return {
    platform,
    id: options.id ?? id,
    handle,
    name: options.name ?? handle,
    bio: options.bio ?? 'Studies how news travels. Charts, mostly.',
    location: 'Lisbon',
    website: `https://example.org/${handle.toLowerCase()}`,
    followers: options.claims?.followers ?? options.followers,
    following: options.claims?.following ?? options.following,
    posts: 1_284,
    likes: 3_910,
    listed: 41,
    media: 120,
    verified: false,
    verifiedType: null,
    private: options.protected ?? false,
    createdAt: Date.UTC(2014, 4, 12, 9, 30, 0),
    language: 'en',
    region: 'PT',
    avatarUrl:
      platform === 'x'
        ? `https://pbs.twimg.com/profile_images/${id}/owner_normal.jpg`
        : 'https://p16-common-sign.tiktokcdn.com/avatar/owner~720x720.webp',
  };
}

/**
 * Creates a population. Half of the accounts it follows (rounded up) are also its followers, as far as there are
 * any. @throws if a list would not fit into the sequence of accounts.
 */
export function makePopulation(options: PopulationOptions): Population {
  const { platform, suspendedEvery = 0, goneEvery = 0, listEndsAt = Infinity, offset = 0 } = options;
  const seed = hash(`${platform}:${options.seed ?? options.handle.toLowerCase()}`);
  const timeline = makeTimeline({ ...options, seed });
  const shared = Math.min(options.followers, Math.ceil(options.following / 2));
  const start = { followers: offset, following: offset + options.followers - shared };
  const sizes = {
    followers: Math.min(options.followers, listEndsAt),
    following: Math.min(options.following, listEndsAt),
  };
  if (offset < 0 || start.following + options.following > INDEX_SPACE) {
    throw new Error(`population of ${options.handle} does not fit ${String(INDEX_SPACE)} accounts`);
  }

  /** The account at an index of the sequence. */
  function accountAt(index: number): TrueAccount {
    const account = makeAccount(platform, seed, index, timeline);
    return options.plausible === undefined
      ? account
      : plausibleAccount(account, { index, seed, ...options.plausible });
  }

  const followedAt = (relation: Relation, index: number): number =>
    timeline.followedAt(start[relation] + index);
  const position = (relation: Relation, index: number): bigint =>
    positionOf(followedAt(relation, index), seed, start[relation] + index);

  /** The first entry for which this holds. It holds for all entries after one for which it holds. */
  function firstWith(relation: Relation, holds: (index: number) => boolean): number {
    let [from, to] = [0, sizes[relation]];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (holds(middle)) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  function entry(relation: Relation, index: number): Entry {
    if (!Number.isInteger(index) || index < 0 || index >= sizes[relation]) {
      throw new RangeError(`${options.handle} has no entry ${String(index)} in ${relation}`);
    }
    const account = accountAt(start[relation] + index);
    const place = { index, followedAt: followedAt(relation, index) };
    return suspendedEvery > 0 && (index + 1) % suspendedEvery === 0
      ? { kind: 'suspended', ...place, id: account.id }
      : { kind: 'account', ...place, account };
  }

  return {
    platform,
    handle: options.handle,
    owner: ownerOf(options),
    protected: options.protected ?? false,
    isHidden: (relation) => options.hidden?.includes(relation) ?? false,
    size: (relation) => sizes[relation],
    entry,
    followedAt,
    position,
    firstNotAfter: (relation, time) => firstWith(relation, (index) => followedAt(relation, index) <= time),
    firstBelow: (relation, limit) => firstWith(relation, (index) => position(relation, index) < limit),
    entries(relation, from, count) {
      const end = Math.min(sizes[relation], from + count);
      const list: Entry[] = [];
      for (let index = from; index < end; index += 1) list.push(entry(relation, index));
      return list;
    },
    lookUp(id) {
      for (const at of indexesOfId(platform, seed, id)) {
        const removed = goneEvery > 0 && (at - start.followers + 1) % goneEvery === 0;
        const listed = RELATIONS.some((relation) => {
          const index = at - start[relation];
          return index >= 0 && index < sizes[relation] && entry(relation, index).kind === 'account';
        });
        const account = accountAt(at);
        if (!removed && listed && account.id === id) return account;
      }
      return undefined;
    },
  };
}
