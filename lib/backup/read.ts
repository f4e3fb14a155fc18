/** Reads a backup. Every line is validated by itself, by its place in the file, and by the digests. */
import type { Batch } from '../model/batch.ts';
import type { Budget } from '../model/budget.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Preferences } from '../settings/preferences.ts';
import { batchRule, budgetRule } from '../store/rules/batch.ts';
import { entryRule, fillRule, pageRule } from '../store/rules/rows.ts';
import { snapshotRule } from '../store/rules/snapshot.ts';
import { LinesDigest } from './digest.ts';
import {
  fillLine,
  FORMAT_VERSION,
  identityLine,
  pageLine,
  rawLine,
  type FillLine,
  type PageLine,
  type RawLine,
  type Trailer,
} from './format.ts';
import { readLines, type LineSource } from './lines.ts';
import { headerLineSchema, lineSchema, rawLineRule, type BackupLine } from './schemas.ts';
import { BackupError, damaged } from './restore-error.ts';

export type BackupPart =
  | { readonly kind: 'preferences'; readonly preferences: Preferences }
  | { readonly kind: 'budget'; readonly budget: Budget }
  | { readonly kind: 'batch'; readonly batch: Batch }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'entry'; readonly entry: LedgerEntry; readonly of: SnapshotId | null }
  | { readonly kind: 'page'; readonly page: PageLine; readonly line: string }
  | { readonly kind: 'fill'; readonly fill: FillLine; readonly line: string }
  | { readonly kind: 'raw'; readonly raw: RawLine }
  /** The list is complete; `content` is its digest. */
  | { readonly kind: 'closed'; readonly content: string }
  /** The file is complete. */
  | { readonly kind: 'end'; readonly end: Trailer };

/** A part, and how much of the file has been read. */
export interface ReadPart {
  readonly part: BackupPart;
  /** Approximate bytes of the file. */
  readonly read: number;
  /** The uncompressed size of its line, characters. */
  readonly size: number;
}

function parseJson(text: string, broken: (detail: string, cause: unknown) => BackupError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw broken('A line is not JSON.', error);
    throw error;
  }
}

function checkHeader(text: string): void {
  const notABackup = (detail: string, cause?: unknown) => new BackupError('not-a-backup', detail, { cause });
  const header = headerLineSchema.safeParse(parseJson(text, notABackup));
  if (!header.success) throw notABackup('The first line is not a header.');
  const { version } = header.data.followledger_backup;
  if (version > FORMAT_VERSION) throw new BackupError('newer', `The file has version ${String(version)}.`);
  if (version !== FORMAT_VERSION) throw damaged('unknown-line', 'The version does not exist.');
}

/** Checks that the lines of one list fit together. */
class OpenList {
  readonly snapshot: Snapshot;
  readonly #content = new LinesDigest();
  readonly #sizes: number[] = [];
  readonly #idsOnly: boolean[] = [];
  #rows = 0;
  #stage: 'entries' | 'pages' | 'fills' | 'raw' = 'entries';
  #last: readonly [number, number] = [-1, -1];

  constructor(snapshot: Snapshot) {
    this.snapshot = snapshot;
    this.#content.add(identityLine(snapshot));
  }

  entry({ snapshotId }: LedgerEntry): void {
    if (this.#stage !== 'entries' || snapshotId !== this.snapshot.id)
      throw damaged('out-of-place', 'A request is out of place.');
  }

  page(page: PageLine, line: string): void {
    if (this.#stage === 'entries') this.#stage = 'pages';
    const inPlace = this.#stage === 'pages' && page.seq === this.#sizes.length && page.first === this.#rows;
    if (!inPlace || pageLine(page) !== line) throw damaged('out-of-place', 'A page is out of place.');
    this.#sizes.push(page.accounts.id.length);
    this.#idsOnly.push(page.idsOnly);
    this.#rows += page.accounts.id.length;
    this.#content.add(line);
  }

  fill(fill: FillLine, line: string): void {
    if (this.#stage !== 'raw') this.#stage = 'fills';
    const [seq, part] = this.#last;
    const later = fill.seq > seq || (fill.seq === seq && fill.part > part);
    const fits = fill.part + fill.accounts.id.length <= (this.#sizes[fill.seq] ?? 0);
    const inPlace = this.#stage === 'fills' && later && fits && this.#idsOnly[fill.seq] === true;
    if (!inPlace || fillLine(fill) !== line) throw damaged('out-of-place', 'A lookup is out of place.');
    this.#last = [fill.seq, fill.part];
    this.#content.add(line);
  }

  raw(raw: RawLine, line: string): void {
    this.#stage = 'raw';
    if (raw.seq > this.#sizes.length || rawLine(raw) !== line) {
      throw damaged('out-of-place', 'A response is out of place.');
    }
    this.#content.add(line);
  }

  close(content: string): void {
    const { pages, rows } = this.snapshot;
    if (pages !== this.#sizes.length || rows !== this.#rows)
      throw damaged('altered', 'A list is incomplete.');
    if (content !== this.#content.hex()) throw damaged('altered', 'A list was changed.');
  }
}

/** A line that may only be between lists. */
type FileLine = Extract<
  BackupLine,
  | { readonly snapshot: unknown }
  | { readonly preferences: unknown }
  | { readonly budget: unknown }
  | { readonly batch: unknown }
  | { readonly end: unknown }
>;

function isFileLine(line: BackupLine): line is FileLine {
  return ['snapshot', 'preferences', 'budget', 'batch', 'end'].some((name) => name in line);
}

/** Checks the lines of a backup in order and turns them into parts. */
class BackupReader {
  readonly #digest = new LinesDigest();
  readonly #ids = new Set<SnapshotId>();
  readonly #counts = { lists: 0, pages: 0, accounts: 0, requests: 0 };
  #list: OpenList | null = null;
  #isFirst = true;
  #hasEnded = false;

  /** @returns `null` for the header, and for an empty line after the end, which an editor may have added */
  read(text: string): BackupPart | null {
    let part: BackupPart | null = null;
    if (this.#isFirst) checkHeader(text);
    else part = this.#partOf(text);
    this.#isFirst = false;
    this.#digest.add(text);
    return part;
  }

  /** To be called after the last line. */
  checkEnd(): void {
    if (this.#isFirst) throw new BackupError('not-a-backup', 'The file is empty.');
    if (!this.#hasEnded) throw damaged('cut-off', 'The end is missing.');
  }

  #partOf(text: string): BackupPart | null {
    if (this.#hasEnded) {
      if (text.trim() === '') return null;
      throw damaged('out-of-place', 'There is content after the end.');
    }
    const notJson = (detail: string, cause: unknown) => damaged('not-json', detail, cause);
    const line = lineSchema.safeParse(parseJson(text, notJson));
    if (!line.success) throw damaged('unknown-line', 'A line is invalid.');
    return isFileLine(line.data) ? this.#filePart(line.data) : this.#listPart(line.data, text);
  }

  #listPart(line: Exclude<BackupLine, FileLine>, text: string): BackupPart {
    if ('page' in line) {
      this.#openList().page(line.page, text);
      this.#counts.pages += 1;
      this.#counts.accounts += line.page.accounts.id.length;
      const page = pageRule.clean(line.page);
      return { kind: 'page', page, line: page === line.page ? text : pageLine(page) };
    }
    if ('fill' in line) {
      this.#openList().fill(line.fill, text);
      const fill = fillRule.clean(line.fill);
      return { kind: 'fill', fill, line: fill === line.fill ? text : fillLine(fill) };
    }
    if ('raw' in line) {
      this.#openList().raw(line.raw, text);
      return { kind: 'raw', raw: rawLineRule.clean(line.raw) };
    }
    if ('entry' in line) {
      this.#list?.entry(line.entry);
      this.#counts.requests += 1;
      return { kind: 'entry', entry: entryRule.clean(line.entry), of: this.#list?.snapshot.id ?? null };
    }
    this.#openList().close(line.closed.content);
    this.#list = null;
    return { kind: 'closed', content: line.closed.content };
  }

  #filePart(line: FileLine): BackupPart {
    if (this.#list !== null) throw damaged('out-of-place', 'A list has no end.');
    if ('snapshot' in line) {
      const { snapshot } = line;
      if (this.#ids.has(snapshot.id)) throw damaged('out-of-place', 'A list exists twice.');
      this.#ids.add(snapshot.id);
      this.#counts.lists += 1;
      this.#list = new OpenList(snapshot);
      return { kind: 'snapshot', snapshot: snapshotRule.clean(snapshot) };
    }
    if ('budget' in line) return { kind: 'budget', budget: budgetRule.clean(line.budget) };
    if ('batch' in line) return { kind: 'batch', batch: batchRule.clean(line.batch) };
    if ('preferences' in line) return { kind: 'preferences', preferences: line.preferences };
    this.#checkTrailer(line.end);
    this.#hasEnded = true;
    return { kind: 'end', end: line.end };
  }

  #openList(): OpenList {
    if (this.#list === null) throw damaged('out-of-place', 'A line belongs to no list.');
    return this.#list;
  }

  #checkTrailer(end: Trailer): void {
    const { lists, pages, accounts, requests } = this.#counts;
    const isComplete =
      end.lists === lists && end.pages === pages && end.accounts === accounts && end.requests === requests;
    if (!isComplete || end.sha256 !== this.#digest.hex()) throw damaged('altered', 'The file was changed.');
  }
}

/**
 * Reads a backup from beginning to end. Every part that it returns is valid, but only the part `end` proves that the file
 * is complete.
 * @throws BackupError as {@link readLines} does, and if anything in the file is invalid
 */
export async function* readBackup(file: LineSource, signal: AbortSignal): AsyncGenerator<ReadPart> {
  const reader = new BackupReader();
  for await (const { text, number, read } of readLines(file, signal)) {
    let part: BackupPart | null;
    try {
      part = reader.read(text);
    } catch (error) {
      if (error instanceof BackupError && error.kind === 'damaged') error.line = number;
      throw error;
    }
    if (part !== null) yield { part, read, size: text.length };
  }
  reader.checkEnd();
}
