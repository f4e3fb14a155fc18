/** Reads many handles and links at once, as people paste them or as a file contains them. Says of each what it is. Pure. */
import { MOST_PROFILES } from '../model/batch.ts';
import { handleKey } from '../model/handles.ts';
import { PLATFORMS, type Platform } from '../model/platform.ts';
import type { Handle } from '../model/profile.ts';
import { platformsOf, readHandleOrLink } from '../platforms/field.ts';
import { columnByHeading, readList, readTable, type Table, type TableRow } from './table.ts';

/** How many handles, links, and words that are neither are read at once. */
const MOST_LINES = 3000;
/** Longer texts are not read. UTF-16 code units. */
export const LONGEST_TEXT = 1_000_000;

export type LineResult =
  | { readonly kind: 'understood'; readonly handle: Handle }
  /** The same profile is in an earlier line. */
  | { readonly kind: 'repeated'; readonly handle: Handle; readonly line: number }
  /** `other-platform`: it can only be a profile on `platform`. */
  | { readonly kind: 'refused'; readonly why: 'not-a-profile' }
  | { readonly kind: 'refused'; readonly why: 'other-platform'; readonly platform: Platform };

/** A handle, a link, or what stands in its place. */
export interface HandleLine {
  /** The line of the text, from 1. A line can contain several. */
  readonly line: number;
  readonly text: string;
  readonly result: LineResult;
}

/** The column of a table that is read; `all` reads every cell. */
export type Column = number | 'all';

export interface ReadLines {
  readonly lines: readonly HandleLine[];
  /** How many further handles and words of the text were not read, because there are {@link MOST_PROFILES} profiles before them. */
  readonly unread: number;
  /** What can be read instead, if the text is a table with several columns; else `null`. */
  readonly columns: { readonly headings: readonly (string | null)[]; readonly read: Column } | null;
}

/** Whether a word names a profile explicitly, so that the words around it do not matter: `@ada`, or a link. */
function isExplicit(word: string): boolean {
  return PLATFORMS.some((platform) => {
    const profile = readHandleOrLink(word, platform);
    return profile !== null && (/^[^\p{L}\p{N}]*[@＠]/u.test(word) || word.includes('/'));
  });
}

/** A cell's content as one profile, or each of those that it names between other words. */
function wordsOf(cell: string): readonly string[] {
  const text = cell.trim();
  if (text === '') return [];
  const words = text.split(/\s+/);
  if (words.length === 1) return [text];
  const explicit = words.filter(isExplicit);
  return explicit.length > 0 ? explicit : [text];
}

function read(text: string, platform: Platform): Exclude<LineResult, { readonly kind: 'repeated' }> {
  const profile = readHandleOrLink(text, platform);
  if (profile?.platform === platform) return { kind: 'understood', handle: profile.handle };
  const [other] = profile === null ? platformsOf(text) : [profile.platform];
  return other === undefined
    ? { kind: 'refused', why: 'not-a-profile' }
    : { kind: 'refused', why: 'other-platform', platform: other };
}

/** A column of figures is none of handles, although digits can be one. */
function isFigure(cell: string): boolean {
  return /^[\d\s.,%+-]*$/.test(cell);
}

function isProfile(cell: string): boolean {
  return (
    !isFigure(cell) &&
    wordsOf(cell).some((word) => PLATFORMS.some((one) => read(word, one).kind === 'understood'))
  );
}

/** The column with the most profiles; `all` if every cell is one, because then it is a list in several columns. */
function columnWithProfiles({ sample, width }: Table): Column {
  const cells = sample.flatMap((row) => row.cells.filter((cell) => cell.trim() !== ''));
  const hasLinks = cells.some((cell) => wordsOf(cell).some(isExplicit));
  const isCounted = (cell: string): boolean =>
    // What has the mark of a handle or is a link is more certain than a word that could be a handle.
    hasLinks ? wordsOf(cell).some(isExplicit) : isProfile(cell);
  if (cells.every(isCounted)) return 'all';
  const counts = Array.from(
    { length: width },
    (_, column) => sample.filter((row) => isCounted(row.cells[column] ?? '')).length,
  );
  return counts.indexOf(Math.max(...counts));
}

function columnOf(table: Table): Column {
  return (table.headings === null ? null : columnByHeading(table.headings)) ?? columnWithProfiles(table);
}

interface Source {
  readonly rows: Iterable<TableRow>;
  readonly columns: ReadLines['columns'];
}

function* columnIn(rows: Iterable<TableRow>, column: number): Generator<TableRow> {
  for (const { line, cells } of rows) yield { line, cells: [cells[column] ?? ''] };
}

function sourceOf(text: string, wanted: Column | null): Source {
  const table = readTable(text);
  if (table === null) return { rows: readList(text), columns: null };
  const isKnown = wanted === 'all' || (wanted !== null && wanted < table.width);
  const column = isKnown ? wanted : columnOf(table);
  const rows = column === 'all' ? table.rows() : columnIn(table.rows(), column);
  const headings = Array.from({ length: table.width }, (_, index) => table.headings?.[index]?.trim() ?? null);
  return { rows, columns: table.width > 1 ? { headings, read: column } : null };
}

/**
 * Reads every handle and link of a text: one per line or several with marks between them, or one column of a table.
 * @param platform on which a handle without a link is
 * @param wanted the column to read; `null` chooses the one with the profiles
 */
export function readLines(text: string, platform: Platform, wanted: Column | null = null): ReadLines {
  const { rows, columns } = sourceOf(text.replace(/^\uFEFF/, ''), wanted);
  const first = new Map<string, number>();
  const lines: HandleLine[] = [];
  let unread = 0;
  for (const { line, cells } of rows) {
    for (const word of cells.flatMap(wordsOf)) {
      if (first.size >= MOST_PROFILES || lines.length >= MOST_LINES) {
        unread += 1;
        continue;
      }
      const result = read(word, platform);
      const key = result.kind === 'understood' ? handleKey(result.handle) : null;
      const before = key === null ? undefined : first.get(key);
      if (key !== null && before === undefined) first.set(key, line);
      const isRepeated = result.kind === 'understood' && before !== undefined;
      lines.push({
        line,
        text: word,
        result: isRepeated ? { ...result, kind: 'repeated', line: before } : result,
      });
    }
  }
  return { lines, unread, columns };
}

/** The platform on which most of the handles and links of a text can only be; `null` if none tells. */
export function platformIn(text: string): Platform | null {
  const counts = PLATFORMS.map((platform) => {
    const { lines } = readLines(text, platform);
    const refused = lines.filter(
      ({ result }) => result.kind === 'refused' && result.why === 'other-platform',
    ).length;
    return { platform, refused };
  });
  const [first, ...rest] = counts.toSorted((a, b) => a.refused - b.refused);
  return first === undefined || rest.every(({ refused }) => refused === first.refused)
    ? null
    : first.platform;
}

/** Whether a text that was typed or pasted as one profile names several. */
export function namesSeveral(text: string): boolean {
  if (!/[\r\n]/.test(text) && PLATFORMS.some((one) => readHandleOrLink(text, one) !== null)) return false;
  const { lines } = readLines(text, 'x');
  const profiles = new Set(
    lines.flatMap(({ text: word }) => {
      const [platform] = PLATFORMS.filter((one) => read(word, one).kind === 'understood');
      const profile = platform === undefined ? null : readHandleOrLink(word, platform);
      return profile === null ? [] : [handleKey(profile.handle)];
    }),
  );
  return profiles.size > 1;
}
