/** Random pairs of lists of a simulated profile, and what must be true of every certain statement about them. */
import fc from 'fast-check';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { UNKNOWN_WHOLE } from '../../../lib/store/derived.ts';
import { packIds } from '../../../lib/store/ids.ts';
import {
  classifyShared,
  classifyUnshared,
  statusAt,
  type Classified,
  type Pair,
} from '../../../lib/sets/classify.ts';
import { compareDetails, type Details } from '../../../lib/sets/details.ts';
import { evidenceOf, QUICK } from '../../../lib/sets/evidence.ts';
import { IdKeysBuilder, type IdKeys } from '../../../lib/sets/id-keys.ts';
import { ABSENT, joinByHandle, needsHandles, positionsIn, reversed } from '../../../lib/sets/join.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import { detailHash } from '../../../lib/lists/pack-details.ts';
import { Run, type ListOptions, type SimulatedList } from './simulated-list.ts';
import { randomFrom, World, type WorldOptions } from './simulated-profile.ts';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2026, 2, 1);

/** Unset more often than not. */
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

/** A list of which nothing is left out. */
export const plainList: ListOptions = {
  pageSize: 10,
  cursors: 'milliseconds',
  secondsPerPage: 1,
  pauseBefore: 0,
  pauseHours: 1,
  howMany: null,
  endsAt: null,
  endsBy: 'end',
  cuts: 0,
  unreadable: 0,
  withoutAccount: 0,
  repeats: 0,
  idsOnly: false,
  filled: null,
  leftAfter: null,
  ids: 'numbers',
  isCounted: true,
  statesCreation: true,
  clock: 0,
  clockSetBefore: 0,
  clockSetBy: 0,
  hasDate: true,
  providerClock: 0,
  provider: 'one',
};

const anyList = fc.record({
  pageSize: fc.integer({ min: 1, max: 25 }),
  cursors: fc.constantFrom('milliseconds', 'milliseconds', 'milliseconds', 'seconds', 'pages', 'wrong'),
  secondsPerPage: fc.constantFrom(1, 1, 0.1, 5, 60, 900),
  pauseBefore: fc.constantFrom(0, 0, 0, 1, 3),
  pauseHours: fc.constantFrom(1, 20, 200),
  howMany: rarely(fc.integer({ min: 1, max: 60 })),
  endsAt: rarely(fc.integer({ min: 0, max: 6 })),
  endsBy: fc.constantFrom('end', 'stall', 'empty'),
  cuts: fc.constantFrom(0, 0, 0, 1, 2),
  unreadable: fc.constantFrom(0, 0, 0, 0.05),
  withoutAccount: fc.constantFrom(0, 0, 0, 0, 0.05),
  repeats: fc.constantFrom(0, 0, 0.3),
  idsOnly: fc.constantFrom(false, false, false, true),
  filled: rarely(fc.integer({ min: 0, max: 60 })),
  leftAfter: rarely(fc.integer({ min: 1, max: 6 })),
  ids: fc.constantFrom('numbers', 'numbers', 'numbers', 'numbers', 'texts', 'handles', 'mixed'),
  isCounted: fc.constantFrom(true, true, true, false),
  statesCreation: fc.boolean(),
  clock: fc.constantFrom(0, 0, 0, -7_200_000, 7_200_000, 90_000, -3500),
  clockSetBefore: fc.constantFrom(0, 0, 0, 1, 3),
  clockSetBy: fc.constantFrom(-7_200_000, -3_600_000, -900_000, 600_000),
  hasDate: fc.constantFrom(true, true, true, false),
  providerClock: fc.constantFrom(0, 0, 0, -3500, 3500),
  provider: fc.constantFrom('one', 'one', 'other'),
} satisfies { [Key in keyof ListOptions]: fc.Arbitrary<ListOptions[Key]> });

/** Options that belong together. */
const together: readonly (readonly (keyof ListOptions)[])[] = [
  ['pageSize'],
  ['cursors'],
  ['secondsPerPage'],
  ['secondsPerPage', 'clockSetBefore', 'clockSetBy'],
  ['pauseBefore', 'pauseHours'],
  ['pauseBefore', 'pauseHours', 'clockSetBefore', 'clockSetBy'],
  ['clock', 'providerClock'],
  ['howMany'],
  ['endsAt', 'endsBy'],
  ['cuts'],
  ['unreadable'],
  ['withoutAccount'],
  ['repeats'],
  ['idsOnly'],
  ['filled'],
  ['leftAfter'],
  ['ids'],
  ['isCounted'],
  ['statesCreation'],
  ['clock'],
  ['clockSetBefore', 'clockSetBy'],
  ['hasDate'],
  ['provider'],
];

/** A list of which only a few things are unusual, so that much about it is certain. */
const mostlyPlainList: fc.Arbitrary<ListOptions> = fc
  .tuple(anyList, fc.subarray([...together], { maxLength: 3 }))
  .map(([any, unusual]) => {
    const kept = Object.entries(any).filter(([name]) => unusual.flat().some((one) => one === name));
    return { ...plainList, ...Object.fromEntries(kept) };
  });

const pairOf = (list: fc.Arbitrary<ListOptions>) =>
  fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    followers: fc.integer({ min: 0, max: 80 }),
    changesPerHour: fc.constantFrom(0, 0.5, 2, 5, 200),
    hides: fc.boolean(),
    bursts: fc.constantFrom(false, false, true),
    hoursBetween: fc.constantFrom<number>(0, 1, 24, 200),
    /** After so many pages of the older list, the newer one is collected, and then the rest of the older one; 0 is never. */
    overlapsAfter: fc.constantFrom<number>(0, 0, 0, 0, 0, 0, 1, 3),
    older: list,
    newer: list,
  });

export const pairOptions = fc.oneof(pairOf(anyList), pairOf(mostlyPlainList), pairOf(mostlyPlainList));
type PairOptions = typeof pairOptions extends fc.Arbitrary<infer T> ? T : never;

export interface CollectedPair {
  readonly world: World;
  readonly older: SimulatedList;
  readonly newer: SimulatedList;
  readonly pair: Pair;
  readonly classified: Classified;
}

function keysOf(list: SimulatedList): IdKeys {
  const builder = new IdKeysBuilder(list.rows.length);
  for (const { first, rows } of list.pages) {
    builder.add(packIds(list.rows.slice(first, first + rows).map(({ id }) => accountIdSchema.parse(id))));
  }
  return builder.keys();
}

function detailsOf({ rows }: SimulatedList): Details {
  const hashes = (text: (row: (typeof rows)[number]) => string | null): Uint32Array =>
    Uint32Array.from(rows, (row) => {
      const value = text(row);
      return value === null ? UNKNOWN_WHOLE : detailHash(value);
    });
  return {
    texts: new Map([
      ['handle', hashes(({ handle }) => handle)],
      ['bio', hashes(({ bio }) => bio)],
    ]),
    flags: new Uint8Array(rows.length),
    omitted: new Set(),
  };
}

async function sideOf(list: SimulatedList, keys: IdKeys, inOther: Int32Array): Promise<Pair['newer']> {
  const evidence = await evidenceOf({
    snapshot: list.snapshot,
    read: (from, count) => Promise.resolve(list.pages.slice(from, from + count)),
    followTime: list.brackets === null ? null : list.source.followTime,
  });
  const unknown = new Float64Array(list.rows.length).fill(NaN);
  const { after, before } = list.brackets ?? { after: unknown, before: unknown };
  return { evidence, keys, after, before, inOther };
}

function began({ snapshot }: SimulatedList): number {
  return snapshot.startedAt ?? snapshot.createdAt;
}

/** Two lists of a profile, collected one after the other, and compared. */
export async function collectPair(options: PairOptions): Promise<CollectedPair> {
  const random = randomFrom(options.seed);
  const world = new World({ ...options, begin: BEGIN } satisfies WorldOptions, random);
  const first = new Run(world, options.older, random);
  first.steps(options.overlapsAfter === 0 ? Infinity : options.overlapsAfter);
  world.advance(options.hoursBetween * HOUR);
  const second = new Run(world, options.newer, random);
  second.steps(Infinity);
  if (options.overlapsAfter > 0) first.steps(Infinity);
  const lists = [first.result(), second.result()] as const;
  // Which list is older is known from this computer's clock only.
  const [older, newer] = began(lists[0]) <= began(lists[1]) ? lists : ([lists[1], lists[0]] as const);
  const [olderKeys, newerKeys] = [keysOf(older), keysOf(newer)];
  const inOlder = positionsIn(newerKeys, olderKeys);
  const handle = (list: SimulatedList) => (at: number) => list.rows[at]?.handle ?? null;
  const byHandle = needsHandles(newerKeys, olderKeys)
    ? joinByHandle(inOlder, newerKeys, olderKeys, [handle(newer), handle(older)])
    : new Set<number>();
  const inNewer = reversed(inOlder, older.rows.length);
  const pair: Pair = {
    older: await sideOf(older, olderKeys, inNewer),
    newer: await sideOf(newer, newerKeys, inOlder),
    byHandle,
  };
  const classified = classifyUnshared(pair);
  classifyShared(classified, pair, compareDetails(detailsOf(older), detailsOf(newer), inOlder));
  return { world, older, newer, pair, classified };
}

/** A certain statement about an account, and whether it is true. */
export interface Checked {
  readonly status: Status;
  readonly isTrue: boolean;
}

/** Checks every certain statement. */
export function certainStatements({ world, older, newer, pair, classified }: CollectedPair): Checked[] {
  const checked: Checked[] = [];
  const isInOrder = older.began <= newer.began;
  newer.rows.forEach((row, at) => {
    if (classified.newer.doubts[at] !== 0) return;
    const status = statusAt(classified.newer, at);
    const then = older.rows.find(({ index }) => index === row.index);
    const isTrue = {
      new: () => isInOrder && row.followed >= older.began,
      appeared: () =>
        isInOrder &&
        row.followed < older.began &&
        !world.wasListedThroughout(row.index, older.began, older.ended),
      renamed: () => then !== undefined && then.handle !== row.handle,
      changed: () => then?.handle === row.handle && then.trueBio !== row.trueBio,
      unchanged: () => then?.handle === row.handle && then.trueBio === row.trueBio,
      withoutDetails: () => then !== undefined && (then.handle === null || row.handle === null),
      noLongerListed: () => false,
      notCovered: () => true,
    }[status]();
    checked.push({ status, isTrue });
  });
  older.rows.forEach((row, at) => {
    if ((pair.older.inOther[at] ?? ABSENT) !== ABSENT || classified.older.doubts[at] !== 0) return;
    const status = statusAt(classified.older, at);
    if (status === 'notCovered') return;
    if (status !== 'noLongerListed') throw new Error(`An account of the older list alone is ${status}.`);
    // What is certain was read within a few minutes, so the account was missing at some moment of these.
    const until = Math.min(newer.ended, newer.began + QUICK);
    checked.push({
      status,
      isTrue: isInOrder && !world.wasListedThroughout(row.index, newer.began, until),
    });
  });
  return checked;
}

/** How many statements of each status there are, by certainty. */
export type StatementCounts = Partial<Record<Status, { certain: number; likely: number }>>;

/** Adds the statements about a pair: one for each account. */
export function addStatements(counts: StatementCounts, { pair, classified }: CollectedPair): void {
  const add = (side: 'older' | 'newer', at: number): void => {
    const count = (counts[statusAt(classified[side], at)] ??= { certain: 0, likely: 0 });
    count[classified[side].doubts[at] === 0 ? 'certain' : 'likely'] += 1;
  };
  for (let at = 0; at < pair.newer.evidence.rows; at += 1) add('newer', at);
  pair.older.inOther.forEach((other, at) => {
    if (other === ABSENT) add('older', at);
  });
}
