/** Bytes as text. A part at a time: a call may take only so many arguments. */
const PART = 0x6000;

export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // A multiple of three, so that the parts join without padding between them.
  for (let at = 0; at < bytes.length; at += PART) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + PART)));
  }
  return text;
}

/** @throws DOMException `InvalidCharacterError` when it is no base64 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
