import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import type { RunEntry } from '../../../lib/model/ledger.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { fromColumns, toColumns } from '../../../lib/store/columns.ts';
import { packIds } from '../../../lib/store/ids.ts';
import { Store } from '../../../lib/store/index.ts';
import { wellFormed } from '../../../lib/well-formed.ts';
import { account, PROVIDER } from '../collector/test-collector.ts';
import { FRESH as SNAPSHOT } from '../collector/machine-simulator.ts';

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
});

describe('IDs', () => {
  it('are restored digit for digit, whatever they are', () => {
    const id = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 70n }).map(String),
      fc.stringMatching(/^[0-9a-zA-Z_-]{1,30}$/),
      fc.constantFrom('0', '007', '18446744073709551615', '18446744073709551616', '9007199254740993'),
    );
    fc.assert(
      fc.property(fc.array(id), (ids) => {
        const packed = packIds(ids.map((text) => accountIdSchema.parse(text)));
        expect(Array.from(packed, String)).toEqual(ids);
      }),
    );
  });

  it('of platforms take eight bytes each', () => {
    expect(packIds([account(1).id, account(2).id])).toBeInstanceOf(BigUint64Array);
  });
});

describe('columns', () => {
  it('restore the accounts that they were created from', () => {
    const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const any = fc.record({
      bio: nullable(fc.string()),
      followers: nullable(fc.nat()),
      verified: nullable(fc.boolean()),
      createdAt: nullable(fc.nat()),
      unavailable: nullable(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(any), (fields) => {
        const accounts: Account[] = fields.map((rest, index) => ({ ...account(index), ...rest }));
        expect(fromColumns(toColumns(accounts))).toEqual(accounts);
      }),
    );
  });

  it('without values are not stored', () => {
    expect(toColumns([account(1)]).bio).toBeNull();
  });
});

describe('text', () => {
  it('loses only unpaired surrogates and control characters', () => {
    expect(wellFormed('a\uD800b\u0000c\u001Bd\te\nf\rg 👩‍👩‍👧 \u202Eמ')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\te\nf\rg 👩‍👩‍👧 \u202Eמ',
    );
  });
});

describe('keys', () => {
  it('are displayed only by their last four characters', async () => {
    const store = new Store('keys');
    const key = {
      provider: PROVIDER,
      key: 'sk_live_0123456789abcd',
      baseUrl: 'https://a.example',
      savedAt: 1,
      checkedAt: null,
      balance: null,
    };
    await store.keys.save(key);
    const infos = await store.keys.infos();
    expect(infos).toEqual([
      {
        provider: PROVIDER,
        masked: '••••abcd',
        locked: false,
        baseUrl: 'https://a.example',
        savedAt: 1,
        checkedAt: null,
        balance: null,
      },
    ]);
    await store.keys.remove(PROVIDER);
    expect(await store.keys.infos()).toEqual([]);
  });

  it('that are too short show none of their characters', async () => {
    const store = new Store('short');
    await store.keys.save({
      provider: PROVIDER,
      key: 'abcdef',
      baseUrl: 'https://a.example',
      savedAt: 1,
      checkedAt: null,
      balance: null,
    });
    expect((await store.keys.infos())[0]?.masked).toBe('••••');
  });
});

describe('the amount spent since a time', () => {
  const entry = (id: string, sentAt: number, reserved: number): RunEntry => ({
    id,
    snapshotId: SNAPSHOT.id,
    provider: PROVIDER,
    purpose: 'page',
    unit: 'credits',
    sentAt,
    settledAt: null,
    status: 'sent',
    reserved,
    amount: 0,
    listed: null,
  });
  const same = (snapshot: Snapshot): Snapshot => snapshot;

  it('is the sum of the ledger, however it was written', async () => {
    const move = fc.oneof(
      fc.record({ kind: fc.constant('send' as const), sentAt: fc.nat(20_000), reserved: fc.nat(9) }),
      fc.record({
        kind: fc.constant('settle' as const),
        which: fc.nat(20),
        status: fc.constantFrom('charged' as const, 'maybe' as const),
        amount: fc.nat(9),
      }),
      fc.record({ kind: fc.constant('sweep' as const) }),
      fc.record({
        kind: fc.constant('ask' as const),
        since: fc.constantFrom(0, 10_000),
        now: fc.nat(30_000),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        Dexie.dependencies.indexedDB = new IDBFactory();
        const store = new Store('test');
        await store.snapshots.start(SNAPSHOT, false);
        const written: { id: string; sentAt: number; counts: number; open: number }[] = [];
        for (const made of moves) {
          if (made.kind === 'send') {
            const id = `entry ${String(written.length)}`;
            await store.money.writeRequest(entry(id, made.sentAt, made.reserved), same);
            written.push({ id, sentAt: made.sentAt, counts: made.reserved, open: made.reserved });
          } else if (made.kind === 'settle') {
            const meant = written[made.which];
            if (meant === undefined) continue;
            const { status, amount } = made;
            await store.money.settle(
              SNAPSHOT.id,
              { entry: meant.id, provider: PROVIDER, at: 1, status, amount, listed: amount },
              same,
              null,
            );
            Object.assign(meant, { counts: amount, open: 0 });
          } else if (made.kind === 'sweep') await store.money.settleInterrupted(PROVIDER, 2, () => same);
          else {
            const meant = written.filter(({ sentAt }) => sentAt >= made.since);
            const sum = meant.reduce((total, { counts }) => total + counts, 0);
            expect(await store.money.spentSince(PROVIDER, made.since, made.now)).toBe(sum);
          }
        }
        store.close();
      }),
      { numRuns: 100 },
    );
  });

  it('includes what another context wrote in the meantime', async () => {
    const [here, there] = [new Store('test'), new Store('test')];
    await here.snapshots.start(SNAPSHOT, false);
    await here.money.writeRequest(entry('one', 5_000, 3), same);
    expect(await here.money.spentSince(PROVIDER, 0, 10_000)).toBe(3);
    await there.money.writeRequest(entry('two', 10_001, 4), same);
    expect(await here.money.spentSince(PROVIDER, 0, 10_002)).toBe(7);
    expect(await here.money.spentSince(PROVIDER, 0, 20_000)).toBe(7);
  });
});
