/**
 * Accounts in any order, with flat memory. The pages are read once, from front to end; accounts wait in buckets, one
 * for each stretch of the order, which are then put in order one at a time. What does not fit into memory waits in a
 * scratch file.
 */
import type { SnapshotId } from '../../model/ids.ts';
import type { Store } from '../../store/index.ts';
import { join, pick, type Batch } from './batch.ts';
import { pack, unpack } from './serialized-batch.ts';
import { chosen } from './read-list.ts';

/** A file for what has to wait. */
export interface Scratch {
  /** Adds bytes at the end. @returns where they begin */
  append(bytes: Uint8Array<ArrayBuffer>): number;
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
}

export interface ReorderOptions {
  /** Opened when it is needed: orders that fit into memory do without. */
  readonly scratch: () => Promise<Scratch>;
  /** Accounts a bucket; for tests. */
  readonly bucket?: number;
}

const BUCKET = 16_384;
/** A bucket is written when it has gathered so many bytes. */
const GATHER = 1 << 18;
/** Accounts that are looked at together: the more, the fewer parts a bucket has. */
const TOGETHER = 4096;
/** Accounts a batch. */
const AT_ONCE = 1024;

function ascends(positions: Readonly<Uint32Array>): boolean {
  let last = -1;
  for (const position of positions) {
    if (position <= last) return false;
    last = position;
  }
  return true;
}

interface Bucket {
  parts: string[];
  length: number;
  readonly written: { readonly at: number; readonly length: number }[];
}

/**
 * The accounts at some positions (from 0), each once, in the order given.
 * @throws ListGone when one is not there
 */
export async function* inOrder(
  store: Store,
  id: SnapshotId,
  positions: Readonly<Uint32Array<ArrayBuffer>>,
  { scratch, bucket = BUCKET }: ReorderOptions,
): AsyncGenerator<Batch> {
  if (ascends(positions)) {
    yield* chosen(store, id, positions);
    return;
  }
  const sorted = positions.slice().sort();
  const last = sorted.at(-1) ?? 0;
  const places = new Uint32Array(last + 1);
  positions.forEach((position, place) => (places[position] = place));

  const buckets = Array.from({ length: Math.ceil(positions.length / bucket) }, (): Bucket => ({
    parts: [],
    length: 0,
    written: [],
  }));
  const file = buckets.length > 1 ? await scratch() : null;
  const encoder = new TextEncoder();
  const spill = (into: Bucket): void => {
    if (file === null || into.length === 0) return;
    const bytes = encoder.encode(into.parts.join(''));
    into.written.push({ at: file.append(bytes), length: bytes.length });
    into.parts = [];
    into.length = 0;
  };
  const sortOut = (batch: Batch): void => {
    const indexes = new Map<number, number[]>();
    batch.positions.forEach((position, index) => {
      const number = Math.floor((places[position - 1] ?? 0) / bucket);
      const some = indexes.get(number);
      if (some === undefined) indexes.set(number, [index]);
      else some.push(index);
    });
    for (const [number, some] of indexes) {
      const into = buckets[number];
      if (into === undefined) continue;
      const line = `${pack(pick(batch, some))}\n`;
      into.parts.push(line);
      into.length += line.length;
      if (into.length >= GATHER) spill(into);
    }
  };

  let waiting: Batch[] = [];
  let count = 0;
  for await (const batch of chosen(store, id, sorted)) {
    waiting.push(batch);
    count += batch.positions.length;
    if (count < TOGETHER) continue;
    sortOut(join(waiting));
    waiting = [];
    count = 0;
  }
  if (count > 0) sortOut(join(waiting));

  const decoder = new TextDecoder();
  for (const one of buckets) {
    spill(one);
    const texts =
      file === null ? one.parts : one.written.map(({ at, length }) => decoder.decode(file.read(at, length)));
    const whole = join(texts.flatMap((text) => text.split('\n').filter(Boolean).map(unpack)));
    const order = whole.positions
      .map((position, index) => ({ place: places[position - 1] ?? 0, index }))
      .sort((a, b) => a.place - b.place)
      .map(({ index }) => index);
    for (let from = 0; from < order.length; from += AT_ONCE) {
      yield pick(whole, order.slice(from, from + AT_ONCE));
    }
  }
}
