/**
 * Accounts in any order, with constant memory. The pages are read once, from first to last. Accounts are collected in
 * buckets, one for each section of the order, which are then sorted one at a time. What does not fit into memory is stored
 * in a scratch file.
 */
import type { SnapshotId } from '../../model/ids.ts';
import type { Store } from '../../store/index.ts';
import { join, pick, type Batch } from './batch.ts';
import { deserialize, serialize } from './serialized-batch.ts';
import { accountsAt } from './read-list.ts';

/** A file for batches that do not fit into memory. */
export interface Scratch {
  /** Adds bytes at the end. @returns where they begin */
  append(bytes: Uint8Array<ArrayBuffer>): number;
  read(at: number, length: number): Uint8Array<ArrayBuffer>;
}

export interface ReorderOptions {
  /** Opens the scratch file. Not called if the accounts fit into memory. */
  readonly scratch: () => Promise<Scratch>;
  /** Accounts per bucket; for tests. */
  readonly bucket?: number;
}

const BUCKET_SIZE = 16_384;
/** A bucket is written to the scratch file when it has this many characters. */
const SPILL_SIZE = 1 << 18;
/** Accounts that are distributed together. The more, the fewer parts a bucket has. */
const DISTRIBUTE_SIZE = 4096;
/** Accounts per batch of the result. */
const BATCH_SIZE = 1024;

function isAscending(positions: Readonly<Uint32Array>): boolean {
  let last = -1;
  for (const position of positions) {
    if (position <= last) return false;
    last = position;
  }
  return true;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The serialized accounts of one section of the order. */
class Bucket {
  readonly #scratch: Scratch | null;
  readonly #written: { readonly at: number; readonly length: number }[] = [];
  #lines: string[] = [];
  #length = 0;

  constructor(scratch: Scratch | null) {
    this.#scratch = scratch;
  }

  add(batch: Batch): void {
    const line = `${serialize(batch)}\n`;
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= SPILL_SIZE) this.#spill();
  }

  /** All accounts of the bucket as one batch. */
  read(): Batch {
    this.#spill();
    const scratch = this.#scratch;
    const texts =
      scratch === null
        ? this.#lines
        : this.#written.map(({ at, length }) => decoder.decode(scratch.read(at, length)));
    return join(texts.flatMap((text) => text.split('\n').filter(Boolean).map(deserialize)));
  }

  #spill(): void {
    if (this.#scratch === null || this.#length === 0) return;
    const bytes = encoder.encode(this.#lines.join(''));
    this.#written.push({ at: this.#scratch.append(bytes), length: bytes.length });
    this.#lines = [];
    this.#length = 0;
  }
}

/** Groups batches, so that at least {@link DISTRIBUTE_SIZE} accounts come together, except at the end. */
async function* grouped(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  let waiting: Batch[] = [];
  let count = 0;
  for await (const batch of batches) {
    waiting.push(batch);
    count += batch.positions.length;
    if (count < DISTRIBUTE_SIZE) continue;
    yield join(waiting);
    waiting = [];
    count = 0;
  }
  if (count > 0) yield join(waiting);
}

/** Adds each account of a batch to its bucket. */
function distribute(batch: Batch, buckets: readonly Bucket[], bucketOf: (position: number) => number): void {
  const indexes = new Map<number, number[]>();
  batch.positions.forEach((position, index) => {
    const number = bucketOf(position);
    const group = indexes.get(number);
    if (group === undefined) indexes.set(number, [index]);
    else group.push(index);
  });
  for (const [number, group] of indexes) buckets[number]?.add(pick(batch, group));
}

/**
 * The accounts at these positions (from 0), each once, in the given order.
 * @throws ListDeletedError if one does not exist
 */
export async function* reorderedAccounts(
  store: Store,
  id: SnapshotId,
  positions: Readonly<Uint32Array<ArrayBuffer>>,
  { scratch, bucket = BUCKET_SIZE }: ReorderOptions,
): AsyncGenerator<Batch> {
  if (isAscending(positions)) {
    yield* accountsAt(store, id, positions);
    return;
  }
  const sorted = positions.slice().sort();
  const ranks = new Uint32Array((sorted.at(-1) ?? 0) + 1);
  positions.forEach((position, rank) => (ranks[position] = rank));
  // A batch counts positions from 1.
  const rankOf = (position: number): number => ranks[position - 1] ?? 0;

  const count = Math.ceil(positions.length / bucket);
  const file = count > 1 ? await scratch() : null;
  const buckets = Array.from({ length: count }, () => new Bucket(file));
  for await (const batch of grouped(accountsAt(store, id, sorted))) {
    distribute(batch, buckets, (position) => Math.floor(rankOf(position) / bucket));
  }
  for (const one of buckets) {
    const whole = one.read();
    const order = whole.positions
      .map((position, index) => ({ rank: rankOf(position), index }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ index }) => index);
    for (let from = 0; from < order.length; from += BATCH_SIZE) {
      yield pick(whole, order.slice(from, from + BATCH_SIZE));
    }
  }
}
