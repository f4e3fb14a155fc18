import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountIdSchema, type Account } from '../../../lib/model.ts';
import { fromColumns, toColumns } from '../../../lib/store/columns.ts';
import { packIds, unpackIds } from '../../../lib/store/ids.ts';
import { Store } from '../../../lib/store/index.ts';
import { wellFormed } from '../../../lib/store/text.ts';
import { account, PROVIDER } from '../collector/bench.ts';

beforeEach(() => {
  Dexie.dependencies.indexedDB = new IDBFactory();
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
});

describe('ids', () => {
  it('come back digit for digit, whatever they are', () => {
    const id = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 70n }).map(String),
      fc.stringMatching(/^[0-9a-zA-Z_-]{1,30}$/),
      fc.constantFrom('0', '007', '18446744073709551615', '18446744073709551616', '9007199254740993'),
    );
    fc.assert(
      fc.property(fc.array(id), (ids) => {
        expect(unpackIds(packIds(ids.map((text) => accountIdSchema.parse(text))))).toEqual(ids);
      }),
    );
  });

  it('of platforms take eight bytes each', () => {
    expect(packIds([account(1).id, account(2).id])).toBeInstanceOf(BigUint64Array);
  });
});

describe('columns', () => {
  it('give back the accounts they were made of', () => {
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

  it('that hold nothing are not kept', () => {
    expect(toColumns([account(1)]).bio).toBeNull();
  });
});

describe('text', () => {
  it('loses lone surrogates and control characters, and nothing else', () => {
    expect(wellFormed('a\uD800b\u0000c\u001Bd\te\nf\rg 👩‍👩‍👧 \u202Eמ')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\te\nf\rg 👩‍👩‍👧 \u202Eמ',
    );
  });
});

describe('keys', () => {
  it('are shown by their last four characters only', async () => {
    const store = new Store('keys');
    const key = {
      provider: PROVIDER,
      key: 'sk_live_0123456789abcd',
      baseUrl: 'https://a.example',
      savedAt: 1,
      checkedAt: null,
      balance: null,
    };
    await store.saveKey(key);
    const infos = await store.keyInfos();
    expect(infos).toEqual([
      {
        provider: PROVIDER,
        masked: '••••abcd',
        baseUrl: 'https://a.example',
        savedAt: 1,
        checkedAt: null,
        balance: null,
      },
    ]);
    await store.removeKey(PROVIDER);
    expect(await store.keyInfos()).toEqual([]);
  });

  it('that are too short to be told by their end show nothing of it', async () => {
    const store = new Store('short');
    await store.saveKey({
      provider: PROVIDER,
      key: 'abcdef',
      baseUrl: 'https://a.example',
      savedAt: 1,
      checkedAt: null,
      balance: null,
    });
    expect((await store.keyInfos())[0]?.masked).toBe('••••');
  });
});
