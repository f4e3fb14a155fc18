/** Bytes as text, of any length: neither way holds more than a part of it twice. */

/** A multiple of three, so that the parts join without padding between them; few enough for one call's arguments. */
const BYTES_AT_ONCE = 0x6000;
/** A multiple of four. */
const CHARACTERS_AT_ONCE = 0x40000;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE)));
  }
  return text;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const IS_DIGIT = Uint8Array.from({ length: 128 }, (_, code) =>
  ALPHABET.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Whether text is base64 with its padding. A loop, since a pattern of repeated groups takes a step of the stack for
 * each of them, and a text of some megabytes has more than a stack.
 */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length;
  for (let at = 0; at < end; at += 1) {
    if (IS_DIGIT[text.charCodeAt(at)] !== 1) return false;
  }
  return true;
}

/** @throws DOMException `InvalidCharacterError` when it is no base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let end = 0;
  for (let from = 0; from < text.length; from += CHARACTERS_AT_ONCE) {
    const binary = atob(text.slice(from, from + CHARACTERS_AT_ONCE));
    for (let at = 0; at < binary.length; at += 1) bytes[end + at] = binary.charCodeAt(at);
    end += binary.length;
  }
  return bytes;
}
