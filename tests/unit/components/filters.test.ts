import { beforeEach, describe, expect, it } from 'vitest';
import { COLUMN_NAMES, columnsOfTable } from '../../../components/lists/export-columns.ts';
import { USUAL_FIELDS } from '../../../components/lists/fields.ts';
import {
  chipText,
  FILTER_NAMES,
  filterLabel,
  receiptText,
  withStart,
} from '../../../components/lists/filters/kinds.tsx';
import { isSet } from '../../../components/lists/filters/filters-set.ts';
import { filterText } from '../../../components/lists/query-text.ts';
import { speakEnglish } from '../words/english.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { noFilters, wholeList, type ListFilters } from '../../../lib/lists/query.ts';

beforeEach(speakEnglish);

const first = Date.UTC(2020, 0, 1);
const deletedList = snapshotIdSchema.parse('0b7f0f3e-4d5e-4f6a-8b9c-0d1e2f3a4b5c');
const last = Date.UTC(2021, 0, 1) - 1;

describe('a filter', () => {
  it.each<readonly [Partial<ListFilters>, string]>([
    [{ verified: true }, 'Verified'],
    [{ verified: false }, 'Not verified'],
    [{ private: true }, 'Private'],
    [{ private: false }, 'Not private'],
    [{ followers: { from: 10_000, to: null } }, 'Followers: at least 10,000'],
    [{ followers: { from: null, to: 12_345 } }, 'Followers: at most 12,345'],
    [{ following: { from: 0, to: 5 } }, 'Following: 0 to 5'],
    [{ hasWebsite: false }, 'No website'],
    [{ hasBio: true }, 'Has bio'],
    [{ created: { from: first, to: null } }, 'Created since Jan 1, 2020'],
    [{ created: { from: null, to: last } }, 'Created until Dec 31, 2020'],
    [{ created: { from: first, to: last } }, 'Created: Jan 1, 2020 to Dec 31, 2020'],
    [{ followed: { from: first, to: last } }, 'Followed: Jan 1, 2020 to Dec 31, 2020'],
    [{ followed: { from: null, to: last } }, 'Followed until Dec 31, 2020'],
    [{ location: ' Berlin ' }, 'Location: Berlin'],
    [{ position: { from: 1, to: 1000 } }, 'Position: 1 to 1,000'],
    [{ inLists: [deletedList] }, 'In list: a deleted list'],
    [{ notInLists: [deletedList, deletedList] }, 'Not in list: a deleted list, a deleted list'],
  ])('%j is shown as “%s”', (set, text) => {
    const filters = { ...noFilters, ...set };
    const names = FILTER_NAMES.filter((name) => isSet(filters, name));
    expect(names.map((name) => chipText(filters, name))).toEqual([text]);
  });

  it('has a label, an unfinished chip, and nothing in a receipt until it is set', () => {
    for (const name of FILTER_NAMES) {
      expect(chipText(noFilters, name)).toBe(`${filterLabel(name)}…`);
      expect(receiptText(noFilters, name)).toBeNull();
    }
    const { conditions: _, ...named } = noFilters;
    expect(new Set(FILTER_NAMES)).toEqual(new Set(Object.keys(named)));
  });

  it('is set at once when it has only two values', () => {
    expect(withStart(noFilters, 'verified')).toEqual({ ...noFilters, verified: true });
    expect(withStart(noFilters, 'followers')).toBeNull();
  });

  it('is described in receipts with exact numbers', () => {
    const filters = {
      ...noFilters,
      verified: false,
      followers: { from: 10_000, to: null },
      location: 'Berlin',
    };
    expect(filterText({ ...wholeList, text: ' ada ', filters })).toBe(
      'Search: ada; Verified: No; Followers: 10000 –; Location contains: Berlin',
    );
  });
});

describe('the columns of the table, in a file,', () => {
  it('come with position, ID, handle, and name, in the order of files', () => {
    expect(columnsOfTable(['createdAt', 'website'])).toEqual([
      'position',
      'id',
      'handle',
      'name',
      'website',
      'created_at',
    ]);
    const usual = columnsOfTable(USUAL_FIELDS);
    expect(usual).toEqual(COLUMN_NAMES.filter((name) => usual.includes(name)));
    expect(columnsOfTable(['no such field'])).toHaveLength(4);
    expect(columnsOfTable(['followedBefore'])).toEqual([
      'position',
      'id',
      'handle',
      'name',
      'followed_before',
    ]);
  });
});
