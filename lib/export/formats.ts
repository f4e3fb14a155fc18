/** The registry of export formats, in menu order. A new format needs a file in `formats/` and an entry here. */

export interface ExportFormat {
  /** Also the name of its file in `formats/`. */
  readonly id: string;
  /** Shown in the menu. */
  readonly name: string;
  /** The file name extension, without the dot. */
  readonly extension: string;
  readonly mimeType: string;
  /** Offered only in locales with a decimal comma, where spreadsheets separate fields by semicolons. */
  readonly decimalComma?: true;
}

const CSV = { extension: 'csv', mimeType: 'text/csv;charset=utf-8' } as const;

const formats: readonly ExportFormat[] = [
  {
    id: 'xlsx',
    name: 'Excel',
    extension: 'xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { id: 'csv', name: 'CSV', ...CSV },
  { id: 'csv-semicolon', name: 'CSV for Excel (;)', ...CSV, decimalComma: true },
  { id: 'json', name: 'JSON', extension: 'json', mimeType: 'application/json' },
  { id: 'ndjson', name: 'NDJSON', extension: 'ndjson', mimeType: 'application/x-ndjson' },
  { id: 'parquet', name: 'Parquet', extension: 'parquet', mimeType: 'application/vnd.apache.parquet' },
];

/** The columns of files of edges. Programs rely on names and order. */
export const EDGE_COLUMNS = ['source', 'target', 'relation', 'followed_after', 'followed_before'] as const;

/** A file of a graph instead of a table; see `graph.ts`. */
export interface GraphFormat extends ExportFormat {
  /** The part of the file name that says what it is. */
  readonly fileKind: 'graph' | 'edges';
  /** What the receipt calls its columns. */
  readonly columns: readonly string[];
}

/** The registry of graph formats, in menu order. A new one needs a file in `graph-formats/` and an entry here. */
export const graphFormats: readonly GraphFormat[] = [
  {
    id: 'gexf',
    name: 'Graph (GEXF)',
    extension: 'gexf',
    mimeType: 'application/gexf+xml',
    fileKind: 'graph',
    columns: ['id', 'label', 'name', 'followers', 'following', 'verified', 'profile', ...EDGE_COLUMNS],
  },
  { id: 'edges', name: 'Edges (CSV)', ...CSV, fileKind: 'edges', columns: EDGE_COLUMNS },
];

export function graphFormatById(id: string): GraphFormat | undefined {
  return graphFormats.find((known) => known.id === id);
}

/** A format of tables or of graphs. */
export function formatById(id: string): ExportFormat | undefined {
  return formats.find((known) => known.id === id) ?? graphFormatById(id);
}

/** The formats to offer in a language; by default, the browser's. */
export function formatsFor(language?: string): readonly ExportFormat[] {
  const parts = new Intl.NumberFormat(language).formatToParts(0.5);
  const hasComma = parts.some(({ type, value }) => type === 'decimal' && value === ',');
  return formats.filter(({ decimalComma }) => hasComma || decimalComma !== true);
}
