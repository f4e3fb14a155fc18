/** Tokens of X API v2 as the contract describes them, written with other means than the decoder. */
export function encodeToken(position: bigint): string {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, position, true);
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(/.{1,5}/g) ?? [];
  return `${digits.map((five) => parseInt(five.padEnd(5, '0'), 2).toString(32).toUpperCase()).join('')}ZZZ`;
}
