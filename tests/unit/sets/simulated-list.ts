/** Collects a list of a simulated profile, page by page, with everything that can go wrong. */
import { outcomeAtEnd } from '../../../lib/collector/machine/state.ts';
import { accountIdSchema, cursorSchema, providerIdSchema, type Cursor } from '../../../lib/model/ids.ts';
import type { Outcome, Snapshot } from '../../../lib/model/snapshot.ts';
import { followSourceOf } from '../../../lib/lists/follow-source.ts';
import { bracketsOf, type FollowSource } from '../../../lib/lists/follow-times.ts';
import type { PageFacts } from '../../../lib/store/page-log.ts';
import { newSnapshot } from '../lists/stored-lists.ts';
import type { Follower, World } from './simulated-profile.ts';

export interface ListOptions {
  readonly pageSize: number;
  /** `pages`: cursors without times, which number the pages. `wrong`: times that violate a guard. */
  readonly cursors: 'milliseconds' | 'seconds' | 'pages' | 'wrong';
  readonly secondsPerPage: number;
  /** Hours of pause before this page; 0 for none. */
  readonly pauseBefore: number;
  readonly pauseHours: number;
  readonly howMany: number | null;
  /** From this page on, the provider ends early or stalls. */
  readonly endsAt: number | null;
  readonly endsBy: 'end' | 'stall' | 'empty';
  /** How many of the oldest accounts the provider leaves out when it ends. */
  readonly cuts: number;
  readonly unreadable: number;
  /** The share of entries that are served without an account. */
  readonly withoutAccount: number;
  readonly repeats: number;
  readonly idsOnly: boolean;
  /** How many accounts have details, from the first on; `null` is all. */
  readonly filled: number | null;
  /** Left unfinished after so many pages; `null` is never. */
  readonly leftAfter: number | null;
  readonly ids: 'numbers' | 'texts' | 'handles' | 'mixed';
  readonly isCounted: boolean;
  readonly statesCreation: boolean;
  /** How far this computer's clock is ahead, milliseconds. */
  readonly clock: number;
  /** Before this page, the computer's clock is set by {@link clockSetBy} milliseconds; 0 is never. */
  readonly clockSetBefore: number;
  readonly clockSetBy: number;
  readonly hasDate: boolean;
  /** How far the provider's clock is ahead of the platform's, milliseconds. */
  readonly providerClock: number;
  readonly provider: 'one' | 'other';
}

/** A follower as it was when it was served. */
export interface Served {
  readonly index: number;
  readonly id: string;
  readonly handle: string | null;
  /** As the provider states it. */
  readonly bio: string | null;
  readonly trueBio: string | null;
  readonly createdAt: number | null;
  readonly followed: number;
}

export interface SimulatedList {
  readonly snapshot: Snapshot;
  readonly pages: readonly PageFacts[];
  readonly source: FollowSource;
  readonly rows: readonly Served[];
  /** NaN is unknown; `null` if a guard discards all. */
  readonly brackets: { readonly after: Float64Array; readonly before: Float64Array } | null;
  /** By the platform's clock. */
  readonly began: number;
  readonly ended: number;
}

type Cursors = ListOptions['cursors'];

/** The time that the cursor after an account states. */
const TIMES: Readonly<Record<Cursors, (followed: number, page: number) => number | null>> = {
  milliseconds: (followed) => followed,
  seconds: (followed) => followed,
  pages: () => null,
  wrong: (followed, page) => (page % 2 === 0 ? followed : followed + 1e12),
};

const PROVIDERS = {
  one: { milliseconds: 'x-v1.1', seconds: 'sociavault', pages: 'x-v1.1', wrong: 'x-v1.1' },
  other: { milliseconds: 'sociavault', seconds: 'socialfetch', pages: 'x-v2', wrong: 'sociavault' },
} as const satisfies Record<ListOptions['provider'], Record<Cursors, string>>;

/** A time as a provider's cursor. X's positions have 20 more bits, here those of the account. */
function cursorText(provider: string, time: number, index: number): string {
  const position = (BigInt(time) << 20n) | BigInt(index);
  if (provider === 'x-v1.1') return String(position);
  return provider === 'sociavault' && index >= 0 ? `${String(position)}|1` : String(Math.floor(time / 1000));
}

function idOf(one: Follower, style: ListOptions['ids'], random: () => number): string {
  const styles = ['numbers', 'texts', 'handles'] as const;
  const chosen = style === 'mixed' ? (styles[Math.floor(random() * 3)] ?? 'numbers') : style;
  if (chosen === 'numbers') return String(10n ** 15n + BigInt(one.index));
  return chosen === 'texts' ? `MS4wLjABAAAA${String(one.index).padStart(64, 'x')}` : one.handle;
}

/** A collection in progress. */
export class Run {
  readonly #world: World;
  readonly #options: ListOptions;
  readonly #random: () => number;
  readonly #began: number;
  readonly #startedAt: number;
  readonly #expected: number | null;
  readonly #provider: string;
  readonly #rows: Served[] = [];
  readonly #pages: PageFacts[] = [];
  readonly #seen = new Set<number>();
  #cursor: Cursor | null = null;
  /** The last account of the last page. */
  #last: Follower | null = null;
  /** When it followed as it was served. */
  #lastTime = Infinity;
  #outcome: Outcome | null = null;
  #unreadable = 0;
  #withoutAccount = 0;
  /** How far this computer's clock is ahead. */
  #clock: number;
  #empty = 0;
  #ended = 0;

  constructor(world: World, options: ListOptions, random: () => number) {
    this.#world = world;
    this.#options = options;
    this.#random = random;
    this.#began = world.now;
    this.#clock = options.clock;
    this.#startedAt = world.now + options.clock;
    this.#provider = PROVIDERS[options.provider][options.cursors];
    this.#expected = options.isCounted ? world.counted() : null;
  }

  /** Requests pages until there is no further one, at most so many. */
  steps(most: number): void {
    for (let step = 0; step < most && !this.#isDone; step += 1) this.#step();
  }

  result(): SimulatedList {
    const outcome = this.#outcome;
    const snapshot: Snapshot = {
      ...newSnapshot(providerIdSchema.parse(this.#provider)),
      startedAt: this.#startedAt,
      updatedAt: this.#pages.at(-1)?.receivedAt ?? this.#startedAt,
      rows: this.#rows.length,
      filled: this.#rows.length,
      pages: this.#pages.length,
      expected: this.#expected,
      unreadable: this.#unreadable,
      ...(this.#withoutAccount === 0 ? {} : { unexpected: { 'no-account': this.#withoutAccount } }),
      state: outcome === null ? { kind: 'paused' } : { kind: 'ended', outcome },
    };
    const source = followSourceOf(snapshot);
    return {
      snapshot,
      pages: this.#pages,
      source,
      rows: this.#rows,
      brackets: this.#brackets(source),
      began: this.#began,
      ended: this.#ended,
    };
  }

  get #isDone(): boolean {
    const { leftAfter } = this.#options;
    return this.#outcome !== null || (leftAfter !== null && this.#pages.length >= leftAfter);
  }

  /** Requests a page. */
  #step(): void {
    const { secondsPerPage, pauseBefore, pauseHours, clockSetBefore, clockSetBy } = this.#options;
    const seq = this.#pages.length;
    if (seq > 0 && seq === pauseBefore) this.#world.advance(pauseHours * 3_600_000);
    if (seq > 0 && seq === clockSetBefore) this.#clock += clockSetBy;
    this.#world.advance(Math.floor(secondsPerPage * 500));
    const { entries, next } = this.#serve(seq);
    this.#world.advance(Math.floor(secondsPerPage * 500));
    this.#take(seq, entries, next);
  }

  #serve(seq: number): { readonly entries: readonly Follower[]; readonly next: string | null } {
    const { pageSize, cursors, endsAt, endsBy, cuts, repeats } = this.#options;
    if (endsAt !== null && seq > endsAt && endsBy === 'stall') return { entries: [], next: this.#cursor };
    if (endsAt !== null && seq > endsAt && endsBy === 'empty') {
      // Pages without accounts, whose cursors go on.
      this.#lastTime -= 40 * 3_600_000;
      const next = this.#cursorAfter({ index: this.#last?.index ?? 0, followed: this.#lastTime }, seq);
      return { entries: [], next };
    }
    // As they are now: they change until the response arrives.
    const listed = this.#world.listed().map((one) => ({ ...one }));
    // Cursors of whole seconds include the accounts of their second.
    const below = cursors === 'seconds' ? Math.floor(this.#lastTime / 1000) * 1000 + 1000 : this.#lastTime;
    const rest =
      cursors === 'pages'
        ? listed.slice(seq * pageSize)
        : listed.filter(({ followed }) => (followed ?? 0) < below);
    const entries = rest.slice(0, pageSize);
    const last = entries.at(-1);
    if (last === undefined) return { entries, next: null };
    const repeated = this.#last !== null && this.#random() < repeats ? [this.#last] : [];
    const isEnd = entries.length + cuts >= rest.length || (endsAt === seq && endsBy === 'end');
    const next = isEnd ? null : this.#cursorAfter(last, seq);
    this.#last = last;
    this.#lastTime = last.followed ?? 0;
    return { entries: [...repeated, ...entries], next };
  }

  #cursorAfter(last: Pick<Follower, 'index' | 'followed'>, seq: number): string {
    const { cursors } = this.#options;
    const time = TIMES[cursors](last.followed ?? 0, seq);
    if (time === null) return `p${String(seq + 1)}`;
    return cursorText(this.#provider, time, cursors === 'seconds' ? -1 : last.index);
  }

  #take(seq: number, entries: readonly Follower[], next: string | null): void {
    const { unreadable, withoutAccount, howMany, hasDate, providerClock } = this.#options;
    this.#ended = this.#world.now;
    const first = this.#rows.length;
    let lost = 0;
    for (const one of entries) {
      if (this.#random() < unreadable) lost += 1;
      else if (this.#random() < withoutAccount) this.#withoutAccount += 1;
      else this.#add(one);
    }
    this.#unreadable += lost;
    const rows = this.#rows.length - first;
    const cursor = this.#cursor;
    const hasMoved = next !== cursor;
    this.#cursor = next === null ? null : cursorSchema.parse(next);
    this.#pages.push({
      seq,
      first,
      rows,
      cursor,
      next: this.#cursor,
      unreadable: lost,
      providerAt: hasDate ? Math.floor((this.#world.now + providerClock) / 1000) * 1000 : null,
      receivedAt: this.#world.now + this.#clock,
    });
    this.#empty = rows === 0 ? this.#empty + 1 : 0;
    if (next === null) this.#outcome = this.#atEnd();
    // Accounts of one second that fill a page would repeat it forever.
    else if (!hasMoved || this.#empty >= 3) this.#outcome = { kind: 'stalled' };
    else if (howMany !== null && this.#rows.length >= howMany) this.#outcome = { kind: 'capped', by: 'rows' };
  }

  #atEnd(): Outcome {
    return outcomeAtEnd({
      ...newSnapshot(),
      expected: this.#expected,
      rows: this.#rows.length,
      unreadable: this.#unreadable,
    });
  }

  #add(one: Follower): void {
    if (this.#seen.has(one.index)) return;
    this.#seen.add(one.index);
    const { ids, statesCreation, filled } = this.#options;
    const idsOnly = this.#options.idsOnly || (filled !== null && this.#rows.length >= filled);
    this.#rows.push({
      index: one.index,
      id: idOf(one, ids, this.#random),
      handle: idsOnly ? null : one.handle,
      // Each provider spells texts in its own way.
      bio: idsOnly ? null : one.bio === '' ? '' : `${one.bio} (${this.#provider})`,
      trueBio: idsOnly ? null : one.bio,
      createdAt: statesCreation && !idsOnly ? one.createdAt : null,
      followed: one.followed ?? NaN,
    });
  }

  #brackets(source: FollowSource): SimulatedList['brackets'] {
    const after = new Float64Array(this.#rows.length);
    const before = new Float64Array(this.#rows.length);
    for (const page of this.#pages) {
      if (page.rows === 0) continue;
      const to = page.first + page.rows;
      const id = this.#rows.slice(page.first, to).map((row) => accountIdSchema.parse(row.id));
      const columns = { id, createdAt: this.#rows.slice(page.first, to).map((row) => row.createdAt) };
      const brackets = bracketsOf({ ...page, columns }, source);
      if (typeof brackets === 'string') return null;
      after.set(brackets.after, page.first);
      before.fill(brackets.before, page.first, to);
    }
    return { after, before };
  }
}
