/** Encodes the graph of one or more lists as the bytes of a file. */
import { LoadedColumns } from '../../lists/loaded.ts';
import { extentOf } from '../../lists/extent.ts';
import type { EncodeGraph } from '../graph.ts';
import { noRemarks, type FileRemarks } from '../format.ts';
import { Output } from '../encoding/byte-buffer.ts';
import { graphOf } from '../rows/graph.ts';
import { readSeveralLists } from '../rows/lists.ts';
import { DetailCount } from '../rows/missing-details.ts';
import type { WriteListOptions } from './write-list.ts';

export interface WriteGraphOptions extends Pick<
  WriteListOptions,
  'store' | 'job' | 'target' | 'signal' | 'onProgress'
> {
  readonly encode: EncodeGraph;
}

/**
 * Writes the graph of the lists of an order.
 * @throws ListDeletedError if a list is deleted meanwhile; the signal's reason if it aborts; the target's errors
 */
export async function writeGraph(options: WriteGraphOptions): Promise<FileRemarks> {
  const { store, job, encode, signal, onProgress } = options;
  const { order, receipt, rows } = job;
  const several = await readSeveralLists(store, order.lists ?? [order.snapshotId], signal);
  const details = new DetailCount();
  const graph = graphOf(store, several, {
    day: receipt.written_at.slice(0, 10),
    signal,
    onAccounts: (batch) => {
      details.add(batch);
    },
  });
  const listed = several.lists.reduce((sum, { numbers }) => sum + numbers.length, 0);
  let written = 0;
  /** Passes batches on, and reports how much of the file is written, as a share of the accounts. */
  async function* counted<T>(
    batches: AsyncIterable<readonly T[]>,
    count: (length: number) => void,
  ): AsyncGenerator<readonly T[]> {
    for await (const batch of batches) {
      signal.throwIfAborted();
      yield batch;
      count(batch.length);
      written += batch.length;
      await onProgress(Math.floor(rows * Math.min(1, written / (graph.nodeCount + listed))));
    }
  }
  let edges = 0;
  const output = new Output(options.target);
  await encode(
    {
      ...graph,
      nodes: () => counted(graph.nodes(), () => undefined),
      edges: () =>
        counted(graph.edges(), (length) => {
          edges += length;
        }),
    },
    output,
  );
  signal.throwIfAborted();
  output.flush();
  const [newest] = several.lists;
  const follow =
    newest === undefined
      ? { pages: 0, problem: null }
      : await new LoadedColumns(store, newest.snapshot.id).followBasis(extentOf(newest.snapshot), signal);
  return { ...noRemarks, ...details.counts(), follow, accounts: graph.nodeCount, edges };
}
