import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeColumns } from '../../../lib/export/rows/change-columns.ts';
import { changesBetween } from '../../../lib/export/rows/changes.ts';
import type { Column, ExportSource } from '../../../lib/export/rows/columns.ts';
import { statusAt } from '../../../lib/sets/classify.ts';
import { collectPair, pairOptions } from '../sets/pairs.ts';
import { emptyStore, snapshotIdOf, storeList } from '../sets/stored-pairs.ts';

const { signal } = new AbortController();
const [OLDER, NEWER] = [snapshotIdOf(1), snapshotIdOf(2)];
const source: ExportSource = {
  platform: 'x',
  handle: 'someone',
  id: null,
  relation: 'followers',
  provider: 'x-v1.1',
};

const ordered = pairOptions.map((options) => ({
  ...options,
  hoursBetween: Math.max(1, options.hoursBetween),
  newer: { ...options.newer, clock: options.older.clock },
}));

describe('a file of changes', () => {
  it('contains every account of both lists once, with both sides of what changed', async () => {
    await fc.assert(
      fc.asyncProperty(ordered, async (options) => {
        const { older, newer, pair, classified } = await collectPair(options);
        const store = emptyStore();
        await storeList(store, OLDER, older);
        await storeList(store, NEWER, newer);
        const { batches, rows } = await changesBetween(store, [OLDER, NEWER], signal);
        const records: Record<string, unknown>[] = [];
        for await (const batch of batches) {
          const values = (column: Column, row: number): unknown => {
            const found = column.values(batch, source);
            return found.kind === 'same' ? found.value : (found.values[row] ?? null);
          };
          batch.accounts.id.forEach((_, row) =>
            records.push(
              Object.fromEntries(changeColumns.map((column) => [column.name, values(column, row)])),
            ),
          );
        }
        expect(records).toHaveLength(rows);
        newer.rows.forEach((row, at) => {
          const record = records[at];
          const olderAt = pair.newer.inOther[at] ?? -1;
          const isDifferent = ['renamed', 'changed'].includes(statusAt(classified.newer, at));
          expect(record).toMatchObject({
            id: row.id,
            newer_handle: row.handle,
            newer_bio: row.bio,
            older_handle: isDifferent ? (older.rows[olderAt]?.handle ?? null) : null,
            newer_position: at + 1,
            older_position: olderAt < 0 ? null : olderAt + 1,
          });
        });
        const alone = older.rows.filter((_, at) => pair.older.inOther[at] === -1);
        expect(
          records
            .slice(newer.rows.length)
            .map(({ id, older_handle, newer_handle }) => [id, older_handle, newer_handle]),
        ).toEqual(alone.map(({ id, handle }) => [id, handle, null]));
        const statuses = new Set(records.map(({ status }) => status));
        for (const status of statuses) {
          expect(['new', 'no_longer_listed', 'renamed', 'changed', 'unchanged', 'unknown']).toContain(status);
        }
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('has columns in a fixed order', () => {
    expect(changeColumns.map(({ name }) => name)).toEqual([
      'status',
      'certainty',
      'reasons',
      'id',
      'older_handle',
      'newer_handle',
      'older_name',
      'newer_name',
      'older_bio',
      'newer_bio',
      'older_location',
      'newer_location',
      'older_website',
      'newer_website',
      'older_verified',
      'newer_verified',
      'older_verified_type',
      'newer_verified_type',
      'older_private',
      'newer_private',
      'older_position',
      'newer_position',
      'platform',
      'source_handle',
      'source_id',
      'relation',
      'followed_after',
      'followed_before',
    ]);
  });
});
