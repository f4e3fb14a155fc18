/** Exports whole lists from a store, as the exporter does. */
import { encoderOf, graphEncoderOf } from '../../../lib/export/encoders.ts';
import { graphFormatById } from '../../../lib/export/formats.ts';
import { exportIdSchema } from '../../../lib/export/jobs/job.ts';
import { compressHere } from '../../../lib/export/files/compression.ts';
import { receiptOf } from '../../../lib/export/receipt/receipt.ts';
import type { ExportJob } from '../../../lib/export/jobs/job-request.ts';
import { writeGraph } from '../../../lib/export/jobs/write-graph.ts';
import { writeList } from '../../../lib/export/jobs/write-list.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import type { Store } from '../../../lib/store/index.ts';

/** An export job for a whole list, with the receipt as it is before the file exists. */
export function jobOf(snapshot: Snapshot, format: string): ExportJob {
  const id = exportIdSchema.parse(crypto.randomUUID());
  const receipt = receiptOf({
    snapshot,
    spent: { requests: 1, charged: 1, listed: 1, maybeCharged: 0 },
    provider: { name: 'X API v1.1', origin: null },
    creditPrice: null,
    file: {
      name: 'f',
      format,
      rows: snapshot.rows,
      bytes: 0,
      sha256: '0'.repeat(64),
      columns: [],
      filter: null,
      sort: null,
      guarded: 0,
      cut: 0,
      idsOnly: 0,
      unavailable: 0,
    },
    appVersion: '0',
    writtenAt: 1,
  });
  return {
    order: {
      id,
      snapshotId: snapshot.id,
      format,
      columns: null,
      exact: false,
      chosen: null,
      filter: null,
      sort: null,
    },
    fileName: 'f',
    rows: snapshot.rows,
    receipt,
  };
}

/** The file of a whole list, and its remarks. */
export function save(store: Store, snapshot: Snapshot, format: string) {
  return write(store, jobOf(snapshot, format));
}

/** One file of several lists, newest first, and its remarks. */
export function saveLists(
  store: Store,
  lists: readonly { readonly snapshot: Snapshot }[],
  format: string,
  columns: string[] | null = null,
) {
  const [newest] = lists;
  if (newest === undefined) throw new Error('A file of several lists needs a list.');
  const job = jobOf(newest.snapshot, format);
  const ids = lists.map(({ snapshot }) => snapshot.id);
  return write(store, { ...job, order: { ...job.order, columns, lists: ids } });
}

async function write(store: Store, job: ExportJob) {
  const { format } = job.order;
  const parts: Uint8Array[] = [];
  const options = {
    store,
    job,
    positions: null,
    target: { write: (bytes: Uint8Array) => parts.push(bytes), buffer: () => new Uint8Array(1 << 16) },
    compress: compressHere,
    scratch: () => Promise.reject(new Error('not needed')),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  } as const;
  const remarks =
    graphFormatById(format) === undefined
      ? await writeList({ ...options, encode: await encoderOf(format) })
      : await writeGraph({ ...options, encode: await graphEncoderOf(format) });
  return { bytes: Buffer.concat(parts), remarks };
}
