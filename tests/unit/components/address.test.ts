import { describe, expect, it } from 'vitest';
import {
  addressOfList,
  addressOfPage,
  readAddress,
  replacesEntry,
  writeAddress,
  type Address,
} from '../../../components/dashboard/address.ts';
import { wholeList } from '../../../lib/lists/query.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';

const id = snapshotIdSchema.parse('0b7f0f3e-4d5e-4f6a-8b9c-0d1e2f3a4b5c');
const other = snapshotIdSchema.parse('1b7f0f3e-4d5e-4f6a-8b9c-0d1e2f3a4b5c');
const list = addressOfList(id);
const searched = { ...list, query: { ...wholeList, text: 'berlin' } };

function searchOf(address: Address): string {
  return new URL(writeAddress(address), 'chrome-extension://abc/').search;
}

describe('the address of the dashboard', () => {
  it.each<Address>([
    { kind: 'home', text: null },
    { kind: 'home', text: 'https://x.com/ada' },
    { kind: 'page', page: 'spending' },
    { kind: 'page', page: 'compare', lists: [id, other] },
    list,
    {
      ...searched,
      tab: 'receipt',
      account: 16,
      other,
      query: { ...searched.query, sort: { column: 'name', descending: false } },
    },
  ])('reads as it was written: %o', (address) => {
    expect(readAddress(searchOf(address))).toEqual(address);
  });

  it('keeps the addresses of earlier versions', () => {
    expect(readAddress(`?list=${id}`)).toEqual(list);
    expect(readAddress('?view=spending')).toEqual({ kind: 'page', page: 'spending' });
    expect(readAddress('?for=%40ada')).toEqual({ kind: 'home', text: '@ada' });
    expect(writeAddress(list)).toBe(`dashboard.html?list=${id}`);
  });

  it('counts accounts from 1, as the table does', () => {
    expect(writeAddress({ ...list, account: 0 })).toBe(`dashboard.html?list=${id}&account=1`);
  });

  it.each(['', '?', '?list=', '?list=../../etc', '?view=', '?other=1'])('%s is the start', (search) => {
    expect(readAddress(search)).toEqual({ kind: 'home', text: null });
  });

  it.each(['0', '-1', '1.5', 'x', '99999999999999999999'])('ignores an account number %s', (account) => {
    expect(readAddress(`?list=${id}&account=${account}`)).toEqual(list);
  });
});

describe('the lists that are compared', () => {
  it('are in the address, in their order', () => {
    expect(readAddress(`?view=compare&lists=${other},${id}`)).toEqual(addressOfPage('compare', [other, id]));
    expect(writeAddress(addressOfPage('compare', []))).toBe('dashboard.html?view=compare');
  });

  it('are read once each, without what is no list, and at most twenty', () => {
    expect(readAddress(`?view=compare&lists=${id},../etc,,${id},${other}`)).toEqual(
      addressOfPage('compare', [id, other]),
    );
    expect(readAddress('?view=compare&lists=,x')).toEqual({ kind: 'page', page: 'compare' });
    const many = Array.from(
      { length: 30 },
      (_, at) => `0b7f0f3e-4d5e-4f6a-8b9c-${String(at).padStart(12, '0')}`,
    );
    const address = readAddress(`?view=compare&lists=${many.join(',')}`);
    expect(address.kind === 'page' ? address.lists : null).toEqual(many.slice(0, 20));
  });
});

describe('a change within a list', () => {
  it('replaces the entry while a search is typed, and from account to account', () => {
    expect(replacesEntry(list, searched)).toBe(true);
    expect(replacesEntry({ ...list, account: 3 }, { ...list, account: 4 })).toBe(true);
  });

  it('otherwise is a new entry', () => {
    expect(replacesEntry(list, { ...list, account: 3 })).toBe(false);
    expect(replacesEntry({ ...list, account: 3 }, list)).toBe(false);
    expect(replacesEntry(list, { ...list, tab: 'receipt' })).toBe(false);
    const sorted = { ...wholeList, sort: { column: 'name', descending: true } as const };
    expect(replacesEntry(searched, { ...searched, query: { ...sorted, text: 'berlin' } })).toBe(false);
  });
});
