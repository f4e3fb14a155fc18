/**
 * A profile whose list of followers changes: accounts follow, leave, follow again, rename themselves, and are suspended.
 * It knows who was listed when.
 */
import type { Relation } from '../platforms.ts';
import type { TrueAccount } from './account.ts';
import { makePopulation, type Entry, type Population, type PopulationOptions } from './population.ts';
import { positionOf } from './position.ts';
import { hash } from './random.ts';

export interface ChangingOptions extends Pick<PopulationOptions, 'platform' | 'handle'> {
  /** How many follow at first. */
  readonly followers: number;
  /** How many more can follow later. */
  readonly further: number;
  /** The clock by which changes happen, in epoch milliseconds. On TikTok, no three follows may be in one second. */
  readonly now: () => number;
}

/** Changes take effect at once. Accounts are named by their ID. */
export interface ChangingPopulation extends Population {
  /** Who is listed now, newest first. */
  listed(): readonly TrueAccount[];
  /** A new account follows. @returns its ID; `null` if there is no further one */
  follow(): string | null;
  leave(id: string): void;
  /** An account that left follows again, at the top of the list. */
  followAgain(id: string): void;
  rename(id: string, handle: string): void;
  /** A suspended account is counted and not listed. */
  suspend(id: string, isSuspended: boolean): void;
  /** The list ends after this many entries, whatever the count says; `null` is its real end. */
  endAfter(entries: number | null): void;
  /** Whether an account was listed at every moment of a period, ends included. */
  wasListedThroughout(id: string, from: number, to: number): boolean;
}

interface Place {
  account: TrueAccount;
  readonly followedAt: number;
  readonly position: bigint;
}

interface Span {
  readonly from: number;
  to: number;
}

/** When each account was listed. */
class History {
  readonly #spans = new Map<string, Span[]>();

  begin(id: string, at: number): void {
    this.#spans.set(id, [...(this.#spans.get(id) ?? []), { from: at, to: Infinity }]);
  }

  end(id: string, at: number): void {
    const last = this.#spans.get(id)?.at(-1);
    if (last?.to === Infinity) last.to = at;
  }

  /** A moment at which an account left or came is not part of its time in the list. */
  covers(id: string, from: number, to: number): boolean {
    return (this.#spans.get(id) ?? []).some((span) => span.from < from && span.to > to);
  }
}

/** The list itself. */
class Followers {
  /** Newest first. */
  readonly places: Place[];
  readonly gone = new Map<string, TrueAccount>();
  readonly suspended = new Set<string>();
  readonly history = new History();
  endsAfter = Infinity;
  readonly #options: ChangingOptions;
  readonly #further: TrueAccount[];
  readonly #seed: number;
  #follows = 0;

  constructor(options: ChangingOptions, base: Population) {
    this.#options = options;
    this.#seed = hash(options.handle);
    const all = base.entries('followers', 0, options.followers + options.further).flatMap((entry) => {
      const { followedAt, index } = entry;
      const position = base.position('followers', index);
      return entry.kind === 'account' ? [{ account: entry.account, followedAt, position }] : [];
    });
    this.#further = all.slice(0, options.further).map(({ account }) => account);
    this.places = all.slice(options.further);
    for (const { account } of this.places) this.history.begin(account.id, -Infinity);
  }

  get size(): number {
    return Math.min(this.places.length, this.endsAfter);
  }

  place(index: number): Place {
    const place = this.places[index];
    if (place === undefined) throw new RangeError(`${this.#options.handle} has no entry ${String(index)}`);
    return place;
  }

  find(id: string): Place {
    const place = this.places.find(({ account }) => account.id === id);
    if (place === undefined) throw new Error(`${id} does not follow ${this.#options.handle}`);
    return place;
  }

  addNew(): string | null {
    const account = this.#further.pop();
    if (account !== undefined) this.add(account);
    return account?.id ?? null;
  }

  add(account: TrueAccount): void {
    const now = this.#options.now();
    const followedAt = this.#options.platform === 'x' ? now : Math.floor(now / 1000) * 1000;
    this.#follows += 1;
    const position = positionOf(followedAt, this.#seed, this.#follows);
    const top = this.places[0]?.position ?? 0n;
    // Two of the same millisecond are still one above the other.
    this.places.unshift({ account, followedAt, position: position > top ? position : top + 1n });
    if (!this.suspended.has(account.id)) this.history.begin(account.id, now);
  }

  remove(id: string): void {
    const place = this.find(id);
    this.places.splice(this.places.indexOf(place), 1);
    this.gone.set(id, place.account);
    this.history.end(id, this.#options.now());
  }

  entry(index: number): Entry {
    const { account, followedAt } = this.place(index);
    return this.suspended.has(account.id)
      ? { kind: 'suspended', index, followedAt, id: account.id }
      : { kind: 'account', index, followedAt, account };
  }

  firstWith(holds: (place: Place) => boolean): number {
    const found = this.places.findIndex(holds);
    return Math.min(found < 0 ? this.places.length : found, this.size);
  }
}

/** Creates a changing population. The accounts that it follows never change. */
export function makeChangingPopulation(options: ChangingOptions): ChangingPopulation {
  const { platform, handle, followers, further, now } = options;
  const base = makePopulation({ platform, handle, followers: followers + further, following: 0 });
  const list = new Followers(options, base);
  const entries = (from: number, count: number): Entry[] =>
    Array.from({ length: Math.max(0, Math.min(list.size, from + count) - from) }, (_, at) =>
      list.entry(from + at),
    );
  const onlyFollowers = (relation: Relation): void => {
    if (relation !== 'followers') throw new Error(`${handle} has no list of those it follows`);
  };
  return {
    ...base,
    get owner() {
      return { ...base.owner, followers: list.places.length };
    },
    size: (relation) => (relation === 'followers' ? list.size : 0),
    entry(relation, index) {
      onlyFollowers(relation);
      return list.entry(index);
    },
    entries: (relation, from, count) => (relation === 'followers' ? entries(from, count) : []),
    followedAt(relation, index) {
      onlyFollowers(relation);
      return list.place(index).followedAt;
    },
    position(relation, index) {
      onlyFollowers(relation);
      return list.place(index).position;
    },
    firstNotAfter: (_, time) => list.firstWith(({ followedAt }) => followedAt <= time),
    firstBelow: (_, limit) => list.firstWith(({ position }) => position < limit),
    lookUp(id) {
      if (list.suspended.has(id)) return undefined;
      return list.places.find(({ account }) => account.id === id)?.account ?? list.gone.get(id);
    },
    listed: () => list.places.flatMap(({ account }) => (list.suspended.has(account.id) ? [] : [account])),
    follow: () => list.addNew(),
    leave: (id) => {
      list.remove(id);
    },
    followAgain(id) {
      const account = list.gone.get(id);
      if (account === undefined) throw new Error(`${id} did not leave ${handle}`);
      list.gone.delete(id);
      list.add(account);
    },
    rename(id, to) {
      const place = list.find(id);
      place.account = { ...place.account, handle: to };
    },
    suspend(id, isSuspended) {
      list.find(id);
      if (isSuspended) list.suspended.add(id);
      else list.suspended.delete(id);
      if (isSuspended) list.history.end(id, now());
      else list.history.begin(id, now());
    },
    endAfter(count) {
      list.endsAfter = count ?? Infinity;
    },
    wasListedThroughout: (id, from, to) => list.history.covers(id, from, to),
  };
}
