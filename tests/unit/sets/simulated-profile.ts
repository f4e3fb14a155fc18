/**
 * A profile whose followers follow, unfollow, follow again, rename themselves, change their bio, and are hidden and shown
 * again, on a timeline that also moves while a list is collected. It knows the truth about every moment.
 */
export interface Follower {
  readonly index: number;
  handle: string;
  bio: string;
  readonly createdAt: number;
  hidden: boolean;
  /** When it followed; `null` if it doesn't. */
  followed: number | null;
}

/** A period in which the platform listed an account, without interruption. */
interface Span {
  readonly from: number;
  to: number;
}

type Change = 'follow' | 'unfollow' | 'hide' | 'show' | 'rename' | 'describe';

/** Random numbers from a seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface WorldOptions {
  readonly followers: number;
  readonly begin: number;
  /** Changes per hour, of all followers together. */
  readonly changesPerHour: number;
  /** Whether accounts are hidden and shown again. */
  readonly hides: boolean;
  /** Whether many accounts are created and follow within the same second. */
  readonly bursts: boolean;
}

const HOUR = 3_600_000;
const MOST_CHANGES = 80;
const MOST_FOLLOWERS = 160;
const KINDS: readonly Change[] = ['follow', 'follow', 'unfollow', 'hide', 'show', 'rename', 'describe'];

export class World {
  readonly followers: Follower[] = [];
  readonly #spans = new Map<number, Span[]>();
  readonly #random: () => number;
  readonly #options: WorldOptions;
  #now: number;
  #nextChange: number;

  constructor(options: WorldOptions, random: () => number) {
    this.#options = options;
    this.#random = random;
    // Everyone followed within the thousand hours before.
    this.#now = options.begin - 1000 * HOUR;
    for (let index = 0; index < options.followers; index += 1) {
      const isBurst = options.bursts && random() < 0.8;
      const pause = isBurst ? 300 : (1000 * HOUR) / options.followers - 1;
      this.#now += 1 + Math.floor(random() * pause);
      this.#join();
      if (options.hides && random() < 0.1) this.#hide(this.#any());
    }
    this.#now = Math.max(this.#now, options.begin);
    this.#nextChange = this.#now + this.#pause();
  }

  get now(): number {
    return this.#now;
  }

  /** Lets time pass, and with it what happens meanwhile. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (let changes = 0; this.#nextChange < until; changes += 1) {
      this.#now = Math.max(this.#now + 1, this.#nextChange);
      this.#change();
      // In a long time, no more than enough for every kind of change.
      this.#nextChange = changes < MOST_CHANGES ? this.#now + this.#pause() : until;
    }
    this.#now = Math.max(this.#now, until);
  }

  /** Who is listed now, newest first. */
  listed(): Follower[] {
    return this.followers
      .filter((one) => one.followed !== null && !one.hidden)
      .sort((a, b) => (b.followed ?? 0) - (a.followed ?? 0));
  }

  /** What the platform counts: hidden followers too. */
  counted(): number {
    return this.followers.filter((one) => one.followed !== null).length;
  }

  wasListedThroughout(index: number, from: number, to: number): boolean {
    return (this.#spans.get(index) ?? []).some((span) => span.from <= from && span.to >= to);
  }

  #pause(): number {
    const { changesPerHour } = this.#options;
    return changesPerHour === 0 ? Infinity : 1 + Math.floor((this.#random() * 2 * HOUR) / changesPerHour);
  }

  #any(): Follower | undefined {
    return this.followers[Math.floor(this.#random() * this.followers.length)];
  }

  /** One of those who followed last. */
  #newest(): Follower | undefined {
    return this.listed()[Math.floor(this.#random() * 5)];
  }

  #change(): void {
    const kind = KINDS[Math.floor(this.#random() * KINDS.length)] ?? 'follow';
    const one = this.#any();
    if (one === undefined) {
      this.#join();
      return;
    }
    switch (kind) {
      case 'follow':
        if (one.followed !== null || one.hidden || this.#random() < 0.3) this.#join();
        else this.#follow(one);
        return;
      case 'unfollow':
        if (one.hidden || one.followed === null) return;
        this.#leave(one);
        // Some follow again at once: they move to the top.
        if (this.#random() < 0.4) {
          this.#now += 1 + Math.floor(this.#random() * 1000);
          this.#follow(one);
        }
        return;
      case 'hide':
        if (this.#options.hides) this.#hide(this.#random() < 0.5 ? one : this.#newest());
        return;
      case 'show':
        this.#show(this.followers.filter(({ hidden }) => hidden).at(-1));
        return;
      case 'rename':
        one.handle = this.#freeHandle();
        return;
      case 'describe':
        one.bio = `bio ${String(Math.floor(this.#random() * 1e9))}`;
        return;
    }
  }

  /** Sometimes a handle that another account had before. */
  #freeHandle(): string {
    const taken = new Set(this.followers.map(({ handle }) => handle));
    for (;;) {
      const handle = `h${String(Math.floor(this.#random() * 2 * (this.followers.length + 5)))}`;
      if (!taken.has(handle)) return handle;
    }
  }

  #join(): void {
    if (this.followers.length >= MOST_FOLLOWERS) return;
    const one: Follower = {
      index: this.followers.length,
      handle: this.#freeHandle(),
      bio: this.#random() < 0.3 ? '' : `bio ${String(this.followers.length)}`,
      createdAt: this.#now - Math.floor(this.#random() * this.#age()),
      hidden: false,
      followed: null,
    };
    this.followers.push(one);
    this.#follow(one);
  }

  /** The most that an account is old when it follows. */
  #age(): number {
    if (this.#options.bursts && this.#random() < 0.5) return 500;
    return this.#random() < 0.5 ? HOUR : 5000 * HOUR;
  }

  #follow(one: Follower): void {
    one.followed = this.#now;
    this.#now += 1;
    this.#beginSpan(one);
  }

  #beginSpan(one: Follower): void {
    const spans = this.#spans.get(one.index) ?? [];
    spans.push({ from: this.#now, to: Infinity });
    this.#spans.set(one.index, spans);
  }

  #endSpan(one: Follower): void {
    const last = this.#spans.get(one.index)?.at(-1);
    if (last?.to === Infinity) last.to = this.#now - 1;
    this.#now += 1;
  }

  #show(one: Follower | undefined): void {
    if (one === undefined) return;
    one.hidden = false;
    if (one.followed !== null) this.#beginSpan(one);
  }

  #leave(one: Follower): void {
    this.#endSpan(one);
    one.followed = null;
  }

  #hide(one: Follower | undefined): void {
    if (one === undefined || one.hidden) return;
    one.hidden = true;
    if (one.followed !== null) this.#endSpan(one);
  }
}
