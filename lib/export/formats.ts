/** The registry of export formats, in the order of the menu. A new format is a file in `formats/` and a line here. */

export interface ExportFormat {
  /** Also the name of its file in `formats/`. */
  readonly id: string;
  /** As it is named in the menu. */
  readonly name: string;
  /** The ending of files. */
  readonly extension: string;
  readonly mimeType: string;
  /** Offered only where the comma is the decimal sign, and spreadsheets therefore separate by semicolons. */
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

export function formatById(id: string): ExportFormat | undefined {
  return formats.find((known) => known.id === id);
}

/** The formats that a menu offers in a language: of the browser's, unless said otherwise. */
export function formatsFor(language?: string): readonly ExportFormat[] {
  const parts = new Intl.NumberFormat(language).formatToParts(0.5);
  const hasComma = parts.some(({ type, value }) => type === 'decimal' && value === ',');
  return formats.filter(({ decimalComma }) => hasComma || decimalComma !== true);
}
