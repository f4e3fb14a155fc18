import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../../lib/export/rows/batch.ts';
import { accountsAt, ListDeletedError, allAccounts } from '../../../lib/export/rows/read-list.ts';
import { reorderedAccounts, type Scratch } from '../../../lib/export/rows/reorder.ts';
import { account, createTestCollector } from '../collector/test-collector.ts';

const FOLLOWERS = 237;

async function collected() {
  const b = createTestCollector({ followers: FOLLOWERS, pageSize: 10 });
  const { id } = await b.run();
  return { store: b.store, id };
}

async function read(
  batches: AsyncIterable<Batch>,
): Promise<{ positions: number[]; ids: string[]; names: unknown[] }> {
  const positions: number[] = [];
  const ids: string[] = [];
  const names: unknown[] = [];
  for await (const batch of batches) {
    positions.push(...batch.positions);
    ids.push(...batch.accounts.id);
    names.push(...(batch.accounts.name ?? []));
  }
  return { positions, ids, names };
}

function expected(positions: readonly number[]) {
  return {
    positions: positions.map((position) => position + 1),
    ids: positions.map((position) => account(position).id),
    names: positions.map((position) => account(position).name),
  };
}

function memory(): Scratch & { readonly size: number } {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    append: (bytes) => {
      const at = size;
      parts.push(bytes);
      size += bytes.length;
      return at;
    },
    read: (at, length) => new Uint8Array(Buffer.concat(parts).subarray(at, at + length)),
  };
}

describe('reading a list for a file', () => {
  it('returns the whole list in the platform’s order, up to its length at the start', async () => {
    const { store, id } = await collected();
    const all = Array.from({ length: FOLLOWERS }, (_, index) => index);
    expect(await read(allAccounts(store, id, FOLLOWERS))).toEqual(expected(all));
    expect(await read(allAccounts(store, id, 123))).toEqual(expected(all.slice(0, 123)));
  });

  it('fails if the list has become shorter, and writes no shorter file', async () => {
    const { store, id } = await collected();
    await expect(read(allAccounts(store, id, FOLLOWERS + 1))).rejects.toBeInstanceOf(ListDeletedError);
    await expect(read(accountsAt(store, id, Uint32Array.of(3, FOLLOWERS)))).rejects.toBeInstanceOf(
      ListDeletedError,
    );
  });

  it('supports any order, with any accounts omitted, through buckets of any size', async () => {
    const { store, id } = await collected();
    const some = fc.uniqueArray(fc.nat({ max: FOLLOWERS - 1 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 300 }), async (positions, bucket) => {
        const scratch = memory();
        const got = await read(
          reorderedAccounts(store, id, Uint32Array.from(positions), { scratch: async () => scratch, bucket }),
        );
        expect(got).toEqual(expected(positions));
        if (positions.length <= bucket) expect(scratch.size).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
