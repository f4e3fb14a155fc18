/** Which accounts two lists share, by ID. A hash join in parts: faster than sorting one of the two lists. Pure. */
import { kindAt, spread, type IdKeys } from './id-keys.ts';

/** No such account in the other list. */
export const ABSENT = -1;

/** IDs per part at most, on average: few enough that a part and its table stay in the processor's cache. */
const IDS_PER_PART = 4096;
const MOST_PART_BITS = 12;
/** 32-bit words per ID in a part: its hash, its two halves, and its position. */
const WORDS = 4;
/** At least half of a table's slots stay empty, so that a search needs one or two. */
const SLOTS_PER_ID = 2;
const FEWEST_SLOTS = 16;

/** The numeric IDs of a list, grouped by the upper bits of their hashes; in the order of the list within a part. */
interface Parts {
  /** Where each part begins, in IDs; one more than there are parts. */
  readonly starts: Uint32Array;
  readonly words: Uint32Array;
}

/** @param bits how many bits of the hash tell the part, at least 1 */
function partsOf({ count, low, high, others }: IdKeys, bits: number): Parts {
  const shift = 32 - bits;
  const hashes = new Uint32Array(count);
  const starts = new Uint32Array(2 ** bits + 1);
  for (let at = 0; at < count; at += 1) {
    const hash = spread(low[at] ?? 0, high[at] ?? 0);
    hashes[at] = hash;
    if (others.size > 0 && others.has(at)) continue;
    const next = (hash >>> shift) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let part = 1; part < starts.length; part += 1)
    starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0);
  const ends = starts.slice();
  const words = new Uint32Array(WORDS * (starts.at(-1) ?? 0));
  for (let at = 0; at < count; at += 1) {
    if (others.size > 0 && others.has(at)) continue;
    const hash = hashes[at] ?? 0;
    const part = hash >>> shift;
    const end = ends[part] ?? 0;
    ends[part] = end + 1;
    words[WORDS * end] = hash;
    words[WORDS * end + 1] = low[at] ?? 0;
    words[WORDS * end + 2] = high[at] ?? 0;
    words[WORDS * end + 3] = at;
  }
  return { starts, words };
}

function slotsFor({ starts }: Parts): number {
  let most = 0;
  for (let part = 1; part < starts.length; part += 1)
    most = Math.max(most, (starts[part] ?? 0) - (starts[part - 1] ?? 0));
  let slots = FEWEST_SLOTS;
  while (slots < SLOTS_PER_ID * most) slots *= 2;
  return slots;
}

/** Finds the numeric IDs of one list in another, part by part, each with a small table. */
function joinNumbers(positions: Int32Array, one: Parts, other: Parts): void {
  const table = new Uint32Array(slotsFor(other));
  const mask = table.length - 1;
  const [wanted, known] = [one.words, other.words];
  for (let part = 1; part < other.starts.length; part += 1) {
    table.fill(0);
    // A slot has the number of an ID plus one; 0 marks an empty slot.
    for (let id = other.starts[part - 1] ?? 0; id < (other.starts[part] ?? 0); id += 1) {
      let slot = (known[WORDS * id] ?? 0) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    for (let id = one.starts[part - 1] ?? 0; id < (one.starts[part] ?? 0); id += 1) {
      const at = WORDS * id;
      let slot = (wanted[at] ?? 0) & mask;
      for (let found = table[slot] ?? 0; found !== 0; found = table[slot] ?? 0) {
        const there = WORDS * (found - 1);
        if (known[there + 1] === wanted[at + 1] && known[there + 2] === wanted[at + 2]) {
          // A list has every ID once. If it does not, the first counts.
          positions[wanted[at + 3] ?? 0] = known[there + 3] ?? ABSENT;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
  }
}

/** For each account of `one` its position in `other`, or {@link ABSENT}. */
export function positionsIn(one: IdKeys, other: IdKeys): Int32Array<ArrayBuffer> {
  const positions = new Int32Array(one.count).fill(ABSENT);
  const bits = Math.ceil(Math.log2(Math.max(2, other.count / IDS_PER_PART)));
  const partBits = Math.min(MOST_PART_BITS, bits);
  joinNumbers(positions, partsOf(one, partBits), partsOf(other, partBits));
  if (one.others.size === 0 || other.others.size === 0) return positions;
  const texts = new Map<string, number>();
  for (const [position, id] of other.others) if (!texts.has(id)) texts.set(id, position);
  for (const [at, id] of one.others) positions[at] = texts.get(id) ?? ABSENT;
  return positions;
}

/** For each account of the other list its position in this one, from the positions the other way around. */
export function reversed(positions: Int32Array, count: number): Int32Array<ArrayBuffer> {
  const back = new Int32Array(count).fill(ABSENT);
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at] ?? ABSENT;
    if (position !== ABSENT) back[position] = at;
  }
  return back;
}

/** Whether an account that is absent from the other list could be in it under another kind of ID. */
export function mayHaveOtherId(keys: IdKeys, position: number, other: IdKeys): boolean {
  const kind = kindAt(keys, position);
  // A handle that is not found may have changed.
  if (kind === 'handle') return true;
  return other.kinds.size > (other.kinds.has(kind) ? 1 : 0);
}

/**
 * Adds what IDs can't tell: accounts whose IDs are of different kinds in the two lists, but whose handle is the same.
 * @param positions those of `one` in `other`; they are completed
 * @param handles the handle of an account of each list, spelled the same way in both; `null` if it is unknown
 * @returns the accounts of `one` that were found by their handle
 */
export function joinByHandle(
  positions: Int32Array,
  one: IdKeys,
  other: IdKeys,
  handles: readonly [one: (at: number) => string | null, other: (at: number) => string | null],
): ReadonlySet<number> {
  const found = new Set<number>();
  // An ID that is a handle is no better than a handle.
  for (const at of one.others.keys()) {
    if (positions[at] !== ABSENT && kindAt(one, at) === 'handle') found.add(at);
  }
  const back = reversed(positions, other.count);
  const free = new Map<string, number>();
  for (let at = 0; at < other.count; at += 1) {
    if (back[at] !== ABSENT || !mayHaveOtherId(other, at, one)) continue;
    const handle = handles[1](at);
    if (handle !== null && !free.has(handle)) free.set(handle, at);
  }
  if (free.size === 0) return found;
  for (let at = 0; at < one.count; at += 1) {
    if (positions[at] !== ABSENT || !mayHaveOtherId(one, at, other)) continue;
    const handle = handles[0](at);
    const position = handle === null ? undefined : free.get(handle);
    // Two different IDs of the same kind are two accounts, even if one took over the other's handle.
    if (position === undefined || isOtherAccount(one, at, other, position)) continue;
    free.delete(handle ?? '');
    positions[at] = position;
    found.add(at);
  }
  return found;
}

/** Whether two IDs that differ prove that the accounts differ. */
function isOtherAccount(one: IdKeys, at: number, other: IdKeys, position: number): boolean {
  const kind = kindAt(one, at);
  return kind !== 'handle' && kind === kindAt(other, position);
}

/** Whether any account could be in both lists under different IDs. */
export function needsHandles(one: IdKeys, other: IdKeys): boolean {
  const kinds = new Set([...one.kinds, ...other.kinds]);
  return kinds.size > 1 || kinds.has('handle');
}
