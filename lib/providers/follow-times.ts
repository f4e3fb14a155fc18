/**
 * The times that cursors state. Lists are read by falling follow time, so the cursor that follows a page says when its
 * last account followed. Pure.
 *
 * X's cursors contain a position: the milliseconds of the follow, shifted left by 20 bits that are random. They need 64
 * bits, so they are never JavaScript numbers. TikTok's are seconds. A cursor that can't be such a time gives `null`;
 * whether the times of a list may be used is decided for the whole list (`lib/lists/follow-times.ts`).
 */

/** The lowest 20 bits of a position are random. */
const RANDOM_BITS = 20n;
const POSITION_LIMIT = 2n ** 62n;
/** The first post on X. Nothing was followed before. */
const X_BEGAN = Date.UTC(2006, 2, 21);
/** When the app that became TikTok began. */
const TIKTOK_BEGAN = Date.UTC(2014, 7, 1);

const DECIMAL = /^[1-9]\d{0,18}$/;
const PAIR = /^([1-9]\d{0,18})\|\d{1,20}$/;
const SECONDS = /^[1-9]\d{0,11}$/;
const TOKEN = /^([0-9A-V]{13})Z{3}$/;
const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const TOKEN_BYTES = 8;

/** The time of a position, epoch milliseconds. */
function timeOfPosition(position: bigint): number | null {
  if (position <= 0n || position >= POSITION_LIMIT) return null;
  const time = Number(position >> RANDOM_BITS);
  return time >= X_BEGAN ? time : null;
}

/** The time in a cursor that is a position: X API v1.1. */
export function timeInPosition(cursor: string): number | null {
  return DECIMAL.test(cursor) ? timeOfPosition(BigInt(cursor)) : null;
}

/** The time in a cursor `P|S` of X's own lists, where P is the position and S identifies the response. */
export function timeInPair(cursor: string): number | null {
  const position = PAIR.exec(cursor)?.[1];
  return position === undefined ? null : timeOfPosition(BigInt(position));
}

/** The position in a token of X API v2: eight bytes in base32hex, the lowest byte first, with `Z` for the padding. */
export function positionInToken(token: string): bigint | null {
  const digits = TOKEN.exec(token)?.[1];
  if (digits === undefined) return null;
  let bits = 0n;
  for (const digit of digits) bits = (bits << 5n) | BigInt(BASE32_HEX.indexOf(digit));
  // Thirteen digits have 65 bits; the last one is not part of the bytes.
  if ((bits & 1n) !== 0n) return null;
  let rest = bits >> 1n;
  let position = 0n;
  for (let byte = 0; byte < TOKEN_BYTES; byte += 1) {
    position = (position << 8n) | (rest & 0xffn);
    rest >>= 8n;
  }
  return position;
}

/** The time in a token of X API v2. */
export function timeInToken(token: string): number | null {
  const position = positionInToken(token);
  return position === null ? null : timeOfPosition(position);
}

/** The time in a cursor of whole seconds: TikTok. */
export function timeInSeconds(cursor: string): number | null {
  if (!SECONDS.test(cursor)) return null;
  const time = Number(cursor) * 1000;
  return time >= TIKTOK_BEGAN ? time : null;
}
