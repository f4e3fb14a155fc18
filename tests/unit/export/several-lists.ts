/** Random lists that share accounts, in a real store, and a plain model of what files of them must contain. */
import fc from 'fast-check';
import { bracketsOf } from '../../../lib/lists/follow-times.ts';
import { followSourceOf } from '../../../lib/lists/follow-source.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, providerIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Relation } from '../../../lib/model/platform.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Store } from '../../../lib/store/index.ts';
import type { NewPage } from '../../../lib/store/page-log.ts';
import { emptyStore, snapshotIdOf } from '../sets/stored-pairs.ts';
import { newSnapshot } from '../lists/stored-lists.ts';

const BEGIN = Date.UTC(2026, 2, 1);
const HOUR = 3_600_000;
const PAGE_SIZE = 4;

/** A profile, by its index: the last has no known ID, and the first is an account of the lists, too. */
export const PROFILES = ['member3', 'second.profile', 'third'] as const;
const PROFILE_IDS = ['1000000000000000003', '77', null] as const;

export const listOptions = fc.record({
  profile: fc.integer({ min: 0, max: 2 }),
  relation: fc.constantFrom<Relation>('followers', 'following'),
  /** The accounts in their order, by index, and whether only the ID of each is known. */
  members: fc.uniqueArray(fc.record({ index: fc.integer({ min: 0, max: 30 }), idOnly: fc.boolean() }), {
    maxLength: 14,
    selector: ({ index }) => index,
  }),
  ids: fc.constantFrom('numbers', 'numbers', 'numbers', 'handles'),
  hasTimes: fc.constantFrom(true, true, false),
  /** Whether the snapshot says how many accounts have no details. */
  isCounted: fc.boolean(),
  isComplete: fc.boolean(),
});
type ListOptions = typeof listOptions extends fc.Arbitrary<infer T> ? T : never;

export interface PlainRow {
  readonly account: Account;
  readonly position: number;
  readonly receivedAt: number;
  readonly after: number | null;
  readonly before: number | null;
}

export interface PlainList {
  readonly snapshot: Snapshot;
  readonly pages: readonly NewPage[];
  readonly rows: readonly PlainRow[];
}

function accountOf({ index, idOnly }: ListOptions['members'][number], options: ListOptions): Account {
  const handle = `member${String(index)}`;
  const id = options.ids === 'numbers' ? String(10n ** 18n + BigInt(index)) : handle;
  const account = unknownAccount(accountIdSchema.parse(id));
  if (idOnly) return account;
  return {
    ...account,
    handle,
    name: `<Name> & "${String(index)}"\n\u0007${options.relation}`,
    followers: index * 10,
    verified: index % 2 === 0,
  };
}

function cursorAt(time: number) {
  return cursorSchema.parse(String(BigInt(time) << 20n));
}

function listOf(options: ListOptions, at: number): PlainList {
  const id = snapshotIdOf(at + 1);
  const startedAt = BEGIN + at * 10 * HOUR;
  const accounts = options.members.map((member) => accountOf(member, options));
  const pages: NewPage[] = [];
  for (let first = 0; first < Math.max(1, accounts.length); first += PAGE_SIZE) {
    const seq = pages.length;
    // The lists reach back at different speeds, so that their intervals differ.
    const timeOf = (page: number) => cursorAt(startedAt - page * (1 + (at % 3)) * HOUR);
    const isLast = first + PAGE_SIZE >= accounts.length;
    pages.push({
      snapshotId: id,
      seq,
      first,
      cursor: options.hasTimes && seq > 0 ? timeOf(seq) : null,
      next: options.hasTimes && !isLast ? timeOf(seq + 1) : null,
      accounts: accounts.slice(first, first + PAGE_SIZE),
      idsOnly: false,
      duplicates: 0,
      unreadable: 0,
      charged: 0,
      providerAt: null,
      receivedAt: startedAt + seq * 1000,
      sha256: '0'.repeat(64),
    });
  }
  const idsOnly = options.members.filter(({ idOnly }) => idOnly).length;
  const handle = handleSchema.parse(PROFILES[options.profile]);
  const profileId = PROFILE_IDS[options.profile] ?? null;
  const snapshot: Snapshot = {
    ...newSnapshot(providerIdSchema.parse('x-v1.1')),
    id,
    handle,
    handleKey: handle,
    profileId: profileId === null ? null : accountIdSchema.parse(profileId),
    relation: options.relation,
    createdAt: startedAt - 1000,
    startedAt,
    rows: accounts.length,
    filled: accounts.length,
    pages: pages.length,
    state: { kind: 'ended', outcome: { kind: options.isComplete ? 'complete' : 'stopped' } },
    ...(options.isCounted ? { withoutDetails: { idsOnly, unavailable: 0 } } : {}),
  };
  return { snapshot, pages, rows: plainRows(snapshot, pages) };
}

function plainRows(snapshot: Snapshot, pages: readonly NewPage[]): readonly PlainRow[] {
  const source = followSourceOf(snapshot);
  const dated = pages.map((page) =>
    bracketsOf({ ...page, columns: { id: page.accounts.map(({ id }) => id), createdAt: null } }, source),
  );
  // One page that violates a guard discards all follow times.
  const isDated = dated.every((brackets) => typeof brackets !== 'string');
  const known = (time = NaN): number | null => (Number.isNaN(time) ? null : time);
  return pages.flatMap(({ first, receivedAt, accounts }, seq) =>
    accounts.map((account, row) => {
      const brackets = dated[seq];
      const own = isDated && typeof brackets === 'object' ? brackets : null;
      return {
        account,
        position: first + row + 1,
        receivedAt,
        after: known(own?.after[row]),
        before: known(own?.before),
      };
    }),
  );
}

/** Stores lists. @returns them, newest first */
export async function storedLists(
  options: readonly ListOptions[],
): Promise<{ readonly store: Store; readonly lists: readonly PlainList[] }> {
  const store = emptyStore();
  const lists = options.map(listOf);
  for (const { snapshot, pages } of lists) await store.snapshots.addFinished(snapshot, pages);
  return { store, lists: lists.toReversed() };
}

/** One account as the lists together know it. */
export interface PlainAccount {
  number: string | null;
  handleId: string | null;
  readonly rows: { readonly list: PlainList; readonly row: PlainRow }[];
}

/** The distinct accounts of lists (newest first), in the order in which they first occur. */
export function distinctAccounts(lists: readonly PlainList[]): readonly PlainAccount[] {
  const all: PlainAccount[] = [];
  const byHandle = new Map<string, PlainAccount>();
  for (const list of lists) {
    const isNumber = (id: string) => /^\d+$/.test(id);
    const add = (found: PlainAccount, row: PlainRow): void => {
      if (isNumber(row.account.id)) found.number = row.account.id;
      else found.handleId = row.account.id;
      found.rows.push({ list, row });
    };
    const later: PlainRow[] = [];
    for (const row of list.rows) {
      const found = all.find(({ number, handleId }) => [number, handleId].includes(row.account.id));
      if (found === undefined) later.push(row);
      else add(found, row);
    }
    for (const row of later) {
      const { id, handle } = row.account;
      const same = handle === null ? undefined : byHandle.get(handle);
      const isTaken = same?.rows.some((one) => one.list === list) === true;
      const isOther = isNumber(id) && (same?.number ?? null) !== null;
      if (same !== undefined && !isTaken && !isOther) add(same, row);
      else {
        const fresh: PlainAccount = { number: null, handleId: null, rows: [] };
        all.push(fresh);
        add(fresh, row);
      }
    }
    for (const one of all) {
      for (const { row, list: from } of one.rows) {
        const { handle } = row.account;
        if (from === list && handle !== null && !byHandle.has(handle)) byHandle.set(handle, one);
      }
    }
  }
  return all;
}

/** The row that a table shows of an account: of the newest list that has details, or else of the newest list. */
export function shownRow({ rows }: PlainAccount) {
  const shown = rows.find(({ row }) => row.account.handle !== null) ?? rows[0];
  if (shown === undefined) throw new Error('An account without a list.');
  return shown;
}

/** `member3 followers 2026-03-01T10:00:00Z`. */
export function plainName({ snapshot: { handle, relation, startedAt } }: PlainList): string {
  return `${handle} ${relation} ${new Date(startedAt ?? 0).toISOString().slice(0, 19)}Z`;
}
