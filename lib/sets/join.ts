/** Which accounts two lists share, by ID. A hash join: about as fast as sorting one of the two lists. Pure. */
import { kindAt, spread, type IdKeys } from './id-keys.ts';

/** No such account in the other list. */
export const ABSENT = -1;

/** 32-bit words per slot of a table: the two halves of an ID, and its position plus one; 0 marks an empty slot. */
const WORDS = 3;
/** The smallest share of slots that stay empty is a half, so that a search needs one or two. */
const SLOTS_PER_ID = 2;
const FEWEST_SLOTS = 16;

/** Finds the position of an account by its ID. */
class PositionTable {
  readonly #slots: Uint32Array<ArrayBuffer>;
  readonly #mask: number;
  readonly #others = new Map<string, number>();

  constructor(keys: IdKeys) {
    let slots = FEWEST_SLOTS;
    while (slots < SLOTS_PER_ID * keys.count) slots *= 2;
    this.#slots = new Uint32Array(WORDS * slots);
    this.#mask = slots - 1;
    const { low, high, others } = keys;
    for (let position = 0; position < keys.count; position += 1) {
      if (others.size > 0 && others.has(position)) continue;
      this.#add(low[position] ?? 0, high[position] ?? 0, position);
    }
    for (const [position, id] of others) if (!this.#others.has(id)) this.#others.set(id, position);
  }

  find(low: number, high: number): number {
    const slots = this.#slots;
    let place = spread(low, high) & this.#mask;
    for (;;) {
      const slot = WORDS * place;
      const found = slots[slot + 2] ?? 0;
      if (found === 0) return ABSENT;
      if (slots[slot] === low && slots[slot + 1] === high) return found - 1;
      place = (place + 1) & this.#mask;
    }
  }

  findOther(id: string): number {
    return this.#others.get(id) ?? ABSENT;
  }

  #add(low: number, high: number, position: number): void {
    const slots = this.#slots;
    let place = spread(low, high) & this.#mask;
    for (;;) {
      const slot = WORDS * place;
      if ((slots[slot + 2] ?? 0) === 0) {
        slots[slot] = low;
        slots[slot + 1] = high;
        slots[slot + 2] = position + 1;
        return;
      }
      // A list has every ID once. If it does not, the first counts.
      if (slots[slot] === low && slots[slot + 1] === high) return;
      place = (place + 1) & this.#mask;
    }
  }
}

/** For each account of `one` its position in `other`, or {@link ABSENT}. */
export function positionsIn(one: IdKeys, other: IdKeys): Int32Array<ArrayBuffer> {
  const positions = new Int32Array(one.count);
  const table = new PositionTable(other);
  const { low, high, others } = one;
  for (let at = 0; at < one.count; at += 1) positions[at] = table.find(low[at] ?? 0, high[at] ?? 0);
  for (const [at, id] of others) positions[at] = table.findOther(id);
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
  for (const one of other.kinds) if (one !== kind) return true;
  return false;
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
