import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readWantedAccount } from '../../../components/dashboard/pages/wanted-account.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { WantedAccount } from '../../../lib/sets/find-account.ts';
import { ListSets } from '../../../lib/sets/list-sets.ts';
import { collectPair, pairOptions } from './pairs.ts';
import type { SimulatedList } from './simulated-list.ts';
import { emptyStore, snapshotIdOf, storeList } from './stored-pairs.ts';

// Segments are so small that a list of a few dozen accounts has several.
vi.mock(import('../../../lib/lists/columns.ts'), async (original) => ({
  ...(await original()),
  SEGMENT: 16,
}));

const { signal } = new AbortController();
const [OLDER, NEWER] = [snapshotIdOf(1), snapshotIdOf(2)];

interface Stored {
  readonly id: SnapshotId;
  readonly list: SimulatedList;
}

/** Where an account is, as `list position`, without any of the structures that make searching fast. */
function expected(lists: readonly Stored[], { handle, id }: WantedAccount): readonly string[] {
  const isWanted = (row: SimulatedList['rows'][number]): boolean =>
    (handle !== null && row.handle?.toLowerCase() === handle.toLowerCase()) || row.id === id;
  const ids = new Set(lists.flatMap(({ list }) => list.rows.filter(isWanted).map((row) => row.id)));
  return lists.flatMap(({ id: listId, list }) => {
    const byName = list.rows.flatMap((row, at) => (isWanted(row) ? [at] : []));
    // Texts that are short enough to be handles are no IDs.
    const byId = list.rows.flatMap((row, at) => (ids.has(row.id) && /^\d+$|.{40}/.test(row.id) ? [at] : []));
    return (byName.length > 0 ? byName : byId).map((at) => `${listId} ${String(at)}`);
  });
}

describe('an account', () => {
  it('is found in every list by handle or ID, and under former handles', async () => {
    await fc.assert(
      fc.asyncProperty(pairOptions, fc.nat(), fc.boolean(), async (options, pick, byId) => {
        const { older, newer } = await collectPair(options);
        const rows = [...newer.rows, ...older.rows];
        const row = rows[pick % Math.max(1, rows.length)];
        if (row === undefined || (!byId && row.handle === null)) return;
        const store = emptyStore();
        await storeList(store, OLDER, older);
        await storeList(store, NEWER, newer);
        const lists = [
          { id: NEWER, list: newer },
          { id: OLDER, list: older },
        ];
        const text = byId ? row.id : (row.handle ?? '');
        const read = readWantedAccount(text);
        const wanted = { handle: byId ? null : text, platform: null, id: byId ? (read?.id ?? null) : null };
        const found: string[] = [];
        let last = { read: 0, of: 0 };
        for await (const part of new ListSets(store).findAccount(wanted, signal)) {
          found.push(...part.found.map(({ list, position }) => `${list} ${String(position)}`));
          last = part;
        }
        expect(found.sort()).toEqual([...expected(lists, wanted)].sort());
        expect(last.read).toBe(last.of);
        store.close();
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is typed', () => {
  it.each([
    ['@Ada_Research', { handle: 'Ada_Research', platform: null, id: null }],
    ['https://x.com/ada_research', { handle: 'ada_research', platform: 'x', id: null }],
    ['https://www.tiktok.com/@ada.clips', { handle: 'ada.clips', platform: 'tiktok', id: null }],
    ['ada.clips', { handle: 'ada.clips', platform: 'tiktok', id: null }],
    ['1234', { handle: '1234', platform: null, id: null }],
    ['1839768592786000996', { handle: '1839768592786000996', platform: null, id: '1839768592786000996' }],
    ['not an account!', null],
  ])('%s', (text, wanted) => {
    expect(readWantedAccount(text)).toEqual(wanted);
  });
});
