/** What the thread that writes and the page that holds it say to each other. Both are of one build. */
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

/** Bytes to pack, or the end of them. */
export type ToPacker = Uint8Array<ArrayBuffer> | null;

export type FromPacker =
  | { readonly kind: 'packed'; readonly packed: Uint8Array<ArrayBuffer> }
  /** A buffer that was packed, to be used again. */
  | { readonly kind: 'spare'; readonly buffer: ArrayBuffer }
  | { readonly kind: 'end' };
