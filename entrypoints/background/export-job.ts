/** What an export will write: its file's name, its columns, and its receipt. */
import { columnsNamed, listsColumns, type Column } from '../../lib/export/rows/columns.ts';
import { changeColumns } from '../../lib/export/rows/change-columns.ts';
import { listsInReceipt } from '../../lib/export/rows/list-names.ts';
import { snapshotsOf } from '../../lib/export/rows/lists.ts';
import { changesFileName, fileName, listsFileName } from '../../lib/export/files/file-name.ts';
import { formatById, graphFormatById, type ExportFormat } from '../../lib/export/formats.ts';
import type { ExportOrder } from '../../lib/export/jobs/job.ts';
import type { ExportJob } from '../../lib/export/jobs/job-request.ts';
import { receiptFor } from '../../lib/export/receipt/stored-receipt.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { collectedNothing, type Snapshot } from '../../lib/model/snapshot.ts';
import type { Store } from '../../lib/store/index.ts';
import { wellFormed } from '../../lib/well-formed.ts';

/** Replaced when the file has been written. */
const NO_DIGEST = '0'.repeat(64);

/** What is not known before a file is written. */
const NO_FILE = { bytes: 0, sha256: NO_DIGEST, guarded: 0, cut: 0, idsOnly: 0, unavailable: 0 };

/** What depends on the kind of file. */
interface Planned {
  /** The list that the receipt is about. */
  readonly snapshot: Snapshot;
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** The names of several lists. */
  readonly names?: readonly string[];
  /** The lists of an archive. */
  readonly each?: readonly Snapshot[];
}

function namesOf(columns: readonly Column[]): readonly string[] {
  return columns.map(({ name }) => name);
}

/** A file of one list, or of the changes since another. */
async function planList(store: Store, order: ExportOrder, format: ExportFormat): Promise<Planned | null> {
  const snapshot = await store.snapshots.get(order.snapshotId);
  if (snapshot === undefined) return null;
  const { changesSince } = order;
  const since = changesSince === undefined ? undefined : await store.snapshots.get(changesSince.list);
  const rows = changesSince?.rows ?? order.chosen ?? snapshot.rows;
  const { platform, handleKey, relation } = snapshot;
  const others = await store.snapshots.ofProfile(platform, handleKey, relation);
  const options = {
    extension: format.extension,
    filtered: rows < snapshot.rows,
    others: others.filter((other) => other.id !== snapshot.id && !collectedNothing(other)),
  };
  return {
    snapshot,
    rows,
    name: since === undefined ? fileName(snapshot, options) : changesFileName(since, snapshot, options),
    columns: namesOf(changesSince === undefined ? columnsNamed(order.columns) : changeColumns),
  };
}

/** A table or a graph of several lists. Lists of different platforms have no accounts in common. */
async function planLists(
  store: Store,
  order: ExportOrder,
  ids: readonly SnapshotId[],
  { id, extension }: ExportFormat,
): Promise<Planned | null> {
  // Only whole lists are written into one file.
  if (order.chosen !== null || order.changesSince !== undefined) return null;
  const lists = await snapshotsOf(store, ids);
  const [newest] = lists;
  if (newest === undefined || lists.some(({ platform }) => platform !== newest.platform)) return null;
  const graph = graphFormatById(id);
  const rows = lists.reduce((sum, { rows }) => sum + rows, 0);
  const names = listsInReceipt(lists);
  if (order.each === true) {
    if (graph !== undefined) return null;
    const columns = namesOf(columnsNamed(order.columns));
    return {
      snapshot: newest,
      rows,
      name: listsFileName(lists, 'lists', 'zip'),
      columns,
      names,
      each: lists,
    };
  }
  return {
    snapshot: newest,
    rows,
    name: listsFileName(lists, graph?.fileKind ?? 'lists', extension),
    columns: graph === undefined ? namesOf(columnsNamed(order.columns, listsColumns)) : graph.columns,
    names,
  };
}

/** The files of an archive, each with a name of its own. */
async function partsOf(
  store: Store,
  lists: readonly Snapshot[],
  { columns }: Planned,
  { id: format, extension }: ExportFormat,
): Promise<NonNullable<ExportJob['parts']>> {
  const parts: NonNullable<ExportJob['parts']> = [];
  for (const list of lists) {
    const others = lists.filter(
      (other) =>
        other.id !== list.id && other.handleKey === list.handleKey && other.relation === list.relation,
    );
    const name = fileName(list, { extension, filtered: false, others });
    const isTaken = parts.some((part) => part.fileName === name);
    const unique = isTaken ? name.replace(/(\.[^.]+)$/, `_${list.id.slice(0, 8)}$1`) : name;
    const { rows } = list;
    const file = { ...NO_FILE, name: unique, format, rows, columns, filter: null, sort: null };
    parts.push({ list: list.id, fileName: unique, rows, receipt: await receiptFor(store, list, file) });
  }
  return parts;
}

/** @returns `null` if there is nothing to export. @throws ListDeletedError if one of several lists was deleted */
export async function jobOf(store: Store, order: ExportOrder): Promise<ExportJob | null> {
  const format = formatById(order.format);
  if (format === undefined) return null;
  // A graph of one list is no different from one of several.
  const lists = order.lists ?? (graphFormatById(format.id) === undefined ? null : [order.snapshotId]);
  const planned =
    lists === null ? await planList(store, order, format) : await planLists(store, order, lists, format);
  if (planned === null) return null;
  const { snapshot, name, rows, columns, names } = planned;
  const receipt = await receiptFor(store, snapshot, {
    ...NO_FILE,
    name,
    format: format.id,
    rows,
    columns,
    ...(names === undefined ? {} : { lists: names }),
    // The user's own text, in a form that every file format can contain.
    filter: order.filter === null ? null : wellFormed(order.filter),
    sort: order.sort === null ? null : wellFormed(order.sort),
  });
  const changed = { ...order, snapshotId: snapshot.id, ...(lists === null ? {} : { lists: [...lists] }) };
  const { each } = planned;
  const parts = each === undefined ? {} : { parts: await partsOf(store, each, planned, format) };
  return { order: changed, fileName: name, rows, receipt, ...parts };
}
