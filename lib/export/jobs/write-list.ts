/** Encodes a list as the bytes of a file. Independent of workers and of the file system; see {@link ./worker.ts}. */
import type { Store } from '../../store/index.ts';
import { changeColumns } from '../rows/change-columns.ts';
import { changesBetween } from '../rows/changes.ts';
import { columnsNamed, listsColumns, type Column, type ExportSource } from '../rows/columns.ts';
import type { Batch } from '../rows/batch.ts';
import type { FollowBasis } from '../../model/follow-times.ts';
import type { WithoutDetails } from '../../model/snapshot.ts';
import { DetailCount } from '../rows/missing-details.ts';
import type { Encode, FileRemarks, ReceiptLines, Remarks } from '../format.ts';
import type { ExportJob } from './job-request.ts';
import { Output, type Target } from '../encoding/byte-buffer.ts';
import type { Compress } from '../files/compression.ts';
import { FollowTimesOfList } from '../rows/follow-times.ts';
import { readSeveralLists, rowsOfLists } from '../rows/lists.ts';
import { allAccounts } from '../rows/read-list.ts';
import { reorderedAccounts, type Scratch } from '../rows/reorder.ts';

export interface WriteListOptions {
  readonly store: Store;
  readonly job: ExportJob;
  readonly encode: Encode;
  /** Positions (from 0) in the order of the file; `null` is the whole list. */
  readonly positions: Readonly<Uint32Array<ArrayBuffer>> | null;
  readonly target: Target;
  readonly compress: Compress;
  readonly scratch: () => Promise<Scratch>;
  readonly signal: AbortSignal;
  /** Called after every batch with the number of accounts written so far. Writing waits for the promise. */
  readonly onProgress: (rows: number) => Promise<void> | undefined;
}

/** The receipt as it is stored in the file itself: without the file's size and digest, which aren't known yet. */
function linesOf(
  { receipt }: ExportJob,
  { guarded, cut }: Remarks,
  { idsOnly, unavailable }: WithoutDetails,
  { rows, follow }: Pick<Content, 'rows' | 'follow'>,
): ReceiptLines {
  const { file_bytes: _, file_sha256: __, ...known } = receipt;
  const lines = {
    ...known,
    file_rows: rows,
    file_guarded_fields: guarded,
    file_cut_texts: cut,
    file_rows_by_id_alone: idsOnly,
    file_rows_unavailable: unavailable,
    follow_times_pages: follow.pages,
    follow_times_problem: follow.problem,
  };
  return Object.entries(lines).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
}

interface Content {
  readonly batches: AsyncIterable<Batch>;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** What the follow times are based on; in files of several lists, those of the newest. */
  readonly follow: FollowBasis;
}

/** What the file contains: accounts of one or several lists, or the changes between two. */
async function contentOf(options: WriteListOptions): Promise<Content> {
  const { store, job, positions, signal, scratch } = options;
  const { order, rows } = job;
  if (order.changesSince !== undefined) {
    const changes = await changesBetween(store, [order.changesSince.list, order.snapshotId], signal);
    // The receipt states how many there are. One of the lists grew, or its order was made for other lists.
    if (changes.rows !== rows) throw new RangeError('The lists changed since they were compared.');
    const { batches, followTimes } = changes;
    return { batches, columns: changeColumns, rows, follow: followTimes.basis };
  }
  const followTimes = await FollowTimesOfList.open(store, order.snapshotId, signal);
  const follow = followTimes.basis;
  if (order.lists !== undefined) {
    const several = await readSeveralLists(store, order.lists, signal);
    const batches = rowsOfLists(store, several, signal);
    return { batches, columns: columnsNamed(order.columns, listsColumns), rows: several.count, follow };
  }
  const batches =
    positions === null
      ? allAccounts(store, order.snapshotId, rows)
      : reorderedAccounts(store, order.snapshotId, positions, { scratch });
  return { batches: followTimes.addTo(batches), columns: columnsNamed(order.columns), rows, follow };
}

/**
 * Writes a list, or a part of it, in a format.
 * @throws ListDeletedError if the list is deleted meanwhile; the signal's reason if it aborts; the target's errors
 */
export async function writeList(options: WriteListOptions): Promise<FileRemarks> {
  const { job, encode, signal, onProgress } = options;
  const { order, receipt } = job;
  const source: ExportSource = {
    platform: receipt.platform,
    handle: receipt.handle,
    id: receipt.profile_id,
    relation: receipt.relation,
    provider: receipt.provider,
  };
  const content = await contentOf(options);
  const { batches, columns, rows, follow } = content;
  const output = new Output(options.target);
  let written = 0;
  const details = new DetailCount();

  async function* counted(batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const batch of batches) {
      signal.throwIfAborted();
      details.add(batch);
      yield batch;
      written += batch.positions.length;
      // In a file of several lists, fewer than there may be.
      await onProgress(Math.floor((job.rows * written) / Math.max(1, rows)));
    }
  }
  const remarks = await encode(counted(batches), output, {
    columns,
    source,
    exact: order.exact,
    compress: options.compress,
    receipt: (fileRemarks) => linesOf(job, fileRemarks, details, content),
  });
  signal.throwIfAborted();
  output.flush();
  return { ...remarks, ...details.counts(), follow, accounts: rows, edges: null };
}
