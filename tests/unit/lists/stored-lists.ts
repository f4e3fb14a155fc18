/** Lists in a real store on a fake IndexedDB, written page by page like the collector does. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { providerIdSchema, snapshotIdSchema, type ProviderId } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import type { NewPage } from '../../../lib/store/page-log.ts';

const PROVIDER = providerIdSchema.parse('bench');
const SHA256 = '0'.repeat(64);
const ID = snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001');

export function newSnapshot(provider: ProviderId = PROVIDER): Snapshot {
  const handle = handleSchema.parse('someone');
  return {
    id: ID,
    platform: 'x',
    handle,
    handleKey: handle,
    profileId: null,
    resolvedAt: null,
    relation: 'followers',
    provider,
    startedFrom: 'own',
    createdAt: 1,
    startedAt: 1,
    updatedAt: 1,
    endedAt: null,
    pace: null,
    openedAt: null,
    state: { kind: 'paused' },
    facts: null,
    hinted: false,
    expected: null,
    howMany: null,
    unit: 'credits',
    cap: 1000,
    confirmed: true,
    estimate: null,
    pages: 0,
    rows: 0,
    duplicates: 0,
    unreadable: 0,
    charged: 0,
    maybeCharged: 0,
    pagesWithoutNew: 0,
    losses: 0,
    attempt: 0,
    filled: 0,
    ending: null,
  };
}

export interface WrittenList {
  readonly store: Store;
  /** Its state in the store. */
  readonly snapshot: () => Promise<Snapshot>;
  /** Adds a page, with complete accounts or only IDs. */
  readonly addPage: (
    accounts: readonly Account[],
    idsOnly?: boolean,
    facts?: Partial<Pick<NewPage, 'cursor' | 'next' | 'receivedAt' | 'providerAt'>>,
  ) => Promise<void>;
  /** Completes accounts of the last page, starting with its account `part`. */
  readonly fill: (part: number, accounts: readonly Account[]) => Promise<void>;
  readonly end: () => Promise<void>;
}

/** A new database with one list, still empty. */
export async function writtenList(provider?: ProviderId): Promise<WrittenList> {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const store = new Store('lists');
  const started = await store.snapshots.start(newSnapshot(provider), false);
  const settlement = {
    entry: 'e',
    provider: PROVIDER,
    at: 1,
    status: 'charged',
    amount: 0,
    listed: 0,
  } as const;
  const snapshot = async (): Promise<Snapshot> => (await store.snapshots.get(ID)) ?? started.snapshot;
  return {
    store,
    snapshot,
    addPage: async (accounts, idsOnly = false, facts = {}) => {
      const { rows, pages } = await snapshot();
      await store.money.settlePage(
        {
          snapshotId: ID,
          seq: pages,
          cursor: null,
          next: null,
          first: rows,
          accounts: idsOnly ? accounts.map(({ id }) => unknownAccount(id)) : accounts,
          idsOnly,
          duplicates: 0,
          unreadable: 0,
          charged: 0,
          providerAt: null,
          receivedAt: 1000 + pages,
          sha256: SHA256,
          ...facts,
        },
        settlement,
        (now) => ({
          ...now,
          pages: now.pages + 1,
          rows: now.rows + accounts.length,
          filled: now.filled + (idsOnly ? 0 : accounts.length),
        }),
      );
    },
    fill: async (part, accounts) => {
      const { pages } = await snapshot();
      await store.money.settleFill(
        { snapshotId: ID, seq: pages - 1, part, accounts, receivedAt: 2000, sha256: SHA256 },
        settlement,
        (now) => ({ ...now, filled: now.filled + accounts.length }),
      );
    },
    end: async () => {
      await store.snapshots.change(ID, (now) => ({
        ...now,
        state: { kind: 'ended', outcome: { kind: 'complete' } },
      }));
    },
  };
}
