/** Compares what two lists state about the same account, from hashes of its details. Pure. */
import { FLAG_SHIFTS, NO, YES, type DetailText } from '../lists/columns.ts';
import { detailHash } from '../lists/pack-details.ts';
import { UNKNOWN_WHOLE } from '../store/derived.ts';
import { ABSENT } from './join.ts';
import { statusNumbers } from './statuses.ts';

/** What a list states about its accounts, by position. */
export interface Details {
  /** The hashes of each text that any account states; {@link UNKNOWN_WHOLE} where none is stated. */
  readonly texts: ReadonlyMap<DetailText, Uint32Array>;
  /** As `flagsAt` makes them. */
  readonly flags: Uint8Array;
  /** Texts that are empty if an account with a handle doesn't state them. */
  readonly omitted: ReadonlySet<DetailText>;
}

const EMPTY = detailHash('');

/**
 * The number of the status of each account of the newer list that the older one has too; arbitrary for the others. Only
 * what both lists state is compared; counts never are, because they change all the time.
 * @param inOlder the position in the older list of each account of the newer one, or `ABSENT`
 */
export function compareDetails(older: Details, newer: Details, inOlder: Int32Array): Uint8Array<ArrayBuffer> {
  // Text by text: one loop over all accounts is much faster than one function for each.
  const shared = new Uint8Array(inOlder.length);
  const handles = [textOf(older, 'handle'), textOf(newer, 'handle')] as const;
  compareHandles(shared, handles, inOlder);
  for (const text of older.texts.keys()) {
    if (text === 'handle' || !newer.texts.has(text)) continue;
    compareText(shared, [textOf(older, text), textOf(newer, text)], handles, inOlder);
  }
  compareFlags(shared, [older.flags, newer.flags], inOlder);
  return shared;
}

interface Text {
  readonly hashes: Uint32Array;
  /** The hash where an account with a handle doesn't state it. */
  readonly unstated: number;
}

function isStated({ hashes }: Text, at: number): boolean {
  return (hashes[at] ?? UNKNOWN_WHOLE) !== UNKNOWN_WHOLE;
}

/** A text in the older and in the newer list. */
type Pair<T> = readonly [older: T, newer: T];

const NOTHING = new Uint32Array();

function textOf({ texts, omitted }: Details, text: DetailText): Text {
  return { hashes: texts.get(text) ?? NOTHING, unstated: omitted.has(text) ? EMPTY : UNKNOWN_WHOLE };
}

function compareHandles(shared: Uint8Array, [older, newer]: Pair<Text>, inOlder: Int32Array): void {
  const { renamed, unchanged, withoutDetails } = statusNumbers;
  for (let at = 0; at < inOlder.length; at += 1) {
    const olderAt = inOlder[at] ?? ABSENT;
    if (olderAt === ABSENT) continue;
    const then = older.hashes[olderAt] ?? UNKNOWN_WHOLE;
    const now = newer.hashes[at] ?? UNKNOWN_WHOLE;
    if (then === UNKNOWN_WHOLE || now === UNKNOWN_WHOLE) shared[at] = withoutDetails;
    else shared[at] = then === now ? unchanged : renamed;
  }
}

function compareText(
  shared: Uint8Array,
  [older, newer]: Pair<Text>,
  [olderHandles, newerHandles]: Pair<Text>,
  inOlder: Int32Array,
): void {
  const { renamed, changed } = statusNumbers;
  for (let at = 0; at < inOlder.length; at += 1) {
    const olderAt = inOlder[at] ?? ABSENT;
    if (olderAt === ABSENT || shared[at] === renamed) continue;
    let then = older.hashes[olderAt] ?? UNKNOWN_WHOLE;
    let now = newer.hashes[at] ?? UNKNOWN_WHOLE;
    if (then === now) continue;
    if (then === UNKNOWN_WHOLE && isStated(olderHandles, olderAt)) then = older.unstated;
    if (now === UNKNOWN_WHOLE && isStated(newerHandles, at)) now = newer.unstated;
    if (then !== now && then !== UNKNOWN_WHOLE && now !== UNKNOWN_WHOLE) shared[at] = changed;
  }
}

const COMPARED_FLAGS = [FLAG_SHIFTS.verified, FLAG_SHIFTS.private] as const;

function compareFlags(shared: Uint8Array, [older, newer]: Pair<Uint8Array>, inOlder: Int32Array): void {
  const { renamed, changed } = statusNumbers;
  for (let at = 0; at < inOlder.length; at += 1) {
    const olderAt = inOlder[at] ?? ABSENT;
    if (olderAt === ABSENT || shared[at] === renamed || older[olderAt] === newer[at]) continue;
    if (doFlagsDiffer(older[olderAt] ?? 0, newer[at] ?? 0)) shared[at] = changed;
  }
}

const CODE = 3;

/** Whether one list states yes and the other no. */
function doFlagsDiffer(older: number, newer: number): boolean {
  return COMPARED_FLAGS.some((shift) => {
    const [then, now] = [(older >>> shift) & CODE, (newer >>> shift) & CODE];
    return (then === YES && now === NO) || (then === NO && now === YES);
  });
}
