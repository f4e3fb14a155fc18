/** One account of a population, computed only from its seed and index. */
import type { Platform } from '../platforms.ts';
import {
  BIOS,
  FIRST_NAMES,
  HANDLE_WORDS,
  HARD_BIOS,
  HARD_NAMES,
  LANGUAGES,
  LAST_NAMES,
  PLACES,
  REGIONS,
} from './phrases.ts';
import { INDEX_SPACE, mix, pick, shuffle, unshuffle } from './random.ts';

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
const LONG_X_IDS = 1_000_000_000_000_000_000n;
const LONG_TIKTOK_IDS = 6_600_000_000_000_000_000n;
const LONG_ID_STEP = 47_000_000_017n;

function wholeSecond(milliseconds: number): number {
  return Math.floor(milliseconds / 1000) * 1000;
}

/**
 * An X ID and its creation date: short before 2010, ten digits until 2014, and since then 19 digits derived from
 * the time.
 */
function xIdentity(place: number, kind: number, seed: number): { id: string; createdAt: number } {
  const share = place / INDEX_SPACE;
  if (kind < 5) {
    return { id: String(10_000 + place), createdAt: wholeSecond(1_143_000_000_000 + share * 1e11) };
  }
  if (kind < 20) {
    const id = 1_000_000_000 + place * 100 + (seed % 100);
    return { id: String(id), createdAt: wholeSecond(1_354_320_000_000 + share * 5e10) };
  }
  const id = LONG_X_IDS + BigInt(place) * LONG_ID_STEP + BigInt(seed);
  return { id: String(id), createdAt: wholeSecond(Number(id >> 22n) + X_EPOCH) };
}

/** A TikTok ID: the oldest are short; later ones contain the second of creation in the upper 32 bits. */
function tiktokIdentity(place: number, kind: number, seed: number): { id: string; createdAt: number } {
  if (kind < 5) {
    const createdAt = wholeSecond(1_420_000_000_000 + (place / INDEX_SPACE) * 1e11);
    return { id: String(1_000_000 + place), createdAt };
  }
  const id = LONG_TIKTOK_IDS + BigInt(place) * LONG_ID_STEP + BigInt(seed);
  return { id: String(id), createdAt: Number(id >> 32n) * 1000 };
}

function handleOf(platform: Platform, place: number, draw: number): string {
  const tail = place.toString(36);
  const head = pick(HANDLE_WORDS, draw >>> 3);
  if (platform === 'x') return draw % 7 === 0 ? `${head}_${tail}_` : `${head}_${tail}`;
  return (draw % 5 === 0 ? `${head}.${tail}` : `${head}_${tail}`).toLowerCase();
}

function nameOf(draw: number, index: number): string | null {
  if (index % 211 === 210) return null;
  if (draw % 6 === 0) return pick(HARD_NAMES, draw >>> 8);
  return `${pick(FIRST_NAMES, draw >>> 4)} ${pick(LAST_NAMES, draw >>> 12)}`;
}

function bioOf(draw: number, index: number): string | null {
  if (index % 97 === 96) return null;
  if (draw % 5 === 0) return '';
  return draw % 5 === 1 ? pick(HARD_BIOS, draw >>> 8) : pick(BIOS, draw >>> 8);
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

/** The account at `index` of the sequence of `seed`. Distinct indexes below 2^24 have distinct IDs. */
export function makeAccount(platform: Platform, seed: number, index: number): TrueAccount {
  const draw = (salt: number): number => mix(mix(seed, index), salt);
  const place = shuffle(index, seed);
  const kind = draw(1) % 100;
  const identity = platform === 'x' ? xIdentity(place, kind, seed) : tiktokIdentity(place, kind, seed);
  const handle = handleOf(platform, place, draw(2));
  const verifiedType = verifiedTypeOf(platform, draw(3));
  const picture = mix(seed, place).toString(16).padStart(8, '0');
  const avatarHost =
    platform === 'x'
      ? `https://pbs.twimg.com/profile_images/${identity.id}/${picture}_normal.jpg`
      : `https://p16-common-sign.tiktokcdn.com/avatar/${picture}~720x720.webp?x-expires=1893456000`;
  return {
    platform,
    ...identity,
    handle,
    // TikTok always returns both, even if as empty text.
    name: nameOf(draw(4), index) ?? (platform === 'tiktok' ? '' : null),
    bio: bioOf(draw(5), index) ?? (platform === 'tiktok' ? '' : null),
    location: draw(6) % 2 === 0 ? pick(PLACES, draw(6) >>> 4) : null,
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
    language: pick(LANGUAGES, draw(15)),
    region: pick(REGIONS, draw(15)),
    avatarUrl: index % 53 === 52 ? null : avatarHost,
  };
}

/** The indexes that `id` could have in the sequence of `seed`; each must be checked by creating its account. */
export function indexesOfId(platform: Platform, seed: number, id: string): number[] {
  const value = BigInt(id);
  const places =
    platform === 'x'
      ? [value - 10_000n, (value - 1_000_000_000n) / 100n, (value - LONG_X_IDS - BigInt(seed)) / LONG_ID_STEP]
      : [value - 1_000_000n, (value - LONG_TIKTOK_IDS - BigInt(seed)) / LONG_ID_STEP];
  return places
    .filter((place) => place >= 0n && place < BigInt(INDEX_SPACE))
    .map((place) => unshuffle(Number(place), seed));
}
