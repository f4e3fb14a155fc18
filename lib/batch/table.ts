/** Tables as text: cells between commas, semicolons, tabs, or bars, with or without quotes and headings. Pure. */

export interface TableRow {
  /** The line of the text in which it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  /** Without the headings. Rows without content are left out. They are read one after the other. */
  readonly rows: () => Iterable<TableRow>;
  /** The first rows. */
  readonly sample: readonly TableRow[];
  /** The names of the columns; `null` if the first row is not a heading. */
  readonly headings: readonly string[] | null;
  /** How many columns the widest of the first rows has. */
  readonly width: number;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];

/** How many rows tell whether a text is a table, and which of its columns has the profiles. */
const SAMPLE = 200;

/** A quoted cell that is longer is no cell, but a quote that nobody closed. UTF-16 code units. */
const LONGEST_QUOTED = 10_000;

/** What headings of columns with handles or links are called, the best first; without spaces and punctuation. */
const KNOWN_HEADINGS = [
  /^(?:(?:x|twitter|tiktok|user|account|profile)?handles?|(?:x|twitter|tiktok)?usernames?|screennames?|uniqueids?)$/,
  /^(?:(?:x|twitter|tiktok|profile|account|user)?(?:url|link|address)s?)$/,
  /^(?:accounts?|profiles?|users?|twitter|tiktok)$/,
];

function rankOf(heading: string): number {
  const plain = heading.toLowerCase().replace(/[^a-z]/g, '');
  const rank = KNOWN_HEADINGS.findIndex((pattern) => pattern.test(plain));
  return rank === -1 ? Infinity : rank;
}

/** The column whose heading is the best known one; `null` if none is known. */
export function columnByHeading(headings: readonly string[]): number | null {
  const ranks = headings.map(rankOf);
  const best = Math.min(...ranks);
  return Number.isFinite(best) ? ranks.indexOf(best) : null;
}

/** Reads cells one after the other. What is not closed or followed correctly is kept as it is written. */
class Cells {
  readonly #text: string;
  readonly #delimiter: Delimiter;
  #at = 0;
  #line = 1;

  constructor(text: string, delimiter: Delimiter) {
    this.#text = text;
    this.#delimiter = delimiter;
  }

  *rows(): Generator<TableRow> {
    while (this.#at < this.#text.length) {
      const line = this.#line;
      const cells = this.#row();
      if (cells.some((cell) => cell.trim() !== '')) yield { line, cells };
    }
  }

  #row(): string[] {
    const cells: string[] = [];
    for (;;) {
      cells.push(this.#quoted() ?? this.#plain());
      const end = this.#text[this.#at];
      this.#at += 1;
      if (end === this.#delimiter) continue;
      if (end === '\r' && this.#text[this.#at] === '\n') this.#at += 1;
      this.#line += 1;
      return cells;
    }
  }

  #isEnd(at: number): boolean {
    const character = this.#text[at];
    return (
      character === undefined || character === this.#delimiter || character === '\n' || character === '\r'
    );
  }

  #plain(): string {
    const from = this.#at;
    while (!this.#isEnd(this.#at)) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  /** A cell in quotes, in which two quotes mean one; `null` if there is none here. */
  #quoted(): string | null {
    const text = this.#text;
    if (text[this.#at] !== '"') return null;
    const from = this.#at + 1;
    const most = Math.min(text.length, from + LONGEST_QUOTED);
    for (let at = from; at < most; at += 1) {
      if (text[at] !== '"') continue;
      if (text[at + 1] === '"') {
        at += 1;
        continue;
      }
      if (!this.#isEnd(at + 1)) return null;
      this.#at = at + 1;
      const content = text.slice(from, at);
      this.#line += content.split(/\r\n|\r|\n/).length - 1;
      return content.replaceAll('""', '"');
    }
    return null;
  }
}

/** A row that is a heading: one of its cells is called like one, and none is a handle with its mark or a link. */
function headingsIn(rows: readonly TableRow[]): readonly string[] | null {
  const [first] = rows;
  if (first === undefined || rows.length < 2) return null;
  if (first.cells.some((cell) => /[@/]/.test(cell))) return null;
  return columnByHeading(first.cells) === null ? null : first.cells;
}

/** The first rows, or those after a heading. */
function* some(rows: Iterable<TableRow>, from: number, to: number): Generator<TableRow> {
  let index = 0;
  for (const row of rows) {
    if (index >= to) return;
    if (index >= from) yield row;
    index += 1;
  }
}

function tableWith(text: string, delimiter: Delimiter): Table | null {
  const all = (): Iterable<TableRow> => new Cells(text, delimiter).rows();
  const first = [...some(all(), 0, SAMPLE)];
  const headings = headingsIn(first);
  const width = Math.max(0, ...first.map(({ cells }) => cells.length));
  const isEven = first.length > 1 && first.every(({ cells }) => cells.length === width);
  if (width < 2 ? delimiter !== ',' || headings === null : !isEven && headings === null) return null;
  const from = headings === null ? 0 : 1;
  return { rows: () => some(all(), from, Infinity), sample: first.slice(from), headings, width };
}

/** The table that a text is; `null` if its rows have no columns in common. One column is a table if it has a heading. */
export function readTable(text: string): Table | null {
  const tables = DELIMITERS.flatMap((delimiter) => tableWith(text, delimiter) ?? []);
  return tables.find(({ width }) => width > 1) ?? tables[0] ?? null;
}

/** Whether a part of a line continues a link whose parameters contain a comma. */
function continuesLink(before: string | undefined, part: string): boolean {
  return before !== undefined && /\/.*[?#]\S*$/.test(before) && /^[^\s@/]+$/.test(part);
}

function partsOf(content: string): string[] {
  const parts: string[] = [];
  for (const part of content.split(/[,;\t|，；、]/)) {
    const before = parts.at(-1);
    if (before !== undefined && continuesLink(before, part)) parts[parts.length - 1] = `${before},${part}`;
    else parts.push(part);
  }
  return parts;
}

/** The rows of a text that is no table: its lines, separated at every mark that people put between handles. */
export function* readList(text: string): Generator<TableRow> {
  let line = 0;
  for (const content of text.split(/\r\n|\r|\n/)) {
    line += 1;
    if (content.trim() !== '') yield { line, cells: partsOf(content) };
  }
}
