/** Creates a backup of everything except the keys, a few rows at a time. */
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Preferences } from '../settings/preferences.ts';
import { archiveOf } from '../store/archive.ts';
import { batchesIn } from '../store/batches.ts';
import type { Store } from '../store/index.ts';
import { contentLines } from './content.ts';
import { LinesDigest } from './digest.ts';
import {
  batchLine,
  budgetLine,
  closedLine,
  entryLine,
  FORMAT_VERSION,
  headerLine,
  identityLine,
  preferencesLine,
  snapshotLine,
  trailerLine,
  type Counts,
} from './format.ts';
import { chunksOf, streamOf } from './streams.ts';

const ENTRIES_PER_READ = 1_000;
const MIN_SECRET_LENGTH = 12;
/** Bytes per write to the compressor. */
const CHUNK_SIZE = 256 * 1024;

export interface WriteOptions {
  readonly store: Store;
  readonly preferences: Preferences;
  /** The unlocked keys, to make sure that the backup contains none of them. */
  readonly secrets: readonly string[];
  readonly now: number;
  readonly signal: AbortSignal;
  /** Called with what has been written so far, and with the number of all accounts. */
  readonly onProgress: (written: Counts, accounts: number) => void;
}

export interface Written {
  /** The file, compressed. */
  readonly bytes: AsyncIterable<Uint8Array<ArrayBuffer>>;
  /** What the file contains. To be called after all bytes have been read. */
  readonly counts: () => Counts;
}

async function* joined(
  lines: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const line of lines) {
    parts.push(line);
    size += line.length;
    if (size < CHUNK_SIZE) continue;
    yield concat(parts, size);
    parts = [];
    size = 0;
  }
  if (size > 0) yield concat(parts, size);
  return undefined;
}

function concat(parts: readonly Uint8Array<ArrayBuffer>[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Returns the bytes of a backup of everything that is stored. Rows are read on demand. */
export function writeBackup(options: WriteOptions): Written {
  const { store, preferences, now, signal, onProgress } = options;
  // Shorter keys can't be distinguished from other text.
  const secrets = options.secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH);
  const archive = archiveOf(store);
  const counts = { lists: 0, pages: 0, accounts: 0, requests: 0 };
  const digest = new LinesDigest();

  async function* lines(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    /** The last check of every line, so that no key is written even if redaction fails elsewhere. */
    const out = (line: string): Uint8Array<ArrayBuffer> => {
      signal.throwIfAborted();
      if (secrets.some((secret) => line.includes(secret)))
        throw new Error('The backup would have contained a key.');
      return digest.add(line);
    };
    const entry = (of: LedgerEntry): Uint8Array<ArrayBuffer> => {
      counts.requests += 1;
      return out(entryLine(of));
    };
    yield out(headerLine({ version: FORMAT_VERSION, created: new Date(now).toISOString() }));
    yield out(preferencesLine(preferences));
    const batches = batchesIn(store);
    for (const budget of await batches.budgets()) yield out(budgetLine(budget));
    for (const batch of await batches.all()) yield out(batchLine(batch));
    const lists = await store.snapshots.all();
    const accounts = lists.reduce((sum, { rows }) => sum + rows, 0);
    const written = new Set<SnapshotId>();
    for (const { id } of lists) {
      const frozen = await archive.freeze(id);
      if (frozen === undefined) continue;
      written.add(id);
      counts.lists += 1;
      yield out(snapshotLine(frozen.snapshot));
      for (const of of frozen.entries) yield entry(of);
      const content = new LinesDigest();
      content.add(identityLine(frozen.snapshot));
      for await (const part of contentLines(archive, frozen, secrets)) {
        content.add(part.line);
        yield out(part.line);
        counts.accounts += part.accounts;
        if (part.kind === 'page') counts.pages += 1;
        onProgress(counts, accounts);
      }
      yield out(closedLine(content.hex()));
    }
    for (let after: string | null = null; ;) {
      const entries: readonly LedgerEntry[] = await archive.entriesAfter(after, ENTRIES_PER_READ);
      for (const of of entries) {
        if (of.snapshotId === null || !written.has(of.snapshotId)) yield entry(of);
      }
      const last = entries.at(-1);
      if (last === undefined) break;
      after = last.id;
    }
    yield out(trailerLine({ ...counts, sha256: digest.hex() }));
  }

  const compressed = streamOf(joined(lines())).pipeThrough(new CompressionStream('gzip'));
  return { bytes: chunksOf(compressed), counts: () => ({ ...counts }) };
}
