/** One account of a population, computed only from its seed and index. */
import type { Platform } from '../platforms.ts';
import { HANDLE_WORDS, HARD_BIOS, HARD_NAMES, PLACES } from './phrases.ts';
import { EMOJI, PEOPLE, PLAIN_NAMES, TAGS, type Person } from './people.ts';
import { INDEX_SPACE, mix, pick, shuffle, unshuffle } from './random.ts';
import { makeTimeline, type Timeline } from './timeline.ts';

/**
 * The truth about an account. Providers return it in their own formats and may omit parts. `null` is a field that
 * the account has not filled in, or that its responses lack.
 */
export interface TrueAccount {
  readonly platform: Platform;
  /** Decimal digits, unique in its population; most have 19. */
  readonly id: string;
  readonly handle: string;
  readonly name: string | null;
  readonly bio: string | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly followers: number;
  readonly following: number;
  readonly posts: number;
  readonly likes: number;
  readonly listed: number;
  readonly media: number;
  readonly verified: boolean;
  readonly verifiedType: 'blue' | 'business' | 'government' | null;
  readonly private: boolean;
  /** Epoch milliseconds, whole seconds. */
  readonly createdAt: number;
  readonly language: string;
  readonly region: string;
  readonly avatarUrl: string | null;
}

const X_EPOCH = 1_288_834_974_657;
/** When each platform got its first accounts. */
const FIRST_ACCOUNTS: Readonly<Record<Platform, number>> = {
  x: Date.UTC(2006, 6, 15),
  tiktok: Date.UTC(2016, 8, 1),
};
/** Until when X's IDs were short, and until when they had ten digits. */
const SHORT_UNTIL = Date.UTC(2010, 2, 1);
const TEN_DIGITS_UNTIL = Date.UTC(2015, 11, 1);
/** Since when TikTok's IDs contain the second of creation. */
const LONG_TIKTOK_SINCE = Date.UTC(2018, 8, 1);

/** The place's bits are the lowest of a long ID, so that IDs are unique, and an account is found by its ID. */
const PLACE_BITS = 24n;
const PLACE_MASK = (1n << PLACE_BITS) - 1n;
/** X's IDs have 22 bits below the millisecond: the place takes two bits of that too. */
const X_TIME_BITS = 22n;
/** The lowest bits of TikTok's IDs that the place does not take, of the 32 below the second. */
const TIKTOK_REST_BITS = 8n;

const HOUR = 3_600_000;
const FORTNIGHT = 14 * 24 * HOUR;

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/**
 * When the account at a place was created: some shortly before they followed, most anywhere in the years before.
 * Whole seconds.
 */
function creationOf(platform: Platform, followedAt: number, draw: (salt: number) => number): number {
  const share = draw(21) / 2 ** 32;
  const isNew = draw(20) % 100 < 9;
  const oldest = followedAt - FIRST_ACCOUNTS[platform];
  const age = isNew ? HOUR / 3 + share ** 2 * FORTNIGHT : HOUR + share ** 2 * (oldest - HOUR);
  return wholeSecond(followedAt - age);
}

/** An X ID of an account created at this second: short, of ten digits, or derived from the time. */
function xId(createdAt: number, place: number, seed: number): string {
  if (createdAt < SHORT_UNTIL) return String(10_000 + place);
  if (createdAt < TEN_DIGITS_UNTIL) return String(1_000_000_000 + place * 100 + (seed % 100));
  const quarter = 1n << (PLACE_BITS - X_TIME_BITS);
  const time = BigInt(createdAt - X_EPOCH) / quarter + 1n + BigInt(seed % 200);
  return String((time << PLACE_BITS) | BigInt(place));
}

/** A TikTok ID: the oldest are short; later ones contain the second of creation in the upper 32 bits. */
function tiktokId(createdAt: number, place: number, seed: number): string {
  if (createdAt < LONG_TIKTOK_SINCE) return String(1_000_000 + place);
  const low = (BigInt(place) << TIKTOK_REST_BITS) | BigInt(seed & 0xff);
  return String((BigInt(createdAt / 1000) << 32n) | low);
}

function handleOf(platform: Platform, place: number, draw: number): string {
  const tail = place.toString(36);
  const head = pick(HANDLE_WORDS, draw >>> 3);
  if (platform === 'x') return draw % 7 === 0 ? `${head}_${tail}_` : `${head}_${tail}`;
  return (draw % 5 === 0 ? `${head}.${tail}` : `${head}_${tail}`).toLowerCase();
}

function nameOf(person: Person, draw: number, index: number): string | null {
  if (index % 211 === 210) return null;
  if (draw % 6 === 0) return pick(HARD_NAMES, draw >>> 8);
  const [first, last] = [pick(person.first, draw >>> 4), pick(person.last, draw >>> 12)];
  const name = person.lastFirst === true ? `${last}${first}` : `${first} ${last}`;
  if (draw % 23 === 1) return `${name} ${pick(EMOJI, draw >>> 16)}`;
  return draw % 19 === 1 ? first : name;
}

function bioOf(person: Person, draw: number, index: number): string | null {
  if (index % 97 === 96) return null;
  if (draw % 5 === 0) return '';
  if (draw % 25 === 1) return pick(HARD_BIOS, draw >>> 8);
  const bio = pick(person.bios, draw >>> 8);
  const second = draw % 3 === 0 ? ` ${pick(person.bios, draw >>> 13)}` : '';
  const tag = draw % 4 === 0 ? ` ${pick(TAGS, draw >>> 18)}` : '';
  return `${bio}${second}${tag}${draw % 7 === 2 ? ` ${pick(EMOJI, draw >>> 20)}` : ''}`;
}

/** Most people state a place of where their language is spoken; some anywhere, or nowhere. */
function locationOf(person: Person, draw: number): string | null {
  if (draw % 2 !== 0) return null;
  return draw % 10 === 0 ? pick(PLACES, draw >>> 4) : pick(person.places, draw >>> 4);
}

function verifiedTypeOf(platform: Platform, draw: number): TrueAccount['verifiedType'] {
  const at = draw % 100;
  if (at < 9) return 'blue';
  if (at < 11) return 'business';
  // TikTok has no government accounts.
  return at === 11 && platform === 'x' ? 'government' : null;
}

/** Many accounts are small, some are large, a few are huge. */
function audience(draw: number): number {
  return Math.floor((draw % 1000) ** ((draw >>> 10) % 4 === 0 ? 2.1 : 1) / 3);
}

/**
 * The account at `index` of the sequence of `seed`. Distinct indexes below 2^24 have distinct IDs.
 * @param timeline when the accounts of the sequence followed: nobody follows before their account exists
 */
export function makeAccount(
  platform: Platform,
  seed: number,
  index: number,
  timeline: Timeline = makeTimeline({ platform, seed }),
): TrueAccount {
  const boughtAt = timeline.boughtAt(index);
  const account = makeOrganic(platform, seed, index, timeline);
  return boughtAt === null ? account : makeBought(account, wholeSecond(boughtAt), seed, index);
}

/** An account of a bought batch: hardly filled in, and with a handle of a name and digits. */
function makeBought(account: TrueAccount, createdAt: number, seed: number, index: number): TrueAccount {
  const { platform } = account;
  const place = shuffle(index, seed);
  const draw = mix(mix(seed, index), 31);
  const name = pick(PLAIN_NAMES, draw);
  return {
    ...account,
    id: platform === 'x' ? xId(createdAt, place, seed) : tiktokId(createdAt, place, seed),
    handle: `${platform === 'x' ? name : name.toLowerCase()}${String(place).padStart(8, '0')}`,
    name,
    bio: draw % 9 === 0 ? 'Crypto | Forex | DM for promo' : '',
    location: null,
    website: null,
    followers: draw % 12,
    following: 400 + (draw % 3600),
    posts: draw % 3,
    likes: draw % 5,
    listed: 0,
    media: 0,
    verified: false,
    verifiedType: null,
    private: false,
    createdAt,
    language: 'en',
    avatarUrl: null,
  };
}

function makeOrganic(platform: Platform, seed: number, index: number, timeline: Timeline): TrueAccount {
  const draw = (salt: number): number => mix(mix(seed, index), salt);
  const place = shuffle(index, seed);
  const createdAt = creationOf(platform, timeline.followedAt(index), draw);
  const id = platform === 'x' ? xId(createdAt, place, seed) : tiktokId(createdAt, place, seed);
  const person = pick(PEOPLE, draw(15));
  const handle = handleOf(platform, place, draw(2));
  const verifiedType = verifiedTypeOf(platform, draw(3));
  const picture = mix(seed, place).toString(16).padStart(8, '0');
  const avatarHost =
    platform === 'x'
      ? `https://pbs.twimg.com/profile_images/${id}/${picture}_normal.jpg`
      : `https://p16-common-sign.tiktokcdn.com/avatar/${picture}~720x720.webp?x-expires=1893456000`;
  return {
    platform,
    id,
    createdAt,
    handle,
    // TikTok always returns both, even if as empty text.
    name: nameOf(person, draw(4), index) ?? (platform === 'tiktok' ? '' : null),
    bio: bioOf(person, draw(5), index) ?? (platform === 'tiktok' ? '' : null),
    location: locationOf(person, draw(6)),
    website: draw(7) % 4 === 0 ? `https://example.org/${handle.toLowerCase()}` : null,
    followers: audience(draw(8)),
    following: audience(draw(9)) % 7000,
    posts: draw(10) % 30_000,
    likes: draw(11) % 90_000,
    listed: draw(12) % 40,
    media: draw(13) % 900,
    verified: verifiedType !== null,
    verifiedType,
    private: draw(14) % 11 === 0,
    language: person.language,
    region: pick(person.regions, draw(16)),
    avatarUrl: index % 53 === 52 ? null : avatarHost,
  };
}

/** The indexes that `id` could have in the sequence of `seed`; each must be checked by creating its account. */
export function indexesOfId(platform: Platform, seed: number, id: string): number[] {
  const value = BigInt(id);
  const places =
    platform === 'x'
      ? [value - 10_000n, (value - 1_000_000_000n) / 100n, value & PLACE_MASK]
      : [value - 1_000_000n, (value >> TIKTOK_REST_BITS) & PLACE_MASK];
  return places
    .filter((place) => place >= 0n && place < BigInt(INDEX_SPACE))
    .map((place) => unshuffle(Number(place), seed));
}
