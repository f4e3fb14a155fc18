/**
 * Made-up lists for docs/reading-a-fingerprint.md and its tests: when accounts were created and when they followed. They
 * are generated from a seed, and therefore always the same.
 */
import { chance, type Chance } from '../../lib/sample/random.ts';

const DAY = 86_400_000;
const PLATFORM_START = Date.UTC(2007, 0, 1);
const END = Date.UTC(2026, 10, 1);

export interface Follower {
  readonly followed: number;
  readonly created: number;
}

interface Habits {
  /** The share of followers that created their account on the day they followed. */
  readonly sameDay: number;
  /** The share that did so in the month before. */
  readonly sameMonth: number;
  /** How many of the others belong to a wave of new accounts on the platform, which lasted three weeks. */
  readonly wave: number;
}

const usual: Habits = { sameDay: 0.03, sameMonth: 0.07, wave: 0.01 };
const WAVE = Date.UTC(2022, 10, 1);

function createdBefore(followed: number, habits: Habits, random: Chance): number {
  const draw = random.next();
  if (draw < habits.sameDay) return followed - random.next() * DAY;
  // Most of those who follow in their first month do so in the first days.
  if (draw < habits.sameDay + habits.sameMonth) return followed - random.next() ** 3 * 30 * DAY;
  if (followed > WAVE + 21 * DAY && random.next() < habits.wave) return WAVE + random.next() * 21 * DAY;
  return PLATFORM_START + random.next() ** 0.8 * (followed - PLATFORM_START);
}

function follower(followed: number, habits: Habits, random: Chance): Follower {
  return { followed, created: createdBefore(followed, habits, random) };
}

function some(count: number, make: () => Follower): Follower[] {
  return Array.from({ length: count }, make);
}

/** Followers over years, more and more of them. */
function growth(count: number, since: number, habits: Habits, random: Chance): Follower[] {
  return some(count, () => follower(since + random.next() ** 0.6 * (END - since), habits, random));
}

/** Many followers within a day and a half. */
function burst(count: number, at: number, habits: Habits, random: Chance): Follower[] {
  return some(count, () => follower(at + random.next() ** 2 * 1.5 * DAY, habits, random));
}

/** Accounts created within some days that followed within some days. */
function batch(count: number, created: number, days: number, followed: number, span: number, random: Chance) {
  return some(count, () => ({
    created: created + random.next() * days * DAY,
    followed: followed + random.next() * span * DAY,
  }));
}

/** Groups that follow each other: accounts of any age, in bursts of a few hours. */
function ring(count: number, random: Chance): Follower[] {
  const rounds = Array.from({ length: 40 }, () => END - random.next() * 300 * DAY);
  return some(count, () => {
    const at = rounds[random.between(0, rounds.length - 1)] ?? END;
    return follower(at - random.next() * DAY * 0.2, usual, random);
  });
}

const START = Date.UTC(2014, 4, 1);
const VIRAL = Date.UTC(2024, 2, 14);

/** In ordinary lists, nothing is bought. */
export const ordinary = {
  growth: (random) => growth(84_210, START, usual, random),
  viralDay: (random) => [
    ...growth(60_000, START, usual, random),
    ...burst(24_210, VIRAL, { ...usual, sameDay: 0.06 }, random),
  ],
  followBackRing: (random) => [...growth(20_000, START, usual, random), ...ring(12_000, random)],
  newcomers: (random) =>
    growth(84_210, Date.UTC(2023, 0, 1), { ...usual, sameDay: 0.6, sameMonth: 0.2 }, random),
  waveOfNewAccounts: (random) => growth(84_210, START, { ...usual, wave: 0.15 }, random),
} as const satisfies Readonly<Record<string, (random: Chance) => Follower[]>>;

/** Lists with accounts that were created and followed together. */
export const bought = {
  batch: (random) => [
    ...growth(83_710, START, usual, random),
    ...batch(500, Date.UTC(2019, 8, 3), 2, Date.UTC(2023, 4, 9), 0.3, random),
  ],
  slowBatch: (random) => [
    ...growth(83_710, START, usual, random),
    ...batch(500, Date.UTC(2021, 1, 3), 25, Date.UTC(2024, 4, 9), 20, random),
  ],
  newBatch: (random) => [
    ...growth(83_710, START, usual, random),
    ...batch(500, Date.UTC(2023, 4, 6), 2, Date.UTC(2023, 4, 9), 0.3, random),
  ],
} as const satisfies Readonly<Record<string, (random: Chance) => Follower[]>>;

/** A list, newest follower first: the order of both platforms. */
export function followersOf(make: (random: Chance) => Follower[], seed: number): readonly Follower[] {
  return make(chance(seed)).sort((a, b) => b.followed - a.followed);
}

/** The creation of each follower. */
export function createdOf(followers: readonly Follower[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(followers, ({ created }) => Math.floor(created));
}
