/** Messages between the export document and its workers. Both sides are from the same build. */
import type { FileRemarks } from '../format.ts';
import type { ExportState } from './job.ts';
import type { ExportJob } from './job-request.ts';

export type ToWorker =
  | {
      readonly kind: 'write';
      readonly job: ExportJob;
      readonly positions: Uint32Array<ArrayBuffer> | null;
      /** The name of the file to write. */
      readonly temporary: string;
    }
  | { readonly kind: 'cancel' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly rows: number }
  | {
      readonly kind: 'written';
      readonly bytes: number;
      /** Hex. */
      readonly sha256: string;
      readonly remarks: FileRemarks;
    }
  | { readonly kind: 'over'; readonly state: Extract<ExportState, { kind: 'failed' | 'cancelled' }> };

/** Bytes to compress; `null` ends the stream. */
export type ToCompressionWorker = Uint8Array<ArrayBuffer> | null;

export type FromCompressionWorker =
  | { readonly kind: 'compressed'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** A buffer whose bytes were compressed, for reuse. */
  | { readonly kind: 'spare'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'end' };
