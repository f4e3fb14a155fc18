import { expect, it } from 'vitest';
import { listSizes } from '../../../components/hooks/list-sizes.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, snapshotIdSchema } from '../../../lib/model/ids.ts';
import { writtenList } from '../lists/stored-lists.ts';

const A = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000a');
const B = snapshotIdSchema.parse('00000000-0000-4000-8000-00000000000b');
const lists = [
  { id: A, rows: 1000, perAccount: 400 },
  { id: B, rows: 100, perAccount: 100 },
];

it('lists that fit into what the browser says have the size that was counted', () => {
  expect(listSizes(lists, { bytes: 500_000, rows: 1100 })).toEqual(
    new Map([
      [A, 400_000],
      [B, 10_000],
    ]),
  );
});

it('lists together take no more than what the browser says', () => {
  const sizes = listSizes(lists, { bytes: 205_000, rows: 1100 });
  expect(sizes).toEqual(
    new Map([
      [A, 200_000],
      [B, 5_000],
    ]),
  );
});

it('lists that are not counted have their part of what the browser says', () => {
  const [first] = lists;
  if (first === undefined) throw new Error('There is a list.');
  expect(listSizes([first], { bytes: 400_000, rows: 2000 }).get(A)).toBe(200_000);
});

it('accounts added after the browser’s estimate do not change the sizes of the others', () => {
  const grown = [{ id: A, rows: 2000, perAccount: 400 }];
  expect(listSizes(grown, { bytes: 200_000, rows: 1000 }).get(A)).toBe(400_000);
});

it('no size is shown while the browser has not learned yet what was written', () => {
  const list = [{ id: A, rows: 5012, perAccount: 400 }];
  expect(listSizes(list, { bytes: 33_000, rows: 5012 }).size).toBe(0);
  expect(listSizes(list, { bytes: 1_200_000, rows: 5012 }).get(A)).toBeCloseTo(1_200_000);
});

it('the details of a list of IDs are part of its size', async () => {
  const ids = Array.from({ length: 20 }, (_, index) =>
    unknownAccount(accountIdSchema.parse(String(10 ** 15 + index))),
  );
  const known = (account: Account): Account => ({ ...account, handle: 'someone', bio: 'x'.repeat(200) });
  const list = await writtenList();
  await list.addPage(ids, true);
  const idsOnly = await list.store.pages.bytesPerAccount(await list.snapshot());
  await list.fill(0, ids.slice(0, 10).map(known));
  const half = await list.store.pages.bytesPerAccount(await list.snapshot());
  await list.fill(10, ids.slice(10).map(known));
  const whole = await list.store.pages.bytesPerAccount(await list.snapshot());
  expect(idsOnly).toBeLessThan(60);
  expect(half - idsOnly).toBeGreaterThan(100);
  expect(whole - idsOnly).toBeCloseTo(2 * (half - idsOnly));
});
