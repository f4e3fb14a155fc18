/**
 * The boundary of the database: arbitrary values in every field of every row, written by the store's own functions.
 * Stored rows satisfy the rules, can be restored from a backup, and are then recognized as existing.
 */
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { receiptSchema } from '../../../lib/export/receipt/shape.ts';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import type { Account } from '../../../lib/model/account.ts';
import type { RunError } from '../../../lib/model/error.ts';
import { accountIdSchema, type AccountId, type Cursor, type SnapshotId } from '../../../lib/model/ids.ts';
import type { RunEntry } from '../../../lib/model/ledger.ts';
import type { ProfileFacts } from '../../../lib/model/profile.ts';
import type { Outcome, Snapshot, State } from '../../../lib/model/snapshot.ts';
import { clean, type Clean } from '../../../lib/store/clean.ts';
import { entryRule, pageRule } from '../../../lib/store/rules/rows.ts';
import { snapshotRule } from '../../../lib/store/rules/snapshot.ts';
import { Store } from '../../../lib/store/index.ts';
import { wellFormed } from '../../../lib/well-formed.ts';
import { filled, freshDatabases, restore, save } from '../backup/backup-files.ts';
import { PROVIDER } from '../collector/test-collector.ts';
import { FRESH } from '../collector/machine-simulator.ts';
import { speakEnglish } from '../words/english.ts';

freshDatabases();

/** Any string of UTF-16, including unpaired surrogates and control characters, and sometimes a long one. */
const text = fc.oneof(
  {
    weight: 200,
    arbitrary: fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    }),
  },
  {
    weight: 80,
    arbitrary: fc.constantFrom(
      'ab\u0000\u00004',
      '\u000B',
      '\u0014',
      '\uD800',
      '\uDC00\uD800',
      '',
      '\r\n',
      '🙂',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\uD83D\uDE42'.repeat(60_000), '\uD800'.repeat(100_001), 'x'.repeat(300_000)),
  },
);
const number = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-1, -0, 0.5, Number.NaN, Infinity, -Infinity, 2 ** 53, 2 ** 63, 9e15, 1.7e308),
);
const flag = fc.boolean();
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const id = text.map((value) => (value === '' ? '1' : value) as AccountId);
const cursor = text.map((value) => (value === '' ? '1' : value) as Cursor);

const providerMessage = maybe(text);
const idsOnly = [
  'no-key',
  'locked',
  'redirect-refused',
  'unreachable',
  'offline',
  'unknown-provider',
  'other-profile',
] as const;
const quoting = [
  'bad-key',
  'not-allowed',
  'private-profile',
  'hidden-list',
  'too-fast',
  'no-such-profile',
] as const;
const runError: fc.Arbitrary<RunError> = fc.oneof(
  fc.constantFrom(...idsOnly).map((kind) => ({ kind })),
  fc.record({ kind: fc.constantFrom(...quoting), said: providerMessage }),
  fc.record({ kind: fc.constant('no-permission' as const), origin: text }),
  fc.record({
    kind: fc.constant('no-credit' as const),
    required: maybe(number),
    available: maybe(number),
    said: providerMessage,
  }),
  fc.record({
    kind: fc.constantFrom('provider-broken', 'refused-request'),
    status: number,
    said: providerMessage,
  }),
  fc.record({ kind: fc.constant('unreadable' as const), status: number, why: text }),
  fc.record({ kind: fc.constant('too-large' as const), megabytes: number }),
  fc.record({ kind: fc.constant('lost-answers' as const), times: number, price: number }),
  fc.record({ kind: fc.constant('storage' as const), name: text }),
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom('complete', 'ended-early', 'stopped', 'stalled').map((kind) => ({ kind })),
  fc.record({ kind: fc.constant('capped' as const), by: fc.constantFrom('rows', 'cap', 'monthly') }),
  fc.record({ kind: fc.constant('failed' as const), trouble: runError }),
);
const state: fc.Arbitrary<State> = fc.oneof(
  fc.constant<State>({ kind: 'paused' }),
  fc.record({ kind: fc.constant('waiting' as const), until: number, attempt: number, trouble: runError }),
  fc.record({ kind: fc.constant('blocked' as const), trouble: runError, price: number }),
  fc.record({ kind: fc.constant('ended' as const), outcome }),
);
const facts: fc.Arbitrary<ProfileFacts> = fc.record({
  name: maybe(text),
  bio: maybe(text),
  location: maybe(text),
  website: maybe(text),
  avatarUrl: maybe(text),
  followers: maybe(number),
  following: maybe(number),
  posts: maybe(number),
  verified: maybe(flag),
  private: maybe(flag),
  createdAt: maybe(number),
});
/** Fields of a list that a run may change, besides the counts of its pages. */
const changes: fc.Arbitrary<Partial<Snapshot>> = fc.record({
  profileId: maybe(id),
  resolvedAt: maybe(number),
  createdAt: number,
  startedAt: maybe(number),
  updatedAt: number,
  endedAt: maybe(number),
  pace: maybe(fc.record({ from: number, rows: number, wait: fc.record({ until: number, rows: number }) })),
  openedAt: maybe(number),
  state,
  facts: maybe(facts),
  expected: maybe(number),
  howMany: maybe(number),
  cap: number,
  estimate: maybe(
    fc.record({
      rows: maybe(number),
      requests: maybe(number),
      amount: maybe(number),
      seconds: maybe(number),
    }),
  ),
  duplicates: number,
  unreadable: number,
  charged: number,
  maybeCharged: number,
  undercharged: number,
  pagesWithoutNew: number,
  losses: number,
  attempt: number,
  filled: number,
  ending: maybe(outcome),
});
const account: fc.Arbitrary<Account> = fc.record({
  id,
  handle: maybe(text),
  name: maybe(text),
  bio: maybe(text),
  location: maybe(text),
  website: maybe(text),
  followers: maybe(number),
  following: maybe(number),
  posts: maybe(number),
  likes: maybe(number),
  listed: maybe(number),
  verified: maybe(flag),
  verifiedType: maybe(text),
  private: maybe(flag),
  createdAt: maybe(number),
  language: maybe(text),
  region: maybe(text),
  avatarUrl: maybe(text),
  unavailable: maybe(flag),
});
const page = fc.record({
  accounts: fc.array(account, { minLength: 1, maxLength: 4 }),
  idsOnly: flag,
  cursor: maybe(cursor),
  next: maybe(cursor),
  number: fc.record({ duplicates: number, unreadable: number, charged: number, receivedAt: number }),
  providerAt: maybe(number),
  entry: fc.record({ sentAt: number, reserved: number, amount: number, listed: maybe(number), at: number }),
});
const list = fc.record({
  changes,
  pages: fc.array(page, { maxLength: 3 }),
  response: fc.record({
    bytes: fc.uint8Array({ maxLength: 50 }),
    status: number,
    receivedAt: number,
    cursor: maybe(cursor),
  }),
});
type Made = typeof list extends fc.Arbitrary<infer T> ? T : never;

const ID = FRESH.id;

/** Writes a list as a run does: start, requests, pages, lookups, and a response that could not be parsed. */
async function write(store: Store, { changes: changed, pages, response }: Made): Promise<SnapshotId> {
  await store.snapshots.start(
    { ...FRESH, ...changed, state: { kind: 'paused' }, pages: 0, rows: 0, filled: 0 },
    true,
  );
  let rows = 0;
  for (const [seq, of] of pages.entries()) {
    const entry: RunEntry = {
      id: `entry ${String(seq)}`,
      snapshotId: ID,
      provider: PROVIDER,
      purpose: 'page',
      unit: 'credits',
      sentAt: of.entry.sentAt,
      settledAt: null,
      status: 'sent',
      reserved: of.entry.reserved,
      amount: 0,
      listed: null,
    };
    await store.money.writeRequest(entry, (now) => ({ ...now, state: { kind: 'running' } }));
    const { amount, listed, at } = of.entry;
    const settlement = {
      entry: entry.id,
      provider: PROVIDER,
      at,
      status: 'charged',
      amount,
      listed,
    } as const;
    await store.money.settlePage(
      {
        snapshotId: ID,
        seq,
        first: rows,
        cursor: of.cursor,
        next: of.next,
        accounts: of.accounts,
        idsOnly: of.idsOnly,
        providerAt: of.providerAt,
        sha256: 'ab'.repeat(32),
        ...of.number,
      },
      settlement,
      (now) => ({ ...now, pages: now.pages + 1, rows: now.rows + of.accounts.length }),
    );
    if (of.idsOnly) {
      const { receivedAt } = of.number;
      const fill = {
        snapshotId: ID,
        seq,
        part: 0,
        accounts: of.accounts,
        receivedAt,
        sha256: 'cd'.repeat(32),
      };
      await store.money.settleFill(fill, settlement, (now) => now);
    }
    rows += of.accounts.length;
  }
  const raw = {
    ...response,
    bytes: new Uint8Array(response.bytes),
    snapshotId: ID,
    seq: pages.length,
    purpose: 'page',
    entry: 'e',
  } as const;
  const settlement = {
    entry: 'e',
    provider: PROVIDER,
    at: 1,
    status: 'maybe',
    amount: 0,
    listed: null,
  } as const;
  await store.money.settle(ID, settlement, (now) => ({ ...now, ...changed }), raw);
  return ID;
}

/** All data of a list, as it is read. */
async function everythingOf(store: Store) {
  return {
    snapshot: await store.snapshots.get(ID),
    pages: await store.pages.read(ID, 0, 99),
    raw: await store.rawResponses.ofSnapshot(ID),
    ledger: await store.ledger.ofSnapshot(ID),
  };
}

function* leafPaths(value: unknown): Generator {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) yield value;
  else for (const inner of Object.values(value)) yield* leafPaths(inner);
}

describe('arbitrary values in every field', () => {
  it('are stored so that their backup changes nothing here, and can be restored elsewhere', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(list, async (made) => {
        run += 1;
        const store = new Store(`source ${String(run)}`);
        const target = new Store(`target ${String(run)}`);
        await write(store, made);
        const kept = await everythingOf(store);
        for (const leaf of leafPaths(kept)) {
          if (typeof leaf === 'string') expect(wellFormed(leaf)).toBe(leaf);
          if (typeof leaf === 'number') expect(Number.isFinite(leaf)).toBe(true);
        }
        const file = await save(store);
        expect(await restore(store, file)).toMatchObject({ added: 0, present: 1, requests: 0 });
        expect(await everythingOf(store)).toEqual(kept);
        expect(await restore(target, file)).toMatchObject({ added: 1 });
        const back = await everythingOf(target);
        expect([back.pages, back.raw]).toEqual([kept.pages, kept.raw]);
        expect(back.snapshot?.facts).toEqual(kept.snapshot?.facts);
        expect(await restore(target, await save(target))).toMatchObject({ added: 0, present: 1 });
        store.close();
        target.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('produce a receipt that its own schema accepts', async () => {
    speakEnglish();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(list, async (made) => {
        run += 1;
        const store = new Store(`receipt ${String(run)}`);
        await write(store, made);
        const snapshot = await store.snapshots.get(ID);
        if (snapshot === undefined) throw new Error('The list was not saved.');
        const receipt = receiptOf({
          snapshot,
          spent: await store.ledger.spentOn(ID),
          provider: { name: 'Bench', origin: 'https://bench.example' },
          creditPrice: { currency: 'USD', perThousand: 1_000 },
          file: {
            name: 'a.csv',
            format: 'csv',
            rows: 1,
            bytes: 1,
            sha256: '0'.repeat(64),
            columns: ['id'],
            filter: null,
            sort: null,
            guarded: 0,
            cut: 0,
            idsOnly: 0,
            unavailable: 0,
          },
          appVersion: '0.1.0',
          writtenAt: 1,
        });
        expect(receiptSchema.safeParse(receipt).error).toBeUndefined();
        store.close();
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('rows that an earlier version wrote without these rules', () => {
  /** Changes a row, bypassing all code of the extension. */
  async function plant(name: string, table: string, change: (row: Record<string, unknown>) => object) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The database did not open.'));
      };
    });
    const transaction = database.transaction(table, 'readwrite');
    const objects = transaction.objectStore(table);
    const reading = objects.getAll();
    reading.onsuccess = () => {
      for (const row of reading.result as Record<string, unknown>[]) objects.put(change(row));
    };
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    database.close();
  }

  it('are cleaned when they are read, and can be saved and restored', async () => {
    const made = await filled();
    made.close();
    await plant('source', 'snapshots', (row) => ({
      ...row,
      facts: { ...(row['facts'] as ProfileFacts), name: 'ab\u0000\u00004', bio: '\uD800', createdAt: 1.7e18 },
      charged: 2 ** 60,
    }));
    await plant('source', 'pages', (row) => {
      const accounts = row['accounts'] as { id: string[]; name: string[] | null };
      return {
        ...row,
        accounts: {
          ...accounts,
          id: accounts.id.map((one) => `${one}\u0000`),
          createdAt: accounts.id.map(() => 1e17),
        },
      };
    });
    await plant('source', 'fills', (row) => ({ ...row, receivedAt: 1e18 }));
    await plant('source', 'ledger', (row) => ({ ...row, amount: 2 ** 60, sentAt: 1e18 }));
    await plant('source', 'raw', (row) => ({ ...row, receivedAt: Number.NaN }));
    const store = new Store('source');
    const lists = await store.snapshots.all();
    expect(lists).toHaveLength(2);
    for (const { id: listId, facts: known, charged } of lists) {
      expect(known).toMatchObject({ name: 'ab\uFFFD\uFFFD4', bio: '\uFFFD', createdAt: null });
      expect(charged).toBe(Number.MAX_SAFE_INTEGER);
      for (const { amount, sentAt } of await store.ledger.ofSnapshot(listId)) {
        expect([amount, sentAt]).toEqual([1_000_000_000, 253_402_300_799_999]);
      }
      for (const read of await store.pages.read(listId, 0, 99)) {
        for (const one of read.accounts) expect(wellFormed(one.id)).toBe(one.id);
      }
    }
    const file = await save(store);
    expect(await restore(store, file)).toMatchObject({ added: 0, present: 2, keptTwice: 0 });
    expect(await restore(new Store('target'), file)).toMatchObject({ added: 2 });
  });
});

describe('a rule', () => {
  it('leaves its own output unchanged, and its schema accepts it', () => {
    const snapshotSchema = snapshotRule.schema();
    fc.assert(
      fc.property(changes, (changed) => {
        const cleaned = snapshotRule.clean({ ...FRESH, ...changed });
        expect(snapshotRule.clean(cleaned)).toBe(cleaned);
        const inFile: unknown = JSON.parse(JSON.stringify(cleaned));
        expect(snapshotSchema.safeParse(inFile).error).toBeUndefined();
        expect(inFile).toEqual(cleaned);
      }),
    );
  });

  it('returns the same row object if nothing is wrong with it', () => {
    const row = {
      seq: 0,
      cursor: null,
      next: null,
      first: 0,
      idsOnly: false,
      duplicates: 0,
      unreadable: 0,
      charged: 1,
      providerAt: null,
      receivedAt: 1,
      sha256: '',
      accounts: {
        id: [accountIdSchema.parse('1')],
        handle: ['ada'],
        name: null,
        bio: ['tab\there, line\nthere'],
        location: null,
        website: null,
        followers: [Number.MAX_SAFE_INTEGER],
        following: null,
        posts: null,
        likes: null,
        listed: null,
        verified: null,
        verifiedType: null,
        private: null,
        createdAt: [1_400_000_000_000],
        language: null,
        region: null,
        avatarUrl: null,
        unavailable: null,
      },
    };
    expect(pageRule.clean(row)).toBe(row);
  });

  it.each([
    ['is cut', 'x'.repeat(100_001), 'x'.repeat(100_000)],
    ['must not be cut within a surrogate pair', `${'x'.repeat(99_999)}🙂`, 'x'.repeat(99_999)],
    ['is cut, and whose lone surrogates are replaced', '\uD800'.repeat(100_001), '\uFFFD'.repeat(99_999)],
    ['has exactly the maximum length, and stays', `${'x'.repeat(99_998)}🙂`, `${'x'.repeat(99_998)}🙂`],
  ])('limits a text that %s', (_, long, kept) => {
    const known: ProfileFacts = {
      name: null,
      bio: long,
      location: null,
      website: null,
      avatarUrl: null,
      followers: null,
      following: null,
      posts: null,
      verified: null,
      private: null,
      createdAt: null,
    };
    const { facts: cleaned } = snapshotRule.clean({ ...FRESH, facts: known });
    expect(cleaned?.bio?.length).toBe(kept.length);
    expect(cleaned?.bio === kept).toBe(true);
  });

  it('derives the key of the handle, whatever was stored', () => {
    expect(snapshotRule.clean({ ...FRESH, handleKey: 'somebody else' }).handleKey).toBe(FRESH.handleKey);
  });

  it('limits the cost of requests in a restore that is not visible yet', () => {
    const entry: RunEntry = {
      id: 'e',
      snapshotId: ID,
      provider: PROVIDER,
      purpose: 'page',
      unit: 'credits',
      sentAt: 1,
      settledAt: null,
      status: 'charged',
      reserved: 1,
      amount: 2 ** 60,
      listed: null,
    };
    expect(clean.staged({ key: 'k', id: null, entries: [entry] }).entries).toMatchObject([
      { amount: 1_000_000_000 },
    ]);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('treats a balance of %d as unknown', async (balance) => {
    const store = new Store('balance');
    const key = {
      provider: PROVIDER,
      key: 'a-key',
      baseUrl: 'https://bench.example',
      savedAt: 1,
      checkedAt: 1,
    };
    await store.keys.save({ ...key, balance });
    expect((await store.keys.get(PROVIDER))?.balance).toBeNull();
    store.close();
  });

  it('is the only way to make a row that a table accepts', () => {
    expectTypeOf(clean.snapshot(FRESH)).toEqualTypeOf<Clean<Snapshot>>();
    expectTypeOf<Snapshot>().not.toExtend<Clean<Snapshot>>();
    // A spread leaves out the mark, as in a changed copy.
    expectTypeOf<Pick<Clean<Snapshot>, keyof Clean<Snapshot>>>().not.toExtend<Clean<Snapshot>>();
  });

  it.each([
    ['an absurd claim', 9_007_199_254_740_991, 1_000_000_000],
    ['a negative number', -5, 0],
    ['not a number', Number.NaN, 0],
    ['a fraction', 1.9, 1],
  ])('limits the cost of a request: %s', (_, amount, kept) => {
    const entry: RunEntry = {
      id: 'e',
      snapshotId: ID,
      provider: PROVIDER,
      purpose: 'page',
      unit: 'credits',
      sentAt: 1e300,
      settledAt: null,
      status: 'charged',
      reserved: 1,
      amount,
      listed: null,
    };
    expect(entryRule.clean(entry)).toMatchObject({ amount: kept, sentAt: Date.UTC(10_000, 0, 1) - 1 });
  });
});
