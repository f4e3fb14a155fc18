/** The IDs of a whole list in typed arrays: eight bytes per account, and text only where an ID isn't a number. */
import type { Snapshot } from '../model/snapshot.ts';
import { isPackable, type PackedIds } from '../store/ids.ts';
import type { PageLog } from '../store/page-log.ts';

/**
 * What kind of ID an account has. A platform has several, and a provider that doesn't state the number states another:
 * - `number`: the platform's number. It never changes.
 * - `text`: another ID that never changes, such as TikTok's of 76 characters.
 * - `handle`: only the handle, which can change.
 */
export type IdKind = 'number' | 'text' | 'handle';

/** IDs that are not numbers and shorter than this are handles. TikTok's handles have up to 24 characters, its IDs 76. */
const SHORTEST_TEXT_ID = 40;

export interface IdKeys {
  readonly count: number;
  /** The lower and the upper half of each number, by position; 0 for other IDs. */
  readonly low: Uint32Array<ArrayBuffer>;
  readonly high: Uint32Array<ArrayBuffer>;
  /** The IDs that are not numbers, by position. */
  readonly others: ReadonlyMap<number, string>;
  readonly kinds: ReadonlySet<IdKind>;
}

/** The kind of the ID at a position. */
export function kindAt({ others }: IdKeys, position: number): IdKind {
  const other = others.size === 0 ? undefined : others.get(position);
  return other === undefined ? 'number' : kindOfText(other);
}

/** The kind of an ID that is not a number. */
export function kindOfText(id: string): IdKind {
  return id.length < SHORTEST_TEXT_ID ? 'handle' : 'text';
}

/** Spreads an ID's two halves over all bits (the finishing steps of MurmurHash3, which are in the public domain). */
export function spread(low: number, high: number): number {
  let hash = low ^ Math.imul(high, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Collects the IDs of a list, page by page. */
export class IdKeysBuilder {
  readonly #low: Uint32Array<ArrayBuffer>;
  readonly #high: Uint32Array<ArrayBuffer>;
  readonly #others = new Map<number, string>();
  readonly #kinds = new Set<IdKind>();
  readonly #one = new BigUint64Array(1);
  readonly #halves = new Uint32Array(this.#one.buffer);
  #count = 0;

  /** @param rows how many accounts the list has; further ones are left out */
  constructor(rows: number) {
    this.#low = new Uint32Array(rows);
    this.#high = new Uint32Array(rows);
  }

  get isFull(): boolean {
    return this.#count === this.#low.length;
  }

  add(ids: PackedIds): void {
    const space = this.#low.length - this.#count;
    if (space <= 0) return;
    if (ids instanceof BigUint64Array) this.#addNumbers(ids.length > space ? ids.subarray(0, space) : ids);
    else for (const id of ids.slice(0, space)) this.#addText(id);
  }

  keys(): IdKeys {
    const [low, high] = [this.#low, this.#high];
    return { count: this.#count, low, high, others: this.#others, kinds: this.#kinds };
  }

  #addNumbers(ids: BigUint64Array<ArrayBuffer>): void {
    if (ids.length > 0) this.#kinds.add('number');
    // Every platform that browsers run on stores the lower half first.
    const halves = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length);
    // Local variables: fields take several times as long for millions of IDs.
    const [low, high, first] = [this.#low, this.#high, this.#count];
    for (let at = 0; at < ids.length; at += 1) {
      low[first + at] = halves[2 * at] ?? 0;
      high[first + at] = halves[2 * at + 1] ?? 0;
    }
    this.#count += ids.length;
  }

  #addText(id: string): void {
    if (isPackable(id)) {
      this.#one[0] = BigInt(id);
      this.#low[this.#count] = this.#halves[0] ?? 0;
      this.#high[this.#count] = this.#halves[1] ?? 0;
      this.#kinds.add('number');
    } else {
      this.#others.set(this.#count, id);
      this.#kinds.add(kindOfText(id));
    }
    this.#count += 1;
  }
}

/** Reads the IDs of a list. @throws `signal.reason` if it is aborted */
export async function readIdKeys(
  pages: Pick<PageLog, 'eachIds'>,
  { id, rows }: Pick<Snapshot, 'id' | 'rows'>,
  signal: AbortSignal,
): Promise<IdKeys> {
  const builder = new IdKeysBuilder(rows);
  await pages.eachIds(id, (ids) => {
    signal.throwIfAborted();
    builder.add(ids);
  });
  return builder.keys();
}
