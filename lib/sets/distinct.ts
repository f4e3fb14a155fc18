/** Which accounts of several lists are the same. Fed list by list, so that only IDs stay in memory. Pure. */
import { isPackable } from '../store/ids.ts';
import { freeMemory } from './free-memory.ts';
import { kindAt, kindOfText, spread, type IdKeys, type IdKind } from './id-keys.ts';

/** The handle of an account of a list, spelled the same way in all lists; `null` if it is unknown. */
export type HandleAt = (at: number) => string | null;

/** The best ID that is known of an account: a number before a text before a handle. */
export interface KnownId {
  readonly kind: IdKind;
  readonly text: string;
}

const NONE = 0xffff_ffff;
/** At least this many slots of the table for each ID, so that searches are short. */
const SLOTS_PER_ID = 1.4;
const FEWEST_SLOTS = 16;

const KIND_BITS: Readonly<Record<IdKind, number>> = { number: 1, text: 2, handle: 4 };

/** Numbers the distinct accounts of lists, from 0. Accounts are the same by ID, or by handle if their IDs are of different kinds. */
export class DistinctAccounts {
  /** The number of the account in each slot plus one; 0 marks an empty slot. */
  readonly #slots: Uint32Array<ArrayBuffer>;
  readonly #mask: number;
  /** The two halves of each account's number, and which kinds of IDs it has. */
  readonly #low: Uint32Array<ArrayBuffer>;
  readonly #high: Uint32Array<ArrayBuffer>;
  readonly #kinds: Uint8Array<ArrayBuffer>;
  /** The accounts with IDs that are no numbers, and the best such ID of each. */
  readonly #byText = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  readonly #byHandle = new Map<string, number>();
  #count = 0;

  /** @param most how many accounts are added at most, counting each as often as it is in a list */
  constructor(most: number) {
    let slots = FEWEST_SLOTS;
    while (slots < SLOTS_PER_ID * most) slots *= 2;
    this.#slots = new Uint32Array(slots);
    this.#mask = slots - 1;
    this.#low = new Uint32Array(most);
    this.#high = new Uint32Array(most);
    this.#kinds = new Uint8Array(most);
  }

  /** How many distinct accounts were added. */
  get count(): number {
    return this.#count;
  }

  /**
   * Adds a list.
   * @param handles needed only if any two lists have IDs of different kinds
   * @returns the number of each of its accounts
   */
  add(keys: IdKeys, handles: HandleAt | null): Uint32Array<ArrayBuffer> {
    const numbers = new Uint32Array(keys.count).fill(NONE);
    const { low, high, others } = keys;
    const find = (at: number): number => {
      const text = others.size === 0 ? undefined : others.get(at);
      return text === undefined ? this.#find(low[at] ?? 0, high[at] ?? 0) : (this.#byText.get(text) ?? NONE);
    };
    for (let at = 0; at < keys.count; at += 1) numbers[at] = find(at);
    const taken = handles === null ? null : this.#takenBy(numbers);
    for (let at = 0; at < keys.count; at += 1) {
      if (numbers[at] !== NONE) continue;
      // A list has every ID once. If it does not, both are one account.
      const again = find(at);
      const number =
        again === NONE ? this.#sameHandle(handles?.(at) ?? null, kindAt(keys, at), taken) : again;
      const known = number === NONE ? this.#append() : number;
      if (taken !== null) taken[known] = 1;
      numbers[at] = known;
      const text = others.get(at);
      if (text === undefined) this.#learnNumber(known, low[at] ?? 0, high[at] ?? 0);
      else this.#learnText(known, text);
    }
    if (handles !== null) this.#learnHandles(numbers, handles);
    return numbers;
  }

  /** Adds one account by its ID. @returns its number */
  addId(id: string): number {
    if (!isPackable(id)) {
      const found = this.#byText.get(id) ?? this.#append();
      this.#learnText(found, id);
      return found;
    }
    const [low, high] = [Number(BigInt.asUintN(32, BigInt(id))), Number(BigInt(id) >> 32n)];
    const found = this.#find(low, high);
    if (found !== NONE) return found;
    const number = this.#append();
    this.#learnNumber(number, low, high);
    return number;
  }

  /**
   * Adds one account of which only the handle is known.
   * @param spelled as {@link HandleAt} spells it
   * @returns its number
   */
  addHandle(handle: string, spelled: string): number {
    const known = this.#byHandle.get(spelled) ?? this.#byText.get(handle);
    if (known !== undefined) return known;
    const number = this.#append();
    this.#learnText(number, handle);
    return number;
  }

  /** Frees what only adding needs: nothing more can be added. */
  end(): void {
    freeMemory(this.#slots);
    this.#byText.clear();
    this.#byHandle.clear();
  }

  /** @throws RangeError if there is no such account */
  idOf(number: number): KnownId {
    if (((this.#kinds[number] ?? 0) & KIND_BITS.number) !== 0) {
      const [low, high] = [this.#low[number] ?? 0, this.#high[number] ?? 0];
      // Most IDs of the first years are short, and a number is faster than a BigInt.
      const text = high === 0 ? String(low) : String((BigInt(high) << 32n) | BigInt(low));
      return { kind: 'number', text };
    }
    const text = this.#texts.get(number);
    if (text === undefined) throw new RangeError(`There is no account ${number}.`);
    return { kind: kindOfText(text), text };
  }

  #append(): number {
    if (this.#count === this.#kinds.length) throw new RangeError('More accounts were added than expected.');
    this.#count += 1;
    return this.#count - 1;
  }

  /** Marks the accounts that a list has by their IDs. */
  #takenBy(numbers: Uint32Array): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#kinds.length);
    for (const number of numbers) if (number !== NONE) taken[number] = 1;
    return taken;
  }

  #find(low: number, high: number): number {
    let place = spread(low, high) & this.#mask;
    for (;;) {
      const found = this.#slots[place] ?? 0;
      if (found === 0) return NONE;
      if (this.#low[found - 1] === low && this.#high[found - 1] === high) return found - 1;
      place = (place + 1) & this.#mask;
    }
  }

  /** The account with a handle, unless the IDs prove that it is another one. */
  #sameHandle(handle: string | null, kind: IdKind, taken: Uint8Array | null): number {
    const number = handle === null ? undefined : this.#byHandle.get(handle);
    if (number === undefined || taken?.[number] === 1) return NONE;
    const kinds = this.#kinds[number] ?? 0;
    return kind !== 'handle' && (kinds & KIND_BITS[kind]) !== 0 ? NONE : number;
  }

  #learnNumber(number: number, low: number, high: number): void {
    this.#low[number] = low;
    this.#high[number] = high;
    this.#kinds[number] = (this.#kinds[number] ?? 0) | KIND_BITS.number;
    let place = spread(low, high) & this.#mask;
    while ((this.#slots[place] ?? 0) !== 0) place = (place + 1) & this.#mask;
    this.#slots[place] = number + 1;
  }

  #learnText(number: number, text: string): void {
    const kind = kindOfText(text);
    const known = this.#texts.get(number);
    if (known === undefined || (kind === 'text' && kindOfText(known) === 'handle'))
      this.#texts.set(number, text);
    this.#byText.set(text, number);
    this.#kinds[number] = (this.#kinds[number] ?? 0) | KIND_BITS[kind];
  }

  /** The handles of a list that is newer count more. */
  #learnHandles(numbers: Uint32Array, handles: HandleAt): void {
    for (let at = 0; at < numbers.length; at += 1) {
      const handle = handles(at);
      if (handle !== null && !this.#byHandle.has(handle)) this.#byHandle.set(handle, numbers[at] ?? 0);
    }
  }
}
