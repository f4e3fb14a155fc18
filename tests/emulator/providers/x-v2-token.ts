/** Pagination tokens of X API v2: sixteen characters, opaque to a client. */
import { hash } from '../population/random.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

function encode(number: bigint): string {
  let text = '';
  for (let rest = number; text.length < 16; rest >>= 5n) text = (ALPHABET[Number(rest & 31n)] ?? '') + text;
  return text;
}

/** A token for the entry at `index` of the list named `list`. */
export function tokenFor(list: string, index: number): string {
  const check = BigInt(hash(`${list}:${String(index)}`));
  return encode((check << 48n) | (BigInt(index) << 8n) | 0x5an);
}

/** The index, or `null` for a token that was not issued for this list. */
export function indexOfToken(list: string, token: string): number | null {
  if (!/^[0-9A-V]{16}$/.test(token)) return null;
  let number = 0n;
  for (const character of token) number = (number << 5n) | BigInt(ALPHABET.indexOf(character));
  const index = Number((number >> 8n) & 0xffffffffffn);
  return tokenFor(list, index) === token ? index : null;
}
