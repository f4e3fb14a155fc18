/**
 * Redacts keys in a provider's response before it is parsed, shown, or stored. A key is found in every encoding that
 * {@link readingsOf} decodes: plain text, escaped for JSON, HTML, or a URL, base64 and base64url at any offset, and hex;
 * each forward and reversed, alone or within other text such as `Bearer …`.
 */
import { readingsOf } from './decodings.ts';
import { REDACTED } from './mark.ts';
import { formsOf, isTraceOf, type KeyTrace } from './trace.ts';
import { isKeyByte, Scanner, windowOf, type Sought } from './windows.ts';

/** Shorter keys are redacted only in messages: in a whole response they could occur by chance. */
const MIN_KEY_LENGTH = 8;

/** One form of a key whose text is known. */
interface Known extends Sought {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is searched for: a known key, or a key of which only a trace is stored. */
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

/** The bytes at an index, in the secret's order. */
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

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

/** Texts that could be the key of a trace, without duplicates, to be compared by digest. */
class Candidates {
  readonly #texts = new Map<KeyTrace, Map<string, Uint8Array<ArrayBuffer>>>();

  add(trace: KeyTrace, bytes: Uint8Array<ArrayBuffer>): void {
    const texts = this.#texts.get(trace) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    texts.set(textOf(bytes), bytes);
    this.#texts.set(trace, texts);
  }

  has(trace: KeyTrace, bytes: Uint8Array): boolean {
    return this.#texts.get(trace)?.has(textOf(bytes)) ?? false;
  }

  /** Removes texts that are not keys. @returns whether any remain */
  async check(): Promise<boolean> {
    for (const [trace, texts] of this.#texts) {
      for (const [text, bytes] of texts) if (!(await isTraceOf(trace, bytes))) texts.delete(text);
    }
    return Array.from(this.#texts.values()).some(({ size }) => size > 0);
  }
}

/** Whether the bytes contain a known key. Texts that could be the key of a trace are added to the candidates. */
function containsKnown(
  bytes: Uint8Array<ArrayBuffer>,
  scanner: Scanner<Wanted>,
  candidates: Candidates,
): boolean {
  let found = false;
  for (const { bytes: read } of readingsOf(bytes, scanner.least, false)) {
    scanner.visit(read, (wanted, start, reversed) => {
      if ('bytes' in wanted) found ||= isAt(read, start, wanted, reversed);
      else candidates.add(wanted, readAt(read, start, wanted.length, reversed));
    });
  }
  return found;
}

/** The positions of keys in the bytes. All candidates must be keys. */
function spansOf(bytes: Uint8Array<ArrayBuffer>, scanner: Scanner<Wanted>, candidates: Candidates): Span[] {
  const spans: Span[] = [];
  for (const { bytes: read, places } of readingsOf(bytes, scanner.least, true)) {
    scanner.visit(read, (wanted, start, reversed) => {
      const { length } = wanted;
      const isKey =
        'bytes' in wanted
          ? isAt(read, start, wanted, reversed)
          : candidates.has(wanted, readAt(read, start, length, reversed));
      if (isKey) spans.push([places.from(start), places.to(start + length - 1) + 1]);
    });
  }
  return spans;
}

type Span = readonly [from: number, to: number];

/** The bytes with each span replaced. Spans may overlap. */
function replaceSpans(bytes: Uint8Array<ArrayBuffer>, spans: readonly Span[]): Uint8Array<ArrayBuffer> {
  const sorted = spans.toSorted(([a], [b]) => a - b);
  const parts: Uint8Array[] = [];
  let end = 0;
  let size = 0;
  const put = (part: Uint8Array): void => {
    parts.push(part);
    size += part.length;
  };
  for (const [from, to] of sorted) {
    if (from >= end || end === 0) {
      put(bytes.subarray(end, from));
      put(MARK);
    }
    end = Math.max(end, to);
  }
  put(bytes.subarray(end));
  const result = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/**
 * Replaces each key with {@link REDACTED}. JSON stays valid. Bytes without a key are returned unchanged.
 * @param key the key that was sent
 * @param traces the traces of all keys that were ever in use
 */
export async function redact(
  bytes: Uint8Array<ArrayBuffer>,
  key: string | null,
  traces: readonly KeyTrace[],
): Promise<Uint8Array<ArrayBuffer>> {
  const keys = key === null ? [] : knownForms(key).filter(({ length }) => length >= MIN_KEY_LENGTH);
  if (keys.length + traces.length === 0) return bytes;
  const scanner = scannerOf(keys, traces);
  const candidates = new Candidates();
  const known = containsKnown(bytes, scanner, candidates);
  const traced = await candidates.check();
  return known || traced ? replaceSpans(bytes, spansOf(bytes, scanner, candidates)) : bytes;
}

/** Redacts a known key of any length in a message. */
export function redactText(text: string, key: string): string {
  if (key === '') return text;
  const bytes = utf8.encode(text);
  const scanner = scannerOf(knownForms(key), []);
  const noCandidates = new Candidates();
  if (!containsKnown(bytes, scanner, noCandidates)) return text;
  const clean = replaceSpans(bytes, spansOf(bytes, scanner, noCandidates));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(clean);
}
