import { expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, providerIdSchema, type Cursor } from '../../../lib/model/ids.ts';
import { FollowTimesOfList } from '../../../lib/export/rows/follow-times.ts';
import { reorderedAccounts } from '../../../lib/export/rows/reorder.ts';
import { writtenList, type WrittenList } from '../lists/stored-lists.ts';
import { speakEnglish } from '../words/english.ts';
import { save } from './stored-lists.ts';

speakEnglish();

const NOW = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;
const { signal } = new AbortController();

function positionAt(time: number): Cursor {
  return cursorSchema.parse(String(BigInt(time) << 20n));
}

/** Three pages of two accounts; the cursors are a day apart. */
async function listWith(last: Cursor | null): Promise<WrittenList> {
  const list = await writtenList(providerIdSchema.parse('x-v1.1'));
  const cursors = [null, positionAt(NOW - DAY), positionAt(NOW - 2 * DAY), last];
  for (const page of [0, 1, 2]) {
    const accounts = [0, 1].map((row) => ({
      ...unknownAccount(accountIdSchema.parse(String(page * 2 + row + 1))),
      handle: `h${String(page * 2 + row)}`,
      createdAt: NOW - 30 * DAY,
    }));
    const cursor = cursors[page] ?? null;
    await list.addPage(accounts, false, { cursor, next: cursors[page + 1] ?? null, receivedAt: NOW });
  }
  await list.end();
  return list;
}

const BRACKETS = [
  [1, 0],
  [1, 0],
  [2, 1],
  [2, 1],
  [30, 2],
  [30, 2],
].map((days) => days.map((ago) => new Date(NOW - ago * DAY).toISOString()));

it('a file states when accounts followed, and its receipt on how many pages that rests', async () => {
  const list = await listWith(null);
  const { bytes, remarks } = await save(list.store, await list.snapshot(), 'csv');
  const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
  expect(rows.map((row) => [row['followed_after'], row['followed_before']])).toEqual(BRACKETS);
  expect(Object.keys(rows[0] ?? {}).slice(25)).toEqual(['collected_at', 'followed_after', 'followed_before']);
  expect(remarks.follow).toEqual({ pages: 3, problem: null });
  list.store.close();
});

it('a file of a list whose cursors contradict each other has no follow times, and its receipt says why', async () => {
  const list = await listWith(positionAt(NOW));
  const { bytes, remarks } = await save(list.store, await list.snapshot(), 'csv');
  const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
  for (const row of rows) expect([row['followed_after'], row['followed_before']]).toEqual(['', '']);
  expect(remarks.follow).toEqual({ pages: 0, problem: 'out-of-order' });
  list.store.close();
});

it('every account of a file in another order has its own times', async () => {
  const list = await listWith(null);
  const { id } = await list.snapshot();
  const times = await FollowTimesOfList.open(list.store, id, signal);
  const scratch = () => Promise.reject(new Error('not needed'));
  const order = [5, 0, 3];
  const read: unknown[] = [];
  for await (const batch of times.addTo(
    reorderedAccounts(list.store, id, Uint32Array.from(order), { scratch }),
  )) {
    const iso = (time: number | null | undefined) => new Date(time ?? NaN).toISOString();
    batch.positions.forEach((_, row) =>
      read.push([iso(batch.followed?.followedAfter[row]), iso(batch.followed?.followedBefore[row])]),
    );
  }
  expect(read).toEqual(order.map((at) => BRACKETS[at]));
  list.store.close();
});
