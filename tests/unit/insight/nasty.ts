/** A population that is hard to count: other spellings, other scripts, missing and extreme values. Deterministic. */
import { chance, type Chance } from '../../../lib/sample/random.ts';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { accountsRule } from '../../../lib/store/rules/rows.ts';
import { fromColumns, toColumns } from '../../../lib/store/columns.ts';

export const EMOJI = ['👩‍👩‍👧', '❤️', '🇧🇷', '👍🏽', '👍', '🏳️‍🌈', '1️⃣', '🔥'] as const;

const PIECES = [
  'Researcher',
  'researcher',
  'RESEARCHER,',
  'Café',
  'cafe',
  'the',
  'of',
  'und',
  '#Science',
  '#science',
  '#',
  '#1',
  '@someone',
  'mail@example.org',
  'https://Example.org/Path?q=#no',
  'xhttps://y.example',
  "don't",
  'x',
  'ab',
  '2026',
  'a_b',
  '東京の人',
  'カタカナ',
  '서울에서',
  'مرحبا بكم',
  'שָׁלוֹם',
  'Привет',
  'Ελλάδα',
  'नमस्ते',
  'ไทย',
  'ab\u00ADcd',
  'ﬁne',
  'İstanbul',
  '=SUM(1)',
  '"quoted"',
  'tab\tbed',
  'two\nlines',
  '\u200Fשלום\u202C',
  ...EMOJI,
] as const;

const LOCATIONS = [
  'Berlin',
  'berlin',
  ' BERLIN ',
  'São Paulo',
  'sao paulo',
  '東京',
  '',
  '  ',
  'NYC',
  'Łódź',
  'lodz',
] as const;
const HANDLES = [
  'anna',
  'anna_b',
  'a.b',
  'anna1',
  'anna12345',
  '12345',
  'a1b',
  'Anna0000000001',
  '_1',
] as const;
const COUNTS = [
  0,
  1,
  2,
  4,
  5,
  9,
  10,
  19,
  999,
  1000,
  5e9,
  2 ** 32 - 2,
  2 ** 32 - 1,
  2 ** 32,
  9_007_199_254_740_991,
] as const;
const PICTURES = [
  'https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png',
  'http://pbs.twimg.com/profile_images/1/default_profile_images.jpg',
  'https://twimg.com.example/default_profile_images/1.png',
  'https://p16.tiktokcdn.com/a.jpeg',
] as const;
const MONTH_EDGES = [
  0,
  1,
  Date.UTC(2020, 1, 29, 23, 59, 59, 999),
  Date.UTC(2020, 2, 1),
  Date.UTC(2024, 11, 31),
] as const;

function text(random: Chance): string {
  return Array.from({ length: random.between(0, 6) }, () => random.one(PIECES)).join(
    random.percent(80) ? ' ' : '',
  );
}

function maybe<T>(random: Chance, value: () => T): T | null {
  return random.percent(25) ? null : value();
}

function account(index: number, random: Chance): Account {
  const unknown = unknownAccount(accountIdSchema.parse(String(index + 1)));
  if (random.percent(5)) return { ...unknown, unavailable: true };
  const count = (): number => (random.percent(50) ? random.one(COUNTS) : random.between(0, 5000));
  return {
    ...unknown,
    handle: maybe(random, () => random.one(HANDLES)),
    name: maybe(random, () => text(random)),
    bio: maybe(random, () => text(random)),
    location: maybe(random, () => random.one(LOCATIONS)),
    website: maybe(random, () => random.one(['https://a.example', '', ' '])),
    followers: maybe(random, count),
    following: maybe(random, count),
    posts: maybe(random, count),
    verified: maybe(random, () => random.percent(20)),
    verifiedType: maybe(random, () => random.one(['blue', 'Blue', 'business', ''])),
    private: maybe(random, () => random.percent(20)),
    createdAt: maybe(random, () => (random.percent(40) ? random.one(MONTH_EDGES) : random.between(0, 2e12))),
    language: maybe(random, () => random.one(['en', 'EN', 'pt-br', 'de'])),
    region: maybe(random, () => random.one(['US', 'us', 'BR'])),
    avatarUrl: maybe(random, () => random.one(PICTURES)),
  };
}

/** The accounts as the store has them. */
export function nastyAccounts(count: number, seed: number): readonly Account[] {
  const random = chance(seed);
  const accounts = Array.from({ length: count }, (_, index) => account(index, random));
  return fromColumns(accountsRule.clean(toColumns(accounts)));
}
