/**
 * The content of a list, line by line, and its digest: SHA-256 over the list's identity, then its pages, fills, and saved
 * responses as they are in a backup. Lists with the same digest have the same content, regardless of the browser.
 */
import { redact } from '../keys/redaction/redact.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Archive, FrozenList } from '../store/archive.ts';
import { toBase64 } from './base64.ts';
import { LinesDigest } from './digest.ts';
import { fillLine, identityLine, pageLine, rawLine } from './format.ts';

/** About 5 MB of rows if pages have 1,000 accounts. */
const PAGES_PER_READ = 16;
const FILLS_PER_READ = 64;

export interface ContentLine {
  readonly kind: 'page' | 'fill' | 'raw';
  readonly line: string;
  /** How many accounts a page has; otherwise 0. */
  readonly accounts: number;
}

/** Redacts all keys in a saved response. Early versions saved responses unchanged. */
async function withoutKeys(
  bytes: Uint8Array<ArrayBuffer>,
  keys: readonly string[],
  traces: readonly KeyTrace[],
): Promise<Uint8Array<ArrayBuffer>> {
  let clean = await redact(bytes, null, traces);
  for (const key of keys) clean = await redact(clean, key, []);
  return clean;
}

/** The lines of a list's pages, in order. */
export async function* pageLines(
  archive: Archive,
  { snapshot }: Pick<FrozenList, 'snapshot'>,
): AsyncGenerator<ContentLine, undefined> {
  for (let seq = 0; seq < snapshot.pages; seq += PAGES_PER_READ) {
    const until = Math.min(snapshot.pages, seq + PAGES_PER_READ);
    for (const row of await archive.pageRows(snapshot.id, seq, until)) {
      yield { kind: 'page', line: pageLine(row), accounts: row.accounts.id.length };
    }
  }
  return undefined;
}

/** The lines of a list's fills, in order. */
export async function* fillLines(
  archive: Archive,
  { snapshot, lastFill }: Pick<FrozenList, 'snapshot' | 'lastFill'>,
): AsyncGenerator<ContentLine, undefined> {
  let after: readonly [number, number] | null = null;
  while (lastFill !== null) {
    const rows = await archive.fillRows(snapshot.id, after, lastFill, FILLS_PER_READ);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    for (const row of rows) yield { kind: 'fill', line: fillLine(row), accounts: 0 };
    after = [last.seq, last.part];
  }
  return undefined;
}

/**
 * The lines of a list's pages, fills, and saved responses, in order.
 * @param keys keys to redact in saved responses, in addition to all keys that were ever used
 */
export async function* contentLines(
  archive: Archive,
  frozen: FrozenList,
  keys: readonly string[],
): AsyncGenerator<ContentLine, undefined> {
  yield* pageLines(archive, frozen);
  yield* fillLines(archive, frozen);
  const traces = frozen.raw.length === 0 ? [] : await archive.keyTraces();
  for (const response of frozen.raw) {
    const bytes = toBase64(await withoutKeys(response.bytes, keys, traces));
    yield { kind: 'raw', line: rawLine({ ...response, bytes }), accounts: 0 };
  }
  return undefined;
}

/** The digest of a stored list, in hex; `null` if the list doesn't exist. */
export async function contentHash(archive: Archive, id: SnapshotId): Promise<string | null> {
  const frozen = await archive.freeze(id);
  if (frozen === undefined) return null;
  const digest = new LinesDigest();
  digest.add(identityLine(frozen.snapshot));
  for await (const { line } of contentLines(archive, frozen, [])) digest.add(line);
  return digest.hex();
}
