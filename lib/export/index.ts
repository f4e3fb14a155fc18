/** The registry of export formats, and the way from a list to a file. A new format is a file and a line here. */
import type { SnapshotId } from '../model.ts';
import { eachPage } from '../lists/list.ts';
import { Rows } from '../lists/rows.ts';
import type { Store } from '../store/index.ts';
import { columns, sourceOf, type ExportRow, type ExportSource } from './columns.ts';
import { csv } from './csv.ts';
import { digested } from './digest.ts';
import { fileName } from './file-name.ts';
import type { ExportFormat } from './format.ts';
import { receiptFor } from './own-receipt.ts';
import { receiptBytes, receiptName } from './receipt.ts';
import { clearExports, saveFile } from './save.ts';

export const formats: readonly ExportFormat[] = [csv];

export interface ExportOptions {
  readonly store: Store;
  readonly snapshotId: SnapshotId;
  readonly format: ExportFormat;
  /** Only these positions (from 0), in this order; absent means the whole list. */
  readonly positions?: Uint32Array;
  /** What leaves rows out, in words, for the receipt; absent where nothing does. */
  readonly filter?: string | null;
  /** CSV only: no guard against formulas. */
  readonly exact?: boolean;
  readonly signal: AbortSignal;
  /** Told of the rows written so far. */
  readonly onProgress: (rows: number) => void;
}

export interface Exported {
  readonly fileName: string;
  readonly rows: number;
  /** Fields that got a leading apostrophe. */
  readonly guarded: number;
}

async function* wholeList(
  store: Store,
  id: SnapshotId,
  source: ExportSource,
): AsyncGenerator<readonly ExportRow[]> {
  for await (const { first, accounts, receivedAt } of eachPage(store, id)) {
    yield accounts.map((account, index) => ({
      position: first + index + 1,
      account,
      source,
      collectedAt: receivedAt,
    }));
  }
}

async function* once(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield bytes;
}

const BATCH = 500;

async function* chosen(
  store: Store,
  id: SnapshotId,
  source: ExportSource,
  positions: Uint32Array,
): AsyncGenerator<readonly ExportRow[]> {
  const list = new Rows(store, id);
  for (let at = 0; at < positions.length; at += BATCH) {
    const rows = await list.at(positions.subarray(at, at + BATCH));
    yield rows.map(({ position, collectedAt, ...account }) => ({
      position: position + 1,
      account,
      source,
      collectedAt,
    }));
  }
}

/**
 * Writes a list, or a part of it, to a file of the user's, and its receipt beside it.
 * @throws Error when the list is gone; DOMException as {@link saveFile} does
 */
export async function exportList(options: ExportOptions): Promise<Exported> {
  const { store, snapshotId, format, positions, filter = null, exact = false, signal, onProgress } = options;
  const snapshot = await store.snapshot(snapshotId);
  if (snapshot === undefined) throw new Error('This list was deleted.');
  await clearExports(Date.now());
  const source = sourceOf(snapshot);
  const name = fileName(snapshot, {
    extension: format.extension,
    filtered: positions !== undefined && positions.length < snapshot.rows,
  });
  let rows = 0;
  let guarded = 0;

  async function* counted(
    batches: AsyncIterable<readonly ExportRow[]>,
  ): AsyncGenerator<readonly ExportRow[]> {
    for await (const batch of batches) {
      yield batch;
      rows += batch.length;
      onProgress(rows);
    }
  }
  const batches =
    positions === undefined
      ? wholeList(store, snapshotId, source)
      : chosen(store, snapshotId, source, positions);
  const { bytes, result } = digested(
    format.encode(counted(batches), { columns, exact, guarded: () => (guarded += 1) }),
  );
  await saveFile({ name, mimeType: format.mimeType, bytes, signal });
  const receipt = await receiptFor(store, snapshot, {
    name,
    format: format.id,
    rows,
    ...result(),
    columns: columns.map((column) => column.name),
    filter,
    sort: null,
    guarded,
  });
  await saveFile({
    name: receiptName(name),
    mimeType: 'application/json',
    bytes: once(receiptBytes(receipt)),
    signal,
  });
  return { fileName: name, rows, guarded };
}
