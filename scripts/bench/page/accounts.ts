/**
 * Generates accounts by index from the emulator's population. Names and bios have the variety and lengths of real ones,
 * so that repetition makes neither sorting nor searching easier.
 */
import type { Account } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { makeAccount } from '../../../tests/emulator/population/account.ts';
import { BIOS, HARD_BIOS, PLACES } from '../../../tests/emulator/population/phrases.ts';
import { mix, pick } from '../../../tests/emulator/population/random.ts';

/** The longest name. Some platforms allow longer ones, but they are rare. */
const LONG_BIO = 4000;
const LONG_BIO_EVERY = 10_007;
/** One of this many accounts is unavailable. */
const UNAVAILABLE_EVERY = 1009;

function bioOf(bio: string | null, draw: number, index: number): string | null {
  if (index % LONG_BIO_EVERY === LONG_BIO_EVERY - 1) {
    const phrases = Array.from({ length: 120 }, (_, at) => pick(BIOS, mix(draw, at)));
    return phrases.join(' ').slice(0, LONG_BIO);
  }
  if (bio === null || bio === '') return bio;
  const parts = [bio];
  if (draw % 3 !== 0) parts.push(pick(BIOS, draw >>> 4));
  if (draw % 4 === 0) parts.push(pick(HARD_BIOS, draw >>> 9));
  if (draw % 2 === 0) parts.push(`${pick(PLACES, draw >>> 6)} since ${String(1980 + ((draw >>> 7) % 45))}`);
  return parts.join(' | ');
}

/** Six of ten names are unique. */
function nameOf(name: string | null, draw: number): string | null {
  if (name === null || name === '' || draw % 10 < 4) return name;
  return `${name} ${(draw >>> 8).toString(36)}`;
}

/** The account at a list position. The same seed and index give the same account on every machine. */
function accountAt(platform: Platform, seed: number, index: number): Account {
  const { media: _, platform: __, id, ...account } = makeAccount(platform, seed, index);
  const draw = mix(mix(seed, 77), index);
  return {
    ...account,
    id: accountIdSchema.parse(id),
    name: nameOf(account.name, draw),
    bio: bioOf(account.bio, mix(draw, 1), index),
    // TikTok's responses have neither; X's have no region.
    listed: platform === 'x' ? account.listed : null,
    region: platform === 'tiktok' ? account.region : null,
    likes: platform === 'tiktok' ? account.likes : null,
    unavailable: index % UNAVAILABLE_EVERY === UNAVAILABLE_EVERY - 1 ? true : null,
  };
}

export function accountsFrom(platform: Platform, seed: number, from: number, count: number): Account[] {
  return Array.from({ length: count }, (_, at) => accountAt(platform, seed, from + at));
}
