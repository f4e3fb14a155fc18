/** Reading a backup: every line checked by itself, by its place, and by the digests, before anybody believes it. */
import type { SnapshotId } from '../model/ids.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Preferences } from '../settings/preferences.ts';
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
import { BackupTrouble, damaged } from './restore-error.ts';

export type BackupPart =
  | { readonly kind: 'preferences'; readonly preferences: Preferences }
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'entry'; readonly entry: LedgerEntry; readonly of: SnapshotId | null }
  | { readonly kind: 'page'; readonly page: PageLine; readonly line: string }
  | { readonly kind: 'fill'; readonly fill: FillLine; readonly line: string }
  | { readonly kind: 'raw'; readonly raw: RawLine }
  /** The list is whole; `content` is its digest. */
  | { readonly kind: 'closed'; readonly content: string }
  /** The file is whole. */
  | { readonly kind: 'end'; readonly end: Trailer };

/** A part, and how much of the file was read. */
export interface ReadPart {
  readonly part: BackupPart;
  /** Bytes of the file, about. */
  readonly read: number;
  /** Of its line, unpacked: characters. */
  readonly size: number;
}

function parseJson(text: string, broken: (detail: string, cause: unknown) => BackupTrouble): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw broken('A line is no JSON.', error);
    throw error;
  }
}

function checkHeader(text: string): void {
  const stranger = (detail: string, cause?: unknown) => new BackupTrouble('not-a-backup', detail, { cause });
  const header = headerLineSchema.safeParse(parseJson(text, stranger));
  if (!header.success) throw stranger('The first line is not a header.');
  const { version } = header.data.followledger_backup;
  if (version > FORMAT_VERSION) throw new BackupTrouble('newer', `The file has version ${String(version)}.`);
  if (version !== FORMAT_VERSION) throw damaged('unknown-line', 'The version does not exist.');
}

/** What must hold between the lines of one list. */
class OpenList {
  readonly snapshot: Snapshot;
  readonly #content = new LinesDigest();
  readonly #sizes: number[] = [];
  readonly #bare: boolean[] = [];
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
    this.#bare.push(page.idsOnly);
    this.#rows += page.accounts.id.length;
    this.#content.add(line);
  }

  fill(fill: FillLine, line: string): void {
    if (this.#stage !== 'raw') this.#stage = 'fills';
    const [seq, part] = this.#last;
    const later = fill.seq > seq || (fill.seq === seq && fill.part > part);
    const fits = fill.part + fill.accounts.id.length <= (this.#sizes[fill.seq] ?? 0);
    const inPlace = this.#stage === 'fills' && later && fits && this.#bare[fill.seq] === true;
    if (!inPlace || fillLine(fill) !== line) throw damaged('out-of-place', 'A look-up is out of place.');
    this.#last = [fill.seq, fill.part];
    this.#content.add(line);
  }

  raw(raw: RawLine, line: string): void {
    this.#stage = 'raw';
    if (raw.seq > this.#sizes.length || rawLine(raw) !== line) {
      throw damaged('out-of-place', 'An answer is out of place.');
    }
    this.#content.add(line);
  }

  close(content: string): void {
    const { pages, rows } = this.snapshot;
    if (pages !== this.#sizes.length || rows !== this.#rows) throw damaged('altered', 'A list is not whole.');
    if (content !== this.#content.hex()) throw damaged('altered', 'A list is not what it was.');
  }
}

/**
 * Reads a backup from its first byte to its last. What it gives is right as far as it goes; only `end` says that all
 * of it is.
 * @throws BackupTrouble as {@link readLines} does, and where anything in it is not as it must be
 */
export async function* readBackup(file: LineSource, signal: AbortSignal): AsyncGenerator<ReadPart> {
  const whole = new LinesDigest();
  const ids = new Set<SnapshotId>();
  const counts = { lists: 0, pages: 0, accounts: 0, requests: 0 };
  let list: OpenList | null = null;
  const at = { isFirst: true, hasEnded: false };

  function inList(): OpenList {
    if (list === null) throw damaged('out-of-place', 'A line belongs to no list.');
    return list;
  }

  function take(line: BackupLine, text: string): BackupPart {
    if ('page' in line) {
      inList().page(line.page, text);
      counts.pages += 1;
      counts.accounts += line.page.accounts.id.length;
      const page = pageRule.clean(line.page);
      return { kind: 'page', page, line: page === line.page ? text : pageLine(page) };
    }
    if ('fill' in line) {
      inList().fill(line.fill, text);
      const fill = fillRule.clean(line.fill);
      return { kind: 'fill', fill, line: fill === line.fill ? text : fillLine(fill) };
    }
    if ('raw' in line) {
      inList().raw(line.raw, text);
      return { kind: 'raw', raw: rawLineRule.clean(line.raw) };
    }
    if ('entry' in line) {
      list?.entry(line.entry);
      counts.requests += 1;
      return { kind: 'entry', entry: entryRule.clean(line.entry), of: list?.snapshot.id ?? null };
    }
    if ('closed' in line) {
      inList().close(line.closed.content);
      list = null;
      return { kind: 'closed', content: line.closed.content };
    }
    if (list !== null) throw damaged('out-of-place', 'A list has no end.');
    if ('snapshot' in line) {
      const { snapshot } = line;
      if (ids.has(snapshot.id)) throw damaged('out-of-place', 'A list is there twice.');
      ids.add(snapshot.id);
      counts.lists += 1;
      list = new OpenList(snapshot);
      return { kind: 'snapshot', snapshot: snapshotRule.clean(snapshot) };
    }
    if ('preferences' in line) return { kind: 'preferences', preferences: line.preferences };
    const { end } = line;
    const isAll =
      end.lists === counts.lists &&
      end.pages === counts.pages &&
      end.accounts === counts.accounts &&
      end.requests === counts.requests;
    if (!isAll || end.sha256 !== whole.hex()) throw damaged('altered', 'It is not what it was.');
    at.hasEnded = true;
    return { kind: 'end', end };
  }

  /** What a line after the first is; `null` for an empty one behind the end, which an editor may have added. */
  function partOf(text: string): BackupPart | null {
    if (at.hasEnded) {
      if (text.trim() === '') return null;
      throw damaged('out-of-place', 'Something follows its end.');
    }
    const notJson = (detail: string, cause: unknown) => damaged('not-json', detail, cause);
    const line = lineSchema.safeParse(parseJson(text, notJson));
    if (!line.success) throw damaged('unknown-line', 'A line is not as it must be.');
    return take(line.data, text);
  }

  for await (const { text, number, read } of readLines(file, signal)) {
    let part: BackupPart | null = null;
    try {
      if (at.isFirst) checkHeader(text);
      else part = partOf(text);
    } catch (error) {
      if (error instanceof BackupTrouble && error.kind === 'damaged') error.line = number;
      throw error;
    }
    at.isFirst = false;
    whole.add(text);
    if (part !== null) yield { part, read, size: text.length };
  }
  if (at.isFirst) throw new BackupTrouble('not-a-backup', 'The file is empty.');
  if (!at.hasEnded) throw damaged('cut-off', 'The end is missing.');
}
