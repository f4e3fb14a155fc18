/** Accounts and queries of all kinds, similar enough that most queries match some accounts and not others. */
import fc from 'fast-check';
import type { Condition } from '../../../lib/lists/conditions.ts';
import { handleShapes } from '../../../lib/insight/handle-shape.ts';
import { ruleNames } from '../../../lib/insight/rule-names.ts';
import { noFilters, type ListFilters, type ListQuery, type SortColumn } from '../../../lib/lists/query.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { wellFormed } from '../../../lib/well-formed.ts';

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });

/** A few words with common beginnings, in several scripts, some of them equal after folding. */
const WORDS = [
  'Ana',
  'ána',
  'anabel',
  'Straße',
  'STRASSE',
  'Łódź',
  'lodz',
  '한국어',
  '東京',
  'कि',
  'का',
  'שָׁלוֹם',
  'שלום',
  'مرحبا',
  'ガ',
  'カ',
  '👩‍👩‍👧',
  'researcher',
  'researching',
  'New York City',
  'New York State',
  '\uFFFD',
  'a\nb',
  '  ',
  '@',
  '…',
];
const phrase = fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((chosen) => chosen.join(' '));
const text = fc
  .oneof({ weight: 4, arbitrary: phrase }, fc.string({ unit: 'binary', maxLength: 12 }))
  .map(wellFormed);
const handle = fc.stringMatching(/^[a-cA-C_0-1]{1,12}$/);
const count = fc.oneof(
  fc.nat({ max: 20 }),
  fc.nat({ max: 3_000_000 }),
  fc.constantFrom(2 ** 32 - 2, 2 ** 32 - 1, 2 ** 32, 9_007_199_254_740_991),
);
const time = fc.oneof(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 2e12 }));
const id = fc.oneof(
  fc.nat({ max: 30 }).map(String),
  fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
  fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
);

const anyAccount: fc.Arbitrary<Account> = fc
  .record({
    id: id.map((value) => accountIdSchema.parse(value)),
    handle: nullable(handle),
    name: nullable(text),
    bio: nullable(text),
    location: nullable(text),
    website: nullable(fc.constantFrom('https://a.example', 'https://b.example', '', ' ')),
    followers: nullable(count),
    following: nullable(count),
    posts: nullable(count),
    likes: nullable(count),
    listed: nullable(count),
    verified: nullable(fc.boolean()),
    verifiedType: nullable(fc.constantFrom('blue', 'business')),
    private: nullable(fc.boolean()),
    createdAt: nullable(time),
    language: nullable(fc.constantFrom('en', 'de')),
    region: nullable(fc.constantFrom('US', 'DE')),
    avatarUrl: nullable(
      fc.constantFrom(
        'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
        'https://pbs.twimg.com/profile_images/1/a.jpg',
        'https://p16.tiktokcdn.com/a.jpeg',
      ),
    ),
    unavailable: nullable(fc.boolean()),
  })
  .chain((account) =>
    fc
      .constantFrom(...Array<boolean>(9).fill(false), true)
      .map((idsOnly) => ({ ...unknownAccount(account.id), ...(idsOnly ? { unavailable: true } : account) })),
  );

/** Accounts, some of them twice. */
export const anyAccounts: fc.Arbitrary<readonly Account[]> = fc
  .array(anyAccount, { minLength: 0, maxLength: 50 })
  .chain((accounts) =>
    fc.nat({ max: accounts.length }).map((twice) => [...accounts, ...accounts.slice(0, twice)]),
  );

const ends = (value: fc.Arbitrary<number>) => fc.record({ from: nullable(value), to: nullable(value) });
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 1 });

const between = (value: fc.Arbitrary<number>) =>
  fc.tuple(value, value).map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));

/** Conditions of every kind. */
export const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  ends(count).map(({ from, to }) => ({ kind: 'posts', from, to }) as const),
  fc
    .constantFrom(
      ['location', WORDS] as const,
      ['language', ['en', 'de']] as const,
      ['region', ['US', 'DE']] as const,
      ['verifiedType', ['blue', 'business']] as const,
      ['script', ['latin', 'hangul', 'han', 'hebrew']] as const,
    )
    .chain(([field, known]) =>
      fc
        .array(fc.constantFrom(...known), { minLength: 1, maxLength: 3 })
        .map((values) => ({ kind: 'values', field, values }) as const),
    ),
  fc
    .array(fc.constantFrom('researcher', 'new', 'york', 'city', 'strasse', '東京', '👩‍👩‍👧', 'ana'), {
      minLength: 1,
      maxLength: 3,
    })
    .map((terms) => ({ kind: 'terms', terms }) as const),
  fc
    .array(fc.constantFrom(...handleShapes), { minLength: 1, maxLength: 3 })
    .map((shapes) => ({ kind: 'handle', shapes }) as const),
  fc.boolean().map((isDefault) => ({ kind: 'picture', isDefault }) as const),
  fc
    .record({ positions: between(fc.nat({ max: 60 })), created: between(time) })
    .map(({ positions, created }) => ({ kind: 'area', positions, created }) as const),
  fc
    .record({ followed: between(time), created: between(time) })
    .map(({ followed, created }) => ({ kind: 'followArea', followed, created }) as const),
  fc
    .record({
      rules: fc.array(fc.record({ rule: fc.constantFrom(...ruleNames), n: fc.integer({ min: 0, max: 8 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
      atLeast: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ rules, atLeast }) => ({ kind: 'rules', rules, atLeast }) as const),
);

const filters: fc.Arbitrary<ListFilters> = fc.oneof(
  fc.constant(noFilters),
  fc.record({
    verified: rarely(fc.boolean()),
    private: rarely(fc.boolean()),
    followers: rarely(ends(count)),
    following: rarely(ends(count)),
    hasWebsite: rarely(fc.boolean()),
    hasBio: rarely(fc.boolean()),
    created: rarely(ends(time)),
    followed: rarely(ends(time)),
    location: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(...WORDS, 'new', 'o')),
    position: rarely(ends(fc.integer({ min: 1, max: 40 }))),
    inLists: fc.constant([]),
    notInLists: fc.constant([]),
    conditions: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(anyCondition, { minLength: 1, maxLength: 2 }),
    ),
  }),
);

const SORTS: readonly SortColumn[] = [
  'id',
  'handle',
  'name',
  'bio',
  'location',
  'website',
  'followers',
  'following',
  'posts',
  'likes',
  'listed',
  'verified',
  'verifiedType',
  'private',
  'createdAt',
  'language',
  'region',
  'followedAfter',
  'followedBefore',
];

export const anyQuery: fc.Arbitrary<ListQuery> = fc.record({
  text: fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 4, arbitrary: fc.constantFrom(...WORDS, 'a', 'AN', 'o', '@a', 'k c', 'york', 'か', '하') },
    text,
  ),
  filters,
  sort: nullable(fc.record({ column: fc.constantFrom(...SORTS), descending: fc.boolean() })),
});
