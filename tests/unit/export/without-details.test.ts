/** Lists whose lookups found nothing: what a file contains for accounts of which only the ID is known. */
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { beforeEach, expect, it } from 'vitest';
import { exportMessage } from '../../../lib/export/jobs/state-message.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { writtenList, type WrittenList } from '../lists/stored-lists.ts';
import { jobOf, save as saveList } from './stored-lists.ts';
import { speakEnglish } from '../words/english.ts';

beforeEach(speakEnglish);

function idsOnly(index: number): Account {
  return unknownAccount(accountIdSchema.parse(String(10 ** 15 + index)));
}

async function save(list: WrittenList, format: string) {
  return saveList(list.store, await list.snapshot(), format);
}

/** Seven accounts by ID: two found, four unavailable, one not looked up yet. */
async function mixedList(): Promise<WrittenList> {
  const list = await writtenList();
  const accounts = [0, 1, 2, 3, 4, 5, 6].map(idsOnly);
  await list.addPage(accounts, true);
  const known = (index: number): Account => ({ ...idsOnly(index), handle: `h${index}`, name: 'Known' });
  const removed = (index: number): Account => ({ ...idsOnly(index), unavailable: true });
  await list.fill(0, [known(0), removed(1), removed(2)]);
  // A lookup may return some data of an account, but not its handle.
  await list.fill(3, [removed(3), { ...idsOnly(4), followers: 0 }, removed(5)]);
  return list;
}

it.each(['csv', 'json', 'ndjson', 'xlsx', 'parquet'])(
  '%s counts unavailable accounts and those not looked up yet',
  async (format) => {
    const { remarks } = await save(await mixedList(), format);
    expect(remarks).toMatchObject({ idsOnly: 5, unavailable: 4 });
  },
);

it('a list whose lookups all found nothing contains all IDs, and the file and its message say so', async () => {
  const list = await writtenList();
  const accounts = [0, 1, 2].map(idsOnly);
  await list.addPage(accounts, true);
  await list.fill(
    0,
    accounts.map((account) => ({ ...account, unavailable: true })),
  );
  await list.end();
  const { bytes } = await save(list, 'csv');
  const records = parse<Record<string, string>>(bytes.toString(), {
    bom: true,
    columns: true,
    record_delimiter: '\r\n',
  });
  expect(records.map(({ id, handle, name }) => ({ id, handle, name }))).toEqual(
    accounts.map(({ id }) => ({ id, handle: '', name: '' })),
  );
  const sheet = await readSheet((await save(list, 'xlsx')).bytes, 'receipt');
  expect(sheet).toContainEqual(['file_rows_by_id_alone', 3]);
  expect(sheet).toContainEqual(['file_rows_unavailable', 3]);
});

it.each([
  [0, 0, 'Exported'],
  [
    5,
    4,
    '4 accounts are no longer available: only their IDs are in the file. 1 account has no details yet: only its ID is in the file.',
  ],
  [1, 1, '1 account is no longer available: only its ID is in the file.'],
])(
  'the message about a file states %i accounts with only an ID, %i of them unavailable',
  async (idsOnly, unavailable, providerMessage) => {
    const { order, rows } = jobOf(await (await mixedList()).snapshot(), 'csv');
    const state = {
      kind: 'done',
      accounts: 2,
      edges: null,
      bytes: 1,
      sha256: 'a'.repeat(64),
      guarded: 0,
      cut: 0,
      sheets: 1,
      idsOnly,
      unavailable,
    } as const;
    const sentence = exportMessage({
      id: order.id,
      snapshotId: order.snapshotId,
      fileName: 'f.csv',
      rows,
      startedAt: 1,
      state,
    });
    if (unavailable === 0) expect(sentence).not.toMatch(/only/);
    else expect(sentence).toContain(providerMessage);
  },
);
