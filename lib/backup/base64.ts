/**
 * Base64 (RFC 4648 § 4) for data of any length. The browsers' own functions need concatenated strings or calls with
 * thousands of arguments, or aren't available in all supported browsers.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '='.charCodeAt(0);
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const INVALID = 64;
/** The value of each character, by its code. */
const VALUES = new Uint8Array(128).fill(INVALID);
CODES.forEach((code, value) => (VALUES[code] = value));

export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let end = 0;
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text[end] = CODES[three >> 18] ?? 0;
    text[end + 1] = CODES[(three >> 12) & 63] ?? 0;
    text[end + 2] = CODES[(three >> 6) & 63] ?? 0;
    text[end + 3] = CODES[three & 63] ?? 0;
    end += 4;
  }
  const padding = (3 - (bytes.length % 3)) % 3;
  text.fill(PADDING, text.length - padding);
  return new TextDecoder().decode(text);
}

function paddingOf(text: string): number {
  return text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
}

/**
 * Whether text is base64 with padding. This is a loop, because a regular expression with repeated groups would overflow
 * the stack for a text of several megabytes.
 */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const end = text.length - paddingOf(text);
  for (let at = 0; at < end; at += 1) {
    if ((VALUES[text.charCodeAt(at)] ?? INVALID) === INVALID) return false;
  }
  return true;
}

/** Decodes a text that {@link isBase64} accepts. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((text.length / 4) * 3 - paddingOf(text));
  const value = (at: number): number => (VALUES[text.charCodeAt(at)] ?? INVALID) & 63;
  let end = 0;
  for (let at = 0; at < text.length; at += 4) {
    const three = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3);
    bytes[end] = three >> 16;
    // Writes beyond the end of the array, for padding, are ignored.
    bytes[end + 1] = (three >> 8) & 255;
    bytes[end + 2] = three & 255;
    end += 3;
  }
  return bytes;
}
