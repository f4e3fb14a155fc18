/** The interface of the encoders: one file each in `formats/`, all streaming. */
import type { Batch } from './rows/batch.ts';
import type { Column, ExportSource } from './rows/columns.ts';
import type { FollowBasis } from '../model/follow-times.ts';
import type { WithoutDetails } from '../model/snapshot.ts';
import type { Output } from './encoding/byte-buffer.ts';
import type { Compress } from './files/compression.ts';

export interface EncodeOptions {
  readonly columns: readonly Column[];
  readonly source: ExportSource;
  /** CSV only: leave fields that a spreadsheet would run as a formula unchanged. */
  readonly exact: boolean;
  /** Compresses long parts, if the format is compressed. */
  readonly compress: Compress;
  /** Returns the receipt, for formats that contain it. Called after all accounts are written. */
  readonly receipt: (remarks: Remarks) => ReceiptLines;
}

/** The list's receipt as names and values, in display order. */
export type ReceiptLines = readonly (readonly [string, string | number | boolean | null])[];

/** What the user has to know about a file, as far as its encoder knows it. */
export interface Remarks {
  /** Fields that were given a leading apostrophe, so that a spreadsheet doesn't run them. */
  readonly guarded: number;
  /** Texts that were cut because they are too long for the format. */
  readonly cut: number;
  /** Sheets with accounts; 1 for formats without sheets. */
  readonly sheets: number;
}

/** Everything that the user has to know about a file. */
export interface FileRemarks extends Remarks, WithoutDetails {
  readonly follow: FollowBasis;
  /** How many accounts it contains. */
  readonly accounts: number;
  /** How many edges it contains; `null` if it is not a graph. */
  readonly edges: number | null;
}

export const noRemarks: Remarks = { guarded: 0, cut: 0, sheets: 1 };

/** Encodes accounts as the file's bytes, batch by batch. */
export type Encode = (
  batches: AsyncIterable<Batch>,
  output: Output,
  options: EncodeOptions,
) => Promise<Remarks>;
