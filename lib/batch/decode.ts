/** The text of a file that a user chose or dropped. Pure. */

/** How much of a file is looked at to recognize UTF-16 without a byte order mark. Bytes; even. */
const SAMPLE = 4096;
/** A text has no other control characters than those that separate lines and cells. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u0008\u000E-\u001F]/;

/** UTF-16 has a zero in every other byte of Latin letters. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, Math.min(bytes.length - (bytes.length % 2), SAMPLE));
  let even = 0;
  let odd = 0;
  for (let at = 0; at < sample.length; at += 2) {
    if (sample[at] === 0) even += 1;
    if (sample[at + 1] === 0) odd += 1;
  }
  const most = sample.length / 4;
  if (odd > most && even === 0) return 'utf-16le';
  return even > most && odd === 0 ? 'utf-16be' : null;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return utf16Without(bytes) ?? 'utf-8';
}

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    // The bytes are in another encoding.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * Decodes UTF-8 and UTF-16, with or without a byte order mark, and what older programs write on Windows.
 * @returns `null` if it is not text: a workbook, an archive, or a picture
 */
export function decodeText(bytes: Uint8Array): string | null {
  const text = decodedAs(encodingOf(bytes), bytes) ?? decodedAs('windows-1252', bytes);
  return text === null || CONTROL.test(text) ? null : text;
}
