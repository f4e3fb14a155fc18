/** Encodes accounts without a browser: the bytes that a format writes. */
import { encoderOf } from '../../../lib/export/encoders.ts';
import type { Batch } from '../../../lib/export/rows/batch.ts';
import { columnsNamed } from '../../../lib/export/rows/columns.ts';
import type { Remarks } from '../../../lib/export/format.ts';
import { Output } from '../../../lib/export/encoding/byte-buffer.ts';
import { compressHere } from '../../../lib/export/files/compression.ts';
import type { Account } from '../../../lib/model/account.ts';
import { toColumns } from '../../../lib/store/columns.ts';

export const SOURCE = {
  platform: 'x',
  handle: 'someone',
  id: '44196397',
  relation: 'followers',
  provider: 'bench',
} as const;

export const COLLECTED = Date.UTC(2026, 10, 14, 15, 4, 5);

/** Three days before. Nothing is known about the other bound. */
export const FOLLOWED_AFTER = COLLECTED - 3 * 86_400_000;

export const RECEIPT = [
  ['receipt', 'followledger'],
  ['rows', 3],
  ['complete', true],
  ['profile_bio', '=cmd|calc'],
  ['limit', null],
] as const;

export interface WriteOptions {
  readonly exact?: boolean;
  readonly columns?: readonly string[];
  /** Accounts per batch. */
  readonly together?: number;
}

function batchOf(accounts: readonly Account[], first = 1): Batch {
  return {
    positions: accounts.map((_, index) => first + index),
    collectedAt: accounts.map(() => COLLECTED),
    accounts: toColumns(accounts),
    followed: {
      followedAfter: accounts.map(() => FOLLOWED_AFTER),
      followedBefore: accounts.map(() => null),
    },
  };
}

/** The file that a format makes from accounts, and its remarks. */
export async function written(
  format: string,
  accounts: readonly Account[],
  { exact = false, columns, together = 100 }: WriteOptions = {},
): Promise<{ readonly bytes: Buffer<ArrayBuffer>; readonly remarks: Remarks }> {
  const parts: Uint8Array[] = [];
  const output = new Output({ write: (bytes) => parts.push(bytes), buffer: () => new Uint8Array(1 << 16) });
  async function* batches(): AsyncGenerator<Batch> {
    for (let from = 0; from < accounts.length; from += together) {
      yield batchOf(accounts.slice(from, from + together), from + 1);
    }
  }
  const encode = await encoderOf(format);
  const remarks = await encode(batches(), output, {
    columns: columnsNamed(columns ?? null),
    source: SOURCE,
    exact,
    compress: compressHere,
    receipt: () => RECEIPT,
  });
  output.flush();
  return { bytes: Buffer.concat(parts), remarks };
}
