/** Pagination tokens of X API v2: a position as eight bytes, the lowest first, in base32hex with `Z` for the padding. */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUV';
const BYTES = 8;

export function tokenFor(position: bigint): string {
  let bits = 0n;
  for (let byte = 0; byte < BYTES; byte += 1) bits = (bits << 8n) | ((position >> BigInt(8 * byte)) & 0xffn);
  // Five bits per character: the last one has four.
  let rest = bits << 1n;
  let text = '';
  for (let at = 0; at < 13; at += 1) {
    text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
    rest >>= 5n;
  }
  return `${text}ZZZ`;
}

/** The position, or `null` for text that is no token. */
export function positionOfToken(token: string): bigint | null {
  if (!/^[0-9A-V]{13}ZZZ$/.test(token)) return null;
  let bits = 0n;
  for (const character of token.slice(0, 13)) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(character));
  let position = 0n;
  for (let rest = bits >> 1n, byte = 0; byte < BYTES; byte += 1, rest >>= 8n) {
    position = (position << 8n) | (rest & 0xffn);
  }
  return tokenFor(position) === token && position < 2n ** 62n ? position : null;
}
