/**
 * Generates accounts by index from the emulator's population. Names and bios have the variety and lengths of real ones,
 * so that repetition makes neither sorting nor searching easier.
 */
import type { Account } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, type Cursor } from '../../../lib/model/ids.ts';
import type { Platform } from '../../../lib/model/platform.ts';
import { makeAccount } from '../../../tests/emulator/population/account.ts';
import { BIOS, HARD_BIOS, PLACES } from '../../../tests/emulator/population/phrases.ts';
import { positionOf, snowflake } from '../../../tests/emulator/population/position.ts';
import { mix, pick } from '../../../tests/emulator/population/random.ts';
import { makeTimeline, type Timeline } from '../../../tests/emulator/population/timeline.ts';

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

/** A sequence of accounts, and when they followed. */
export interface Sequence {
  readonly platform: Platform;
  readonly seed: number;
  readonly timeline: Timeline;
}

/** The sequence of a seed, over which the follows of so many accounts are spread. */
export function sequenceOf(platform: Platform, seed: number, accounts: number): Sequence {
  // A short list is the newest part of a longer one, as usual.
  return { platform, seed, timeline: makeTimeline({ platform, seed, sequence: Math.max(accounts, 10_000) }) };
}

/** The account at a list position. The same seed and index give the same account on every machine. */
function accountAt({ platform, seed, timeline }: Sequence, index: number): Account {
  const { media: _, platform: __, id, ...account } = makeAccount(platform, seed, index, timeline);
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

export function accountsFrom(sequence: Sequence, from: number, count: number): Account[] {
  return Array.from({ length: count }, (_, at) => accountAt(sequence, from + at));
}

/** The cursor after a list position, as SociaVault passes it on: it states when that account followed. */
export function cursorAfter({ platform, seed, timeline }: Sequence, index: number, at: number): Cursor {
  const time = timeline.followedAt(index);
  return cursorSchema.parse(
    platform === 'x'
      ? `${String(positionOf(time, seed, index))}|${String(snowflake(at, index))}`
      : String(time / 1000),
  );
}
