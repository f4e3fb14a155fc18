/** What writing a format is: one file each in `formats/`, all streaming. */
import type { Batch } from './rows/batch.ts';
import type { Column, ExportSource } from './rows/columns.ts';
import type { WithoutDetails } from '../model/snapshot.ts';
import type { Output } from './encoding/byte-buffer.ts';
import type { Compress } from './files/compression.ts';

export interface EncodeOptions {
  readonly columns: readonly Column[];
  readonly source: ExportSource;
  /** CSV only: leave fields alone that a spreadsheet would run as a formula. */
  readonly exact: boolean;
  /** Compresses long parts, where the format is compressed. */
  readonly compress: Compress;
  /** What the file is to say about itself, where its format has a place for it. Asked for when all accounts are written. */
  readonly receipt: (remarks: Remarks) => ReceiptLines;
}

/** The list's receipt as names and values, in the order in which they are to be read. */
export type ReceiptLines = readonly (readonly [string, string | number | boolean | null])[];

/** What the user has to know about a file beyond its name, and a format alone knows. */
export interface Remarks {
  /** Fields that got a leading apostrophe, so that a spreadsheet does not run them. */
  readonly guarded: number;
  /** Texts that were cut because the format has no room for them. */
  readonly cut: number;
  /** Sheets of accounts, where the format has sheets. */
  readonly sheets: number;
}

/** All that the user has to know about a file beyond its name. */
export type FileRemarks = Remarks & WithoutDetails;

export const noRemarks: Remarks = { guarded: 0, cut: 0, sheets: 1 };

/** Turns accounts into the file's bytes, a part at a time. */
export type Encode = (
  batches: AsyncIterable<Batch>,
  output: Output,
  options: EncodeOptions,
) => Promise<Remarks>;
