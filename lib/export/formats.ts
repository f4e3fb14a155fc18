/** The registry of export formats, in the order of the menu. A new format is a file in `formats/` and a line here. */

export interface ExportFormat {
  /** Also the name of its file in `formats/`, and the ending of files. */
  readonly id: string;
  /** As it is named in the menu. */
  readonly name: string;
  readonly mimeType: string;
}

export const formats: readonly ExportFormat[] = [
  {
    id: 'xlsx',
    name: 'Excel',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  { id: 'csv', name: 'CSV', mimeType: 'text/csv;charset=utf-8' },
  { id: 'json', name: 'JSON', mimeType: 'application/json' },
  { id: 'ndjson', name: 'NDJSON', mimeType: 'application/x-ndjson' },
  { id: 'parquet', name: 'Parquet', mimeType: 'application/vnd.apache.parquet' },
];

export function formatById(id: string): ExportFormat | undefined {
  return formats.find((known) => known.id === id);
}
