/**
 * A set of IDs that stays small when a list has a million of them: eight bytes per slot for decimal numbers, which all
 * IDs of X and TikTok are, in one block of memory, and ordinary strings for the rest.
 */
import { isPackable, type PackedIds } from '../store/ids.ts';

const FIRST_SLOTS = 1024;

/** Spreads an ID's two halves over all bits (the finishing steps of MurmurHash3, which are in the public domain). */
function spread(low: number, high: number): number {
  let hash = low ^ Math.imul(high, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export class IdSet {
  /** Open addressing: two halves per slot, the lower first; 0 and 0 is an empty slot. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #numbers = 0;
  /** The other IDs, with their positions. */
  readonly #others = new Map<string, number>();
  /** The position of the number in each slot; `null` if positions are not needed. */
  #positions: Uint32Array<ArrayBuffer> | null;
  /** One ID as a number and as its two halves. */
  readonly #one = new BigUint64Array(1);
  readonly #halves = new Uint32Array(this.#one.buffer);

  /** @param withPositions whether {@link positionOf} is used; takes four more bytes per slot */
  constructor({ withPositions = false }: { readonly withPositions?: boolean } = {}) {
    this.#positions = withPositions ? new Uint32Array(FIRST_SLOTS) : null;
  }

  get size(): number {
    return this.#numbers + this.#others.size;
  }

  has(id: string): boolean {
    if (!isNumber(id)) return this.#others.has(id);
    this.#one[0] = BigInt(id);
    const [low = 0, high = 0] = this.#halves;
    return this.#at(this.#find(low, high)) !== 0;
  }

  /** How many other IDs were added before this one; `undefined` if it is not in the set. Only `withPositions`. */
  positionOf(id: string): number | undefined {
    if (!isNumber(id)) return this.#others.get(id);
    this.#one[0] = BigInt(id);
    const [low = 0, high = 0] = this.#halves;
    const slot = this.#find(low, high);
    return this.#at(slot) === 0 ? undefined : this.#positions?.[slot / 2];
  }

  /** @returns whether it was not there before */
  add(id: string): boolean {
    if (!isNumber(id)) return this.#addOther(id);
    this.#one[0] = BigInt(id);
    const [low = 0, high = 0] = this.#halves;
    return this.#addHalves(low, high);
  }

  /** For each ID of a page as it is stored, whether it is in the set: 1 or 0. */
  contains(ids: PackedIds): Uint8Array {
    if (!(ids instanceof BigUint64Array)) return Uint8Array.from(ids, (id) => (this.has(id) ? 1 : 0));
    const halves = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
    return Uint8Array.from(ids, (_, at) => {
      const low = halves[2 * at] ?? 0;
      const high = halves[2 * at + 1] ?? 0;
      const isThere = (low | high) === 0 ? this.#others.has('0') : this.#at(this.#find(low, high)) !== 0;
      return isThere ? 1 : 0;
    });
  }

  /** Adds the IDs of a page as they are stored, without converting numbers to text and back. */
  addPacked(ids: PackedIds): void {
    if (!(ids instanceof BigUint64Array)) {
      for (const id of ids) this.add(id);
      return;
    }
    const halves = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
    for (let at = 0; at < halves.length; at += 2) {
      const low = halves[at] ?? 0;
      const high = halves[at + 1] ?? 0;
      if (low === 0 && high === 0) this.#addOther('0');
      else this.#addHalves(low, high);
    }
  }

  #addOther(id: string): boolean {
    if (this.#others.has(id)) return false;
    this.#others.set(id, this.size);
    return true;
  }

  #addHalves(low: number, high: number): boolean {
    const slot = this.#find(low, high);
    if (this.#at(slot) !== 0) return false;
    this.#slots[slot] = low;
    this.#slots[slot + 1] = high;
    if (this.#positions !== null) this.#positions[slot / 2] = this.size;
    this.#numbers += 1;
    // At most half full, so that a search needs one or two slots.
    if (4 * this.#numbers > this.#slots.length) this.#grow();
    return true;
  }

  /** Not 0 if the slot is taken. */
  #at(slot: number): number {
    return (this.#slots[slot] ?? 0) | (this.#slots[slot + 1] ?? 0);
  }

  /** The slot of a number, or the empty slot for it. */
  #find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    let place = spread(low, high) & mask;
    for (;;) {
      const slot = 2 * place;
      if (this.#at(slot) === 0 || (slots[slot] === low && slots[slot + 1] === high)) return slot;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#slots;
    const oldPositions = this.#positions;
    this.#slots = new Uint32Array(2 * old.length);
    if (oldPositions !== null) this.#positions = new Uint32Array(old.length);
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      const high = old[at + 1] ?? 0;
      if ((low | high) === 0) continue;
      const slot = this.#find(low, high);
      this.#slots[slot] = low;
      this.#slots[slot + 1] = high;
      if (this.#positions !== null) this.#positions[slot / 2] = oldPositions?.[at / 2] ?? 0;
    }
  }
}

/** 0 marks an empty slot, so the ID 0 is stored as a string. */
function isNumber(id: string): boolean {
  return id !== '0' && isPackable(id);
}
