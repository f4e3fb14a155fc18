/**
 * Takes keys out of what a provider sends, before any of it is read, shown or kept. A key is found in every spelling
 * that {@link readingsOf} reads: as it is, escaped for JSON, HTML or a URL, in base64 and base64url wherever it begins,
 * in hex; each forwards and backwards, alone or within other text, such as `Bearer …`.
 */
import { readingsOf } from './decodings.ts';
import { formsOf, isTraceOf, type KeyTrace } from './trace.ts';
import { isKeyByte, Scanner, windowOf, type Sought } from './windows.ts';

/** What stands in a key's place. */
export const REDACTED = '•••';

/** Shorter keys are looked for in sentences alone: in a whole answer they would be found by accident. */
const LEAST_KEY = 8;

/** A key that is at hand, in one of its forms. */
interface Known extends Sought {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is looked for: keys at hand, and those of which there is a trace alone. */
type Wanted = Known | KeyTrace;

const utf8 = new TextEncoder();
const MARK = utf8.encode(REDACTED);

function knownForms(key: string): Known[] {
  return formsOf(key).map((bytes) => ({ ...windowOf(bytes), bytes }));
}

function scannerOf(keys: readonly Known[], traces: readonly KeyTrace[]): Scanner<Wanted> {
  const odd = keys.flatMap(({ bytes }) => Array.from(bytes).filter((byte) => !isKeyByte(byte)));
  return new Scanner<Wanted>([...keys, ...traces], new Set(odd));
}

/** The bytes at a place as the secret would have them. */
function readAt(
  bytes: Uint8Array,
  start: number,
  length: number,
  reversed: boolean,
): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.subarray(start, start + length));
  return reversed ? copy.reverse() : copy;
}

function isAt(bytes: Uint8Array, start: number, { bytes: key, length }: Known, reversed: boolean): boolean {
  for (let index = 0; index < length; index += 1) {
    if (bytes[start + (reversed ? length - 1 - index : index)] !== key[index]) return false;
  }
  return true;
}

function nameOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** What looks like a key of a trace, each text once, to be compared by digest. */
class Suspects {
  readonly #texts = new Map<KeyTrace, Map<string, Uint8Array<ArrayBuffer>>>();

  add(trace: KeyTrace, bytes: Uint8Array<ArrayBuffer>): void {
    const texts = this.#texts.get(trace) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    texts.set(nameOf(bytes), bytes);
    this.#texts.set(trace, texts);
  }

  has(trace: KeyTrace, bytes: Uint8Array): boolean {
    return this.#texts.get(trace)?.has(nameOf(bytes)) ?? false;
  }

  /** Leaves those that are keys. @returns whether any is left */
  async check(): Promise<boolean> {
    for (const [trace, texts] of this.#texts) {
      for (const [name, bytes] of texts) if (!(await isTraceOf(trace, bytes))) texts.delete(name);
    }
    return Array.from(this.#texts.values()).some(({ size }) => size > 0);
  }
}

/** Whether a key at hand stands in the bytes. What may be a key of a trace is added to the suspects. */
function holdsKnown(bytes: Uint8Array<ArrayBuffer>, scanner: Scanner<Wanted>, suspects: Suspects): boolean {
  let found = false;
  for (const { bytes: read } of readingsOf(bytes, scanner.least, false)) {
    scanner.visit(read, (wanted, start, reversed) => {
      if ('bytes' in wanted) found ||= isAt(read, start, wanted, reversed);
      else suspects.add(wanted, readAt(read, start, wanted.length, reversed));
    });
  }
  return found;
}

/** Where in the bytes keys stand; suspects are keys. */
function spansOf(bytes: Uint8Array<ArrayBuffer>, scanner: Scanner<Wanted>, suspects: Suspects): Span[] {
  const spans: Span[] = [];
  for (const { bytes: read, places } of readingsOf(bytes, scanner.least, true)) {
    scanner.visit(read, (wanted, start, reversed) => {
      const { length } = wanted;
      const isKey =
        'bytes' in wanted
          ? isAt(read, start, wanted, reversed)
          : suspects.has(wanted, readAt(read, start, length, reversed));
      if (isKey) spans.push([places.from(start), places.to(start + length - 1) + 1]);
    });
  }
  return spans;
}

type Span = readonly [from: number, to: number];

/** The bytes with a mark in the place of each span; spans may overlap. */
function marked(bytes: Uint8Array<ArrayBuffer>, spans: readonly Span[]): Uint8Array<ArrayBuffer> {
  const sorted = spans.toSorted(([a], [b]) => a - b);
  const parts: Uint8Array[] = [];
  let kept = 0;
  let size = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    size += part.length;
  };
  for (const [from, to] of sorted) {
    if (from >= kept || kept === 0) {
      put(bytes.subarray(kept, from));
      put(MARK);
    }
    kept = Math.max(kept, to);
  }
  put(bytes.subarray(kept));
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The bytes without the keys: {@link REDACTED} stands for each. JSON stays JSON. Bytes without a key are given back as
 * they are.
 * @param key the key that was sent
 * @param traces of all keys that were ever in use
 */
export async function redact(
  bytes: Uint8Array<ArrayBuffer>,
  key: string | null,
  traces: readonly KeyTrace[],
): Promise<Uint8Array<ArrayBuffer>> {
  const keys = key === null ? [] : knownForms(key).filter(({ length }) => length >= LEAST_KEY);
  if (keys.length + traces.length === 0) return bytes;
  const scanner = scannerOf(keys, traces);
  const suspects = new Suspects();
  const known = holdsKnown(bytes, scanner, suspects);
  const traced = await suspects.check();
  return known || traced ? marked(bytes, spansOf(bytes, scanner, suspects)) : bytes;
}

/** A sentence without a key that is at hand, however short that is. */
export function redactText(text: string, key: string): string {
  if (key === '') return text;
  const bytes = utf8.encode(text);
  const scanner = scannerOf(knownForms(key), []);
  const none = new Suspects();
  if (!holdsKnown(bytes, scanner, none)) return text;
  const clean = marked(bytes, spansOf(bytes, scanner, none));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(clean);
}
