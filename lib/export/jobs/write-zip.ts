/** Writes several lists as an archive: one file each, and its receipt. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { FileRemarks } from '../format.ts';
import { MIN_BUFFER, Output, type Target } from '../encoding/byte-buffer.ts';
import { Zip, type ZipEntry } from '../encoding/zip.ts';
import { receiptBytes, receiptName, receiptOfFile } from '../receipt/receipt-file.ts';
import type { ExportJob } from './job-request.ts';
import { writeList, type WriteListOptions } from './write-list.ts';

type Part = NonNullable<ExportJob['parts']>[number];

/** What was written so far. */
const NOTHING: FileRemarks = {
  guarded: 0,
  cut: 0,
  sheets: 1,
  idsOnly: 0,
  unavailable: 0,
  follow: { pages: 0, problem: null },
  accounts: 0,
  edges: null,
};

function plus(sum: FileRemarks, more: FileRemarks): FileRemarks {
  return {
    ...sum,
    guarded: sum.guarded + more.guarded,
    cut: sum.cut + more.cut,
    sheets: Math.max(sum.sheets, more.sheets),
    idsOnly: sum.idsOnly + more.idsOnly,
    unavailable: sum.unavailable + more.unavailable,
    accounts: sum.accounts + more.accounts,
  };
}

/** Passes a file on to its entry, and computes its digest. */
function digesting(entry: ZipEntry): { readonly target: Target; readonly hex: () => string } {
  const digest = sha256.create();
  // What is written is copied, so the same buffer can be used again.
  const buffer = new Uint8Array(MIN_BUFFER);
  return {
    target: {
      write: (bytes) => {
        digest.update(bytes);
        entry.output.bytes(bytes);
      },
      buffer: () => buffer,
    },
    hex: () => bytesToHex(digest.digest()),
  };
}

/** Writes one list as an entry. @returns what the user has to know about its file */
async function writePart(
  zip: Zip,
  { list, fileName, rows, receipt }: Part,
  options: WriteListOptions,
): Promise<FileRemarks> {
  const { lists: _, each: __, ...order } = options.job.order;
  const entry = zip.entry(fileName);
  const { target, hex } = digesting(entry);
  const remarks = await writeList({
    ...options,
    job: { order: { ...order, snapshotId: list }, fileName, rows, receipt },
    positions: null,
    target,
    onProgress: async (written) => {
      await options.onProgress(written);
      await entry.drain();
    },
  });
  const bytes = entry.output.size;
  await entry.close();
  const written = receiptOfFile(receipt, { bytes, sha256: hex(), remarks }, Date.now());
  const beside = zip.entry(receiptName(fileName));
  beside.output.bytes(receiptBytes(written));
  await beside.close();
  return remarks;
}

/**
 * Writes the lists of an order as an archive.
 * @throws ListDeletedError if a list is deleted meanwhile; the signal's reason if it aborts; the target's errors
 */
export async function writeZip(options: WriteListOptions): Promise<FileRemarks> {
  const output = new Output(options.target);
  const zip = new Zip(output);
  let remarks = NOTHING;
  for (const part of options.job.parts ?? []) {
    const before = remarks.accounts;
    const onProgress = (rows: number) => options.onProgress(before + rows);
    remarks = plus(remarks, await writePart(zip, part, { ...options, onProgress }));
  }
  zip.close();
  output.flush();
  return remarks;
}
