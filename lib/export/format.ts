/** What an export format is: one file each, all streaming. */
import type { Column, ExportRow } from './columns.ts';

export interface EncodeOptions {
  readonly columns: readonly Column[];
  /** CSV only: leave fields alone that a spreadsheet would run as a formula. */
  readonly exact: boolean;
  /** Told of each field that was changed so that a spreadsheet does not run it. */
  readonly guarded: () => void;
}

export interface ExportFormat {
  readonly id: string;
  /** As it is named in the menu. */
  readonly name: string;
  /** Of the file name, without a dot. */
  readonly extension: string;
  readonly mimeType: string;
  /** Turns rows into the file's bytes, a part at a time. */
  encode(
    rows: AsyncIterable<readonly ExportRow[]>,
    options: EncodeOptions,
  ): AsyncIterable<Uint8Array<ArrayBuffer>>;
}
