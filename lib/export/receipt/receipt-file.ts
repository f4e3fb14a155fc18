/** The file with a receipt, and what a receipt states once its file is written. Also for workers, which have no words. */
import type { FileRemarks } from '../format.ts';
import type { Receipt } from './shape.ts';

/** A file that was written. */
export interface WrittenFile {
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  readonly remarks: FileRemarks;
}

/** A receipt with what is known once its file is written. */
export function receiptOfFile(
  receipt: Receipt,
  { bytes, sha256, remarks }: WrittenFile,
  at: number,
): Receipt {
  return {
    ...receipt,
    written_at: new Date(at).toISOString(),
    file_rows: remarks.edges ?? remarks.accounts,
    file_bytes: bytes,
    file_sha256: sha256,
    file_guarded_fields: remarks.guarded,
    file_cut_texts: remarks.cut,
    file_rows_by_id_alone: remarks.idsOnly,
    file_rows_unavailable: remarks.unavailable,
    follow_times_pages: remarks.follow.pages,
    follow_times_problem: remarks.follow.problem,
  };
}

/** The receipt's file name. It includes the exported file's extension, so that it differs between formats. */
export function receiptName(fileName: string): string {
  return `${fileName}.receipt.json`;
}

/** The receipt as JSON in UTF-8, one line per field. */
export function receiptBytes(receipt: Receipt): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(receipt, null, 2)}\n`);
}
