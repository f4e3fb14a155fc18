/**
 * Reading one list from a page of ours. Accounts come straight from the pages, so that the first are there at once;
 * order, search and filters are the work of a dedicated worker, which begins with the first question.
 */
import type { SnapshotId } from '../model/ids.ts';
import type { Store } from '../store/index.ts';
import { extentOf, type Extent } from './extent.ts';
import { answerSchema, type Request } from './protocol.ts';
import { isFiltering, type ListQuery } from './query.ts';
import { Rows, type ListedAccount } from './rows.ts';

/** The accounts that a query is about, in its order. */
export interface View {
  readonly count: number;
  /** Whether this is all; if not, more is still being found. */
  readonly done: boolean;
  /** Whether it is the whole list in the platform's own order. */
  readonly isWhole: boolean;
  /** The list positions from the `from`th up to, not including, the `to`th account of the view. */
  slice(from: number, to: number): Uint32Array;
  /** All list positions, in the view's order. Not to be changed. */
  positions(): Uint32Array;
  /** Where in the view the account of a list position is; -1 where it is not. */
  indexOf(position: number): number;
}

export interface QueryOptions {
  readonly signal: AbortSignal;
  /** Told of what is found: first of some, then of all; and again after a {@link Reader.refresh}. */
  readonly onChange: (view: View) => void;
  /** Told when it cannot be answered. */
  readonly onError: (error: Error) => void;
}

export interface Reader {
  /** Accounts taken in so far; 0 before the first {@link refresh}. */
  readonly count: number;
  /** The accounts at some list positions, in the order asked for; without those that the list does not have. */
  rows(positions: readonly number[] | Uint32Array): Promise<ListedAccount[]>;
  /** Asks which accounts to show. A newer question ends this one, as its signal does. */
  query(query: ListQuery, options: QueryOptions): void;
  /** Makes ready for quick answers, where something is missing for them. Cheap when nothing is. */
  prepare(): void;
  /** Takes in what was collected and completed meanwhile, and answers the question once more. @returns the new count */
  refresh(): Promise<number>;
  close(): void;
}

/** What the reader needs of a worker. */
export type ReaderPort = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

function startWorker(): ReaderPort {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
}

interface Question extends QueryOptions {
  readonly ask: number;
  readonly query: ListQuery;
  readonly count: number;
}

/**
 * Opens a list for reading. Nothing is read before it is asked for: the first {@link Reader.refresh} says how many
 * accounts there are.
 *
 * @param start starts what answers questions
 */
export function openReader(
  store: Pick<Store, 'pages' | 'snapshots'>,
  id: SnapshotId,
  start: () => ReaderPort = startWorker,
): Reader {
  const rows = new Rows(store.pages, id);
  let extent: Extent = { rows: 0, filled: 0, ended: false };
  let port: ReaderPort | null = null;
  let asked = 0;
  let question: Question | null = null;

  function failed(message: string): void {
    if (question === null) console.error(message);
    else question.onError(new Error(message));
    question = null;
  }

  function opened(): ReaderPort {
    if (port !== null) return port;
    const started = start();
    started.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      receive(data);
    });
    started.addEventListener('error', (event) => {
      failed('message' in event && event.message !== '' ? event.message : 'The list could not be read.');
    });
    port = started;
    tell({ kind: 'open', snapshotId: id });
    return started;
  }

  function tell(request: Request): void {
    opened().postMessage(request);
  }

  function receive(data: unknown): void {
    const answer = answerSchema.parse(data);
    if (question?.ask !== answer.ask || question.signal.aborted) return;
    if (answer.kind === 'failed') {
      failed(answer.why);
      return;
    }
    const { positions, done } = answer;
    question.onChange(positions === null ? wholeView(question.count) : viewOf(positions, done));
  }

  function put(query: ListQuery, options: QueryOptions): void {
    asked += 1;
    const ask = asked;
    const before = question;
    question = { ...options, ask, query, count: extent.rows };
    if (query.sort === null && !isFiltering(query)) {
      if (before !== null && port !== null) tell({ kind: 'end', ask: before.ask });
      options.onChange(wholeView(extent.rows));
      return;
    }
    tell({ kind: 'query', ask, query, extent });
  }

  return {
    get count() {
      return extent.rows;
    },
    rows: (positions) => rows.at(positions),
    query(query, options) {
      if (options.signal.aborted) return;
      put(query, options);
      const onAbort = (): void => {
        if (question?.signal !== options.signal) return;
        const { ask } = question;
        question = null;
        if (port !== null) tell({ kind: 'end', ask });
      };
      options.signal.addEventListener('abort', onAbort, { once: true });
    },
    prepare() {
      tell({ kind: 'prepare' });
    },
    async refresh() {
      const now = await store.snapshots.get(id);
      if (now === undefined) return extent.rows;
      // Pages never change; only accounts that came as ids alone are completed later.
      if (extent.filled < extent.rows) rows.clear();
      extent = extentOf(now);
      if (question !== null) put(question.query, question);
      return extent.rows;
    },
    close() {
      question = null;
      port?.terminate();
      port = null;
    },
  };
}

function wholeView(count: number): View {
  const slice = (from: number, to: number): Uint32Array => {
    const first = Math.max(0, from);
    return Uint32Array.from({ length: Math.max(0, Math.min(to, count) - first) }, (_, at) => first + at);
  };
  return {
    count,
    done: true,
    isWhole: true,
    slice,
    positions: () => slice(0, count),
    indexOf: (position) => (position < count ? position : -1),
  };
}

function viewOf(positions: Uint32Array, done: boolean): View {
  return {
    count: positions.length,
    done,
    isWhole: false,
    slice: (from, to) => positions.subarray(Math.max(0, from), Math.max(0, to)),
    positions: () => positions,
    indexOf: (position) => positions.indexOf(position),
  };
}
