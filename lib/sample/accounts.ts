/**
 * The followers of the sample list, generated from a seed and therefore the same for every user: growth over twenty
 * months, a week in which many came, and a batch of accounts that were created and followed together.
 */
import { unknownAccount, type Account } from '../model/account.ts';
import { accountIdSchema, type AccountId } from '../model/ids.ts';
import { DECORATIONS, HANDLES, HASHTAGS, LANGUAGES, PLAIN, type Language } from './phrases.ts';
import { chance, type Chance } from './random.ts';

const SEED = 20_261_121;
/** X's IDs have at most 19 digits. Like them, these fit into 64 bits, but they state no time of creation. */
const FIRST_ID = 18_000_000_000_000_000_000n;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEGIN = Date.UTC(2025, 2, 1);
const END = Date.UTC(2026, 9, 31, 18);
/** The first accounts of the platform. */
const PLATFORM_BEGAN = Date.UTC(2007, 0, 1);

/** The week in which many followed, and their share. */
const VIRAL = { at: Date.UTC(2026, 4, 18, 9), days: 7, share: 0.17 };
/** Accounts that were created within 30 hours and followed within five, two weeks later. */
const BATCH = { at: Date.UTC(2026, 7, 12, 2), hours: 5, created: Date.UTC(2026, 6, 28), share: 0.05 };

export interface SampleFollower {
  readonly account: Account;
  /** Epoch milliseconds. */
  readonly followedAt: number;
}

/** When an account followed, and when it was created if it is of the batch. */
interface Follow {
  readonly at: number;
  readonly batchCreated: number | null;
}

/** @returns in the order of the list, newest first */
function follows(count: number, random: Chance): readonly Follow[] {
  const viral = Math.round(VIRAL.share * count);
  const batch = Math.round(BATCH.share * count);
  const all = Array.from({ length: count }, (_, index): Follow => {
    if (index < batch) {
      const at = BATCH.at + random.next() * BATCH.hours * HOUR;
      return { at, batchCreated: BATCH.created + random.next() * 30 * HOUR };
    }
    if (index < batch + viral) {
      return { at: VIRAL.at + random.next() ** 2 * VIRAL.days * DAY, batchCreated: null };
    }
    return { at: BEGIN + random.next() ** 0.6 * (END - BEGIN), batchCreated: null };
  });
  return all.map((one) => ({ ...one, at: Math.floor(one.at) })).sort((a, b) => b.at - a.at);
}

/** Some create their account shortly before they follow, most any time in the years before. */
function creationBefore(followedAt: number, random: Chance): number {
  const age = random.percent(9)
    ? random.next() ** 2 * 14 * DAY
    : random.next() ** 1.3 * (followedAt - PLATFORM_BEGAN);
  return Math.floor(followedAt - HOUR / 2 - age);
}

/** Few accounts have many followers: about half have fewer than 300, and one in a thousand more than a million. */
function followersOf(random: Chance): number {
  return Math.floor(300 * Math.exp(2.6 * gauss(random)));
}

/** An approximately normal distribution: the sum of uniform random numbers. */
function gauss(random: Chance): number {
  let sum = 0;
  for (let turn = 0; turn < 6; turn += 1) sum += random.next();
  return (sum - 3) * Math.SQRT2;
}

function nameOf({ given, surname }: Language, random: Chance): string {
  const plain = `${random.one(given)} ${surname}`;
  const name = random.percent(12) ? `${plain} ${random.one(DECORATIONS)}` : plain;
  // Some names are empty, and some very long.
  if (random.percent(1)) return '';
  return random.percent(1) ? `${name} `.repeat(6).trim() : name;
}

function bioOf({ bios }: Language, random: Chance): string {
  if (random.percent(20)) return '';
  const first = random.one(bios);
  const second = random.one(bios);
  const parts = [first, ...(second !== first && random.percent(70) ? [second] : [])];
  if (random.percent(20)) parts.push(random.one(HASHTAGS));
  if (random.percent(30)) parts.push(random.one(DECORATIONS));
  const bio = parts.join(random.percent(5) ? '\n' : ' ');
  return random.percent(1) ? `${bio} `.repeat(8).trim() : bio;
}

function idOf(index: number): AccountId {
  return accountIdSchema.parse((FIRST_ID - BigInt(index) * 7_919n).toString());
}

/** X doesn't allow dots in handles, so none of these can belong to a real account. */
function handleOf(index: number, random: Chance): string {
  // All different, and in no order.
  const tail = ((index * 7_919 + 4_001) % 36 ** 3).toString(36);
  const head = random.one(HANDLES);
  if (random.percent(20)) return `${head}.sample.${String(random.between(70, 99))}${tail}`;
  return random.percent(30) ? `${head}_${tail}.sample` : `${head}.sample_${tail}`;
}

/** An account that nobody filled in. */
function batchAccount(index: number, createdAt: number, random: Chance): Account {
  const name = random.one(PLAIN);
  return {
    ...unknownAccount(idOf(index)),
    handle: `${name}.sample${String(10_000_000 + index * 37_003)}`,
    name,
    bio: random.percent(12) ? 'Crypto | Forex | DM for promo' : '',
    followers: random.between(0, 9),
    following: random.between(400, 4_000),
    posts: random.percent(70) ? 0 : random.between(1, 3),
    listed: 0,
    verified: false,
    private: false,
    createdAt: Math.floor(createdAt),
    language: 'en',
    unavailable: false,
  };
}

function sampleAccount(index: number, { at, batchCreated }: Follow, random: Chance): Account {
  if (batchCreated !== null) return batchAccount(index, batchCreated, random);
  if (index % 211 === 210) return { ...unknownAccount(idOf(index)), unavailable: true };
  const language = random.percent(40) ? LANGUAGES[0] : random.one(LANGUAGES);
  const followers = followersOf(random);
  const verified = random.percent(followers > 50_000 ? 60 : 4);
  return {
    ...unknownAccount(idOf(index)),
    handle: handleOf(index, random),
    name: nameOf(language, random),
    bio: bioOf(language, random),
    location: random.percent(40) ? null : random.one(language.places),
    website: random.percent(25) ? `https://example.org/${language.code}/${String(index + 1)}` : null,
    followers,
    following: Math.floor(followersOf(random) / 2) + random.between(0, 40),
    posts: random.between(0, 9) * followersOf(random),
    listed: Math.floor(followers / random.between(80, 400)),
    verified,
    verifiedType: verified ? random.one(['blue', 'blue', 'business', 'government']) : null,
    private: random.percent(9),
    createdAt: creationBefore(at, random),
    language: language.code,
    unavailable: false,
  };
}

/** @returns `count` fictional followers, the newest first */
export function sampleFollowers(count: number): readonly SampleFollower[] {
  const random = chance(SEED);
  return follows(count, random).map((follow, index) => ({
    followedAt: follow.at,
    account: sampleAccount(index, follow, random),
  }));
}

/** @returns the accounts of {@link sampleFollowers} */
export function sampleAccounts(count: number): Account[] {
  return sampleFollowers(count).map(({ account }) => account);
}
