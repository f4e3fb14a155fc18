/**
 * The dashboard's address: `?list=ID` opens a list, with its tab, its query, the open account, and the list
 * that it is compared with; `?view=KEY` opens a page
 * such as the spending history, `lists=ID,ID` what it compares, and `for=TEXT` what it searches for; `?for=LINK` fills in the field for a new list. Pure.
 */
import { wholeList, type ListQuery } from '../../lib/lists/query.ts';
import { queryFromParameters, queryToParameters } from '../../lib/lists/query-params.ts';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model/ids.ts';
import { MOST_LISTS } from '../../lib/model/most-lists.ts';

export interface ListAddress {
  readonly kind: 'list';
  readonly id: SnapshotId;
  /** The key of a tab; `null` is the first one. */
  readonly tab: string | null;
  readonly query: ListQuery;
  /** The position of the account whose details are open, from 0. In the address, as in the table, from 1. */
  readonly account: number | null;
  /** The list with which it is compared; `null` is the one that the page chooses. */
  readonly other: SnapshotId | null;
}

export interface PageAddress {
  readonly kind: 'page';
  readonly page: string;
  /** The lists that the page compares; absent if there are none. */
  readonly lists?: readonly SnapshotId[];
  /** What the page searches for; absent if nothing. */
  readonly text?: string;
}

export type Address = { readonly kind: 'home'; readonly text: string | null } | PageAddress | ListAddress;

/** The address of a list with nothing else chosen. */
export function addressOfList(id: SnapshotId): ListAddress {
  return { kind: 'list', id, tab: null, query: wholeList, account: null, other: null };
}

function readNumber(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) - 1 : null;
}

/** The address of a page that compares these lists, or searches for a text. */
export function addressOfPage(page: string, lists: readonly SnapshotId[], text = ''): PageAddress {
  return {
    kind: 'page',
    page,
    ...(lists.length === 0 ? {} : { lists }),
    ...(text === '' ? {} : { text }),
  };
}

/** Each list once, in their order. */
function readLists(text: string | null): readonly SnapshotId[] {
  const ids = (text ?? '').split(',').flatMap((id) => snapshotIdSchema.safeParse(id).data ?? []);
  return Array.from(new Set(ids)).slice(0, MOST_LISTS);
}

/** Reads an address. What can't be read has no effect. @param search the part from the question mark on */
export function readAddress(search: string): Address {
  const parameters = new URLSearchParams(search);
  const id = snapshotIdSchema.safeParse(parameters.get('list'));
  if (id.success) {
    return {
      kind: 'list',
      id: id.data,
      tab: parameters.get('tab'),
      query: queryFromParameters(parameters),
      account: readNumber(parameters.get('account')),
      other: snapshotIdSchema.safeParse(parameters.get('with')).data ?? null,
    };
  }
  const page = parameters.get('view');
  return page === null || page === ''
    ? { kind: 'home', text: parameters.get('for') }
    : addressOfPage(page, readLists(parameters.get('lists')), parameters.get('for') ?? '');
}

function parametersOf(address: Address): readonly (readonly [string, string | null])[] {
  switch (address.kind) {
    case 'home':
      return [['for', address.text]];
    case 'page':
      return [
        ['view', address.page],
        ['lists', address.lists?.join(',') ?? null],
        ['for', address.text ?? null],
      ];
    case 'list':
      return [
        ['list', address.id],
        ['tab', address.tab],
        ...queryToParameters(address.query),
        ['with', address.other],
        ['account', address.account === null ? null : String(address.account + 1)],
      ];
  }
}

/** Writes an address so that {@link readAddress} reads it. It replaces all of the current one. */
export function writeAddress(address: Address): string {
  const set = parametersOf(address).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const written = new URLSearchParams(set).toString();
  return written === '' ? 'dashboard.html' : `dashboard.html?${written}`;
}

/**
 * Whether a change within a list replaces the current entry of the history, because nobody wants to go back through it:
 * typing a search, and stepping from one account to the next. Everything else becomes a new entry.
 */
export function replacesEntry(before: ListAddress, next: ListAddress): boolean {
  const rest = ({ query, account, ...others }: ListAddress): string =>
    writeAddress({ ...others, query: { ...query, text: '' }, account: account === null ? null : 0 });
  return rest(before) === rest(next);
}
