/**
 * What a list holds, line by line, and the digest of it: SHA-256 over its identity, then its pages, fills and kept
 * answers as they stand in a backup. Two lists with the same digest hold the same, in whatever browser.
 */
import { redact } from '../keys/redaction/redact.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Archive, FrozenList } from '../store/archive.ts';
import { toBase64 } from './base64.ts';
import { LinesDigest } from './digest.ts';
import { fillLine, identityLine, pageLine, rawLine } from './format.ts';

/** Some 5 MB of rows at pages of 1,000. */
const PAGES_AT_ONCE = 16;
const FILLS_AT_ONCE = 64;

export interface ContentLine {
  readonly kind: 'page' | 'fill' | 'raw';
  readonly line: string;
  /** Accounts of a page. */
  readonly accounts: number;
}

/** An answer that was kept without any key: early versions kept answers as they came. */
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
  for (let seq = 0; seq < snapshot.pages; seq += PAGES_AT_ONCE) {
    const until = Math.min(snapshot.pages, seq + PAGES_AT_ONCE);
    for (const row of await archive.pageRows(snapshot.id, seq, until)) {
      yield { kind: 'page', line: pageLine(row), accounts: row.accounts.id.length };
    }
  }
  return undefined;
}

/** The lines of what look-ups completed, in order. */
export async function* fillLines(
  archive: Archive,
  { snapshot, lastFill }: Pick<FrozenList, 'snapshot' | 'lastFill'>,
): AsyncGenerator<ContentLine, undefined> {
  let after: readonly [number, number] | null = null;
  while (lastFill !== null) {
    const rows = await archive.fillRows(snapshot.id, after, lastFill, FILLS_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    for (const row of rows) yield { kind: 'fill', line: fillLine(row), accounts: 0 };
    after = [last.seq, last.part];
  }
  return undefined;
}

/**
 * The lines of a list's pages, fills and kept answers, in order.
 * @param keys are redacted wherever a kept answer repeats them, and so are all that were ever in use
 */
export async function* contentLines(
  archive: Archive,
  frozen: FrozenList,
  keys: readonly string[],
): AsyncGenerator<ContentLine, undefined> {
  yield* pageLines(archive, frozen);
  yield* fillLines(archive, frozen);
  const traces = frozen.raw.length === 0 ? [] : await archive.keyTraces();
  for (const answer of frozen.raw) {
    const bytes = toBase64(await withoutKeys(answer.bytes, keys, traces));
    yield { kind: 'raw', line: rawLine({ ...answer, bytes }), accounts: 0 };
  }
  return undefined;
}

/** The digest of a stored list, in hex; `null` when there is none. */
export async function contentHash(archive: Archive, id: SnapshotId): Promise<string | null> {
  const frozen = await archive.freeze(id);
  if (frozen === undefined) return null;
  const digest = new LinesDigest();
  digest.add(identityLine(frozen.snapshot));
  for await (const { line } of contentLines(archive, frozen, [])) digest.add(line);
  return digest.hex();
}
