import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listsColumns } from '../../../lib/export/rows/columns.ts';
import { listsInReceipt, namesOfLists } from '../../../lib/export/rows/list-names.ts';
import { ListDeletedError } from '../../../lib/export/rows/read-list.ts';
import { ListSets } from '../../../lib/sets/list-sets.ts';
import { speakEnglish } from '../words/english.ts';
import { distinctAccounts, listOptions, plainName, shownRow, storedLists } from './several-lists.ts';
import { saveLists } from './stored-lists.ts';

speakEnglish();

const someLists = fc.array(listOptions, { minLength: 1, maxLength: 6 });

it('a table of several lists has each account once, with the newest details and the lists it is in', async () => {
  await fc.assert(
    fc.asyncProperty(someLists, async (options) => {
      const { store, lists } = await storedLists(options);
      const { bytes, remarks } = await saveLists(store, lists, 'ndjson');
      const written = bytes.toString('utf8').split('\n').filter(Boolean);
      const accounts = distinctAccounts(lists);
      const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
      const expected = accounts.map((account) => {
        const { list, row } = shownRow(account);
        const { snapshot } = list;
        return {
          order: lists.indexOf(list) * 1000 + row.position,
          cells: {
            position: row.position,
            id: row.account.id,
            handle: row.account.handle,
            followers: row.account.followers,
            name: row.account.name,
            source_handle: snapshot.handle,
            source_id: snapshot.profileId,
            relation: snapshot.relation,
            collected_at: iso(row.receivedAt),
            followed_after: iso(row.after),
            followed_before: iso(row.before),
            lists: lists
              .filter((one) => account.rows.some((at) => at.list === one))
              .map(plainName)
              .join('; '),
          },
        };
      });
      const inOrder = expected.sort((a, b) => a.order - b.order).map(({ cells }) => cells);
      const rows = written.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(rows.map((row) => ({ ...row }))).toMatchObject(
        // The store replaces what no file can contain.
        inOrder.map(({ name: _, ...cells }) => cells),
      );
      expect(rows).toHaveLength(accounts.length);
      expect(remarks.accounts).toBe(accounts.length);
      store.close();
    }),
    { numRuns: 60 },
  );
});

it('two lists share the accounts that a comparison of the two finds in both', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(listOptions, listOptions), async (options) => {
      const { store, lists } = await storedLists(options);
      const [newer, older] = lists;
      if (newer === undefined || older === undefined) throw new Error('Two lists are needed.');
      const { bytes } = await saveLists(store, lists, 'csv');
      const rows: Record<string, string>[] = parse(bytes, {
        bom: true,
        columns: true,
        record_delimiter: '\r\n',
      });
      const { positions } = await new ListSets(store).shared(
        newer.snapshot.id,
        older.snapshot.id,
        new AbortController().signal,
      );
      const inBoth = rows.filter((row) => row['lists']?.includes('; '));
      expect(inBoth).toHaveLength(positions.filter((position) => position >= 0).length);
      store.close();
    }),
    { numRuns: 60 },
  );
});

it.each(['csv', 'csv-semicolon', 'json', 'parquet', 'xlsx'])(
  'a table of several lists can be written as %s, with the columns that are chosen',
  async (format) => {
    const { store, lists } = await storedLists(fc.sample(listOptions, { numRuns: 3, seed: 5 }));
    const { remarks } = await saveLists(store, lists, format, ['handle', 'lists']);
    expect(remarks.accounts).toBe(distinctAccounts(lists).length);
    expect(remarks.edges).toBeNull();
    store.close();
  },
);

it('the column is the last of 29, and formulas need no guard', async () => {
  expect(listsColumns.at(-1)?.name).toBe('lists');
  expect(listsColumns).toHaveLength(29);
  const { store, lists } = await storedLists(fc.sample(listOptions, { numRuns: 2, seed: 1 }));
  const { remarks } = await saveLists(store, lists, 'csv', ['lists']);
  expect(remarks.guarded).toBe(0);
  store.close();
});

it('lists of the same second are told apart by their IDs', async () => {
  const { store, lists } = await storedLists(fc.sample(listOptions, { numRuns: 1, seed: 3 }));
  const [list] = lists;
  if (list === undefined) throw new Error('A list is needed.');
  const twice = [list.snapshot, { ...list.snapshot, id: 'other' }] as const;
  expect(new Set(namesOfLists(twice as never)).size).toBe(2);
  expect(listsInReceipt([list.snapshot])).toEqual([
    `${plainName(list)} (${String(list.rows.length)} ${list.snapshot.state.kind === 'ended' ? list.snapshot.state.outcome.kind : ''} ${list.snapshot.id})`,
  ]);
  store.close();
});

it('a list that was deleted ends the export', async () => {
  const { store, lists } = await storedLists(fc.sample(listOptions, { numRuns: 2, seed: 1 }));
  await store.snapshots.delete(lists[1]?.snapshot.id ?? ('' as never));
  await expect(saveLists(store, lists, 'csv')).rejects.toThrow(ListDeletedError);
  store.close();
});
