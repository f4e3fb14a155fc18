/**
 * Reads one list for an extension page. Accounts come straight from the stored pages, so that the first appear
 * immediately. A dedicated worker does sorting, search, and filters. It starts with the first query.
 */
import type { AudienceOptions, AudiencePart } from '../insight/answers.ts';
import type { FollowAnswer } from '../model/follow-times.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Elsewhere } from '../sets/elsewhere.ts';
import type { FindProgress, WantedAccount } from '../sets/find-account.ts';
import type { OnRead, Overlap } from '../sets/overlap.ts';
import type { Changes, ComparedPair } from '../sets/summary.ts';
import type { Store } from '../store/index.ts';
import type { Snapshots } from '../store/snapshots.ts';
import type { WorkerName } from '../worker-names.ts';
import { extentOf, type Extent } from './extent.ts';
import { responseSchema, type Request, type Response } from './protocol.ts';
import { isFiltering, type ListQuery } from './query.ts';
import { Rows, type ListedAccount } from './rows.ts';

/** The accounts that a query found, in its order. */
export interface View {
  readonly count: number;
  /** Whether the view is complete; if not, the query is still running. */
  readonly done: boolean;
  /** Whether the view is the whole list in the platform's own order. */
  readonly isWhole: boolean;
  /** How many accounts are last because the value by which they are sorted is unknown. */
  readonly unknown: number;
  /** The list positions of the accounts `from` (inclusive) to `to` (exclusive) of the view. */
  slice(from: number, to: number): Uint32Array;
  /** All list positions, in the view's order. Must not be changed. */
  positions(): Uint32Array;
  /** The index of a list position in the view; -1 if the view does not contain it. */
  indexOf(position: number): number;
}

export interface QueryOptions {
  readonly signal: AbortSignal;
  /** Called with partial results, then with the complete result, and again after a {@link Reader.refresh}. */
  readonly onChange: (view: View) => void;
  /** Called if the query fails. */
  readonly onError: (error: Error) => void;
}

export interface DescriptionOptions {
  readonly signal: AbortSignal;
  /** Called with each part when it is ready, and again after a {@link Reader.refresh}. */
  readonly onPart: (part: AudiencePart) => void;
  /** Called if the audience can't be described. */
  readonly onError: (error: Error) => void;
}

export interface Reader {
  /** The number of accounts as of the latest {@link refresh}; 0 before the first. */
  readonly count: number;
  /** The accounts at these list positions, in the given order, without positions that the list does not have. */
  rows(positions: readonly number[] | Uint32Array): Promise<ListedAccount[]>;
  /** Starts a query. A newer query ends this one, as does its signal. */
  query(query: ListQuery, options: QueryOptions): void;
  /**
   * Describes the accounts that a query finds, in any order. A newer description ends this one, as does its signal; a
   * {@link query} doesn't.
   */
  describe(query: ListQuery, audience: AudienceOptions, options: DescriptionOptions): void;
  /**
   * When the accounts at these list positions followed, in the given order, and what that is based on. It never resolves
   * if the reader is closed first.
   */
  followTimes(positions: readonly number[]): Promise<FollowAnswer>;
  /**
   * Compares two lists of the same profile and relation, in any order. It never resolves if the reader is closed first,
   * or the signal aborts.
   */
  compare(lists: ComparedPair, signal: AbortSignal): Promise<Changes>;
  /**
   * Compares 2 to 20 lists of one platform; this list doesn't have to be one of them. It may never resolve, like
   * {@link compare}.
   */
  overlap(lists: readonly SnapshotId[], onRead: OnRead, signal: AbortSignal): Promise<Overlap>;
  /** Finds an account in all lists; this list doesn't have to contain it. It may never resolve, like {@link compare}. */
  find(wanted: WantedAccount, onFound: (progress: FindProgress) => void, signal: AbortSignal): Promise<void>;
  /** The other lists that contain the account at a list position, newest first. It may never resolve, like {@link compare}. */
  elsewhere(position: number, signal: AbortSignal): Promise<readonly Elsewhere[]>;
  /** Builds missing derived columns, so that later queries are fast. Cheap if none are missing. */
  prepare(): void;
  /** Includes accounts collected or completed in the meantime, and runs the query again. @returns the new count */
  refresh(): Promise<number>;
  close(): void;
}

/** The part of a worker that the reader uses. */
export type ReaderPort = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

function startWorker(): ReaderPort {
  const name: WorkerName = 'list';
  return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module', name });
}

interface ActiveQuery extends QueryOptions {
  readonly queryId: number;
  readonly query: ListQuery;
  /** The number of accounts in the list when the query started. */
  readonly count: number;
}

interface ActiveDescription extends DescriptionOptions {
  readonly queryId: number;
  readonly query: ListQuery;
  readonly audience: AudienceOptions;
}

/** A response to a request with a number. */
type AnswerKind = Extract<Response, { requestId: number }>['kind'];
type Progress = Extract<Response, { kind: 'overlapping' | 'finding' }>;
interface PendingRequest extends Pick<PromiseWithResolvers<Response>, 'resolve'> {
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

function isOfKind<Kind extends AnswerKind>(
  response: Response,
  kind: Kind,
): response is Extract<Response, { kind: Kind }> {
  return response.kind === kind;
}

class ListReader implements Reader {
  readonly #snapshots: Pick<Snapshots, 'get'>;
  readonly #id: SnapshotId;
  readonly #start: () => ReaderPort;
  readonly #rows: Rows;
  #extent: Extent = { rows: 0, filled: 0, ended: false };
  #port: ReaderPort | null = null;
  #queryCount = 0;
  #active: ActiveQuery | null = null;
  #described: ActiveDescription | null = null;
  readonly #requests = new Map<number, PendingRequest>();

  constructor(store: Pick<Store, 'pages' | 'snapshots'>, id: SnapshotId, start: () => ReaderPort) {
    this.#snapshots = store.snapshots;
    this.#id = id;
    this.#start = start;
    this.#rows = new Rows(store.pages, id);
  }

  get count(): number {
    return this.#extent.rows;
  }

  rows(positions: readonly number[] | Uint32Array): Promise<ListedAccount[]> {
    return this.#rows.at(positions);
  }

  query(query: ListQuery, options: QueryOptions): void {
    const { signal } = options;
    if (signal.aborted) return;
    this.#run(query, options);
    const onAbort = (): void => {
      if (this.#active?.signal !== signal) return;
      const { queryId } = this.#active;
      this.#active = null;
      if (this.#port !== null) this.#send({ kind: 'end', queryId });
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }

  describe(query: ListQuery, audience: AudienceOptions, options: DescriptionOptions): void {
    const { signal } = options;
    if (signal.aborted) return;
    this.#queryCount += 1;
    const queryId = this.#queryCount;
    this.#described = { ...options, queryId, query, audience };
    this.#send({ kind: 'describe', queryId, query, extent: this.#extent, options: audience });
    const onAbort = (): void => {
      if (this.#described?.signal !== signal) return;
      const { queryId: ended } = this.#described;
      this.#described = null;
      if (this.#port !== null) this.#send({ kind: 'endDescription', queryId: ended });
    };
    signal.addEventListener('abort', onAbort, { once: true });
  }

  async followTimes(positions: readonly number[]): Promise<FollowAnswer> {
    const response = await this.#ask(
      (requestId) => ({ kind: 'follow', requestId, positions: [...positions], extent: this.#extent }),
      'followed',
    );
    return { times: response.times, basis: response.basis };
  }

  async compare([one, other]: ComparedPair, signal: AbortSignal): Promise<Changes> {
    const request = (requestId: number): Request => ({ kind: 'compare', requestId, lists: [one, other] });
    return (await this.#ask(request, 'compared', signal)).changes;
  }

  async overlap(lists: readonly SnapshotId[], onRead: OnRead, signal: AbortSignal): Promise<Overlap> {
    const request = (requestId: number): Request => ({ kind: 'overlap', requestId, lists: [...lists] });
    const onProgress = (progress: Progress): void => {
      onRead(progress.read);
    };
    return (await this.#ask(request, 'overlapped', signal, onProgress)).overlap;
  }

  async find(
    wanted: WantedAccount,
    onFound: (progress: FindProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const onProgress = (progress: Progress): void => {
      if (progress.kind === 'finding') onFound(progress);
    };
    await this.#ask((requestId) => ({ kind: 'find', requestId, wanted }), 'foundAll', signal, onProgress);
  }

  async elsewhere(position: number, signal: AbortSignal): Promise<readonly Elsewhere[]> {
    const request = (requestId: number): Request => ({ kind: 'elsewhere', requestId, position });
    return (await this.#ask(request, 'foundElsewhere', signal)).lists;
  }

  prepare(): void {
    this.#send({ kind: 'prepare' });
  }

  async refresh(): Promise<number> {
    const now = await this.#snapshots.get(this.#id);
    if (now === undefined) return this.#extent.rows;
    // Pages never change. Only accounts of which just the ID was known are completed later.
    if (this.#extent.filled < this.#extent.rows) this.#rows.clear();
    this.#extent = extentOf(now);
    if (this.#active !== null) this.#run(this.#active.query, this.#active);
    if (this.#described !== null) {
      this.describe(this.#described.query, this.#described.audience, this.#described);
    }
    return this.#extent.rows;
  }

  close(): void {
    this.#active = null;
    this.#described = null;
    this.#port?.terminate();
    this.#port = null;
  }

  #run(query: ListQuery, options: QueryOptions): void {
    this.#queryCount += 1;
    const queryId = this.#queryCount;
    const extent = this.#extent;
    const previous = this.#active;
    this.#active = { ...options, queryId, query, count: extent.rows };
    if (query.sort === null && !isFiltering(query)) {
      if (previous !== null && this.#port !== null) this.#send({ kind: 'end', queryId: previous.queryId });
      options.onChange(wholeView(extent.rows));
      return;
    }
    this.#send({ kind: 'query', queryId, query, extent });
  }

  /** Sends a request that is independent of queries. @throws Error if it can't be answered */
  async #ask<Kind extends AnswerKind>(
    request: (requestId: number) => Request,
    kind: Kind,
    signal?: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ): Promise<Extract<Response, { kind: Kind }>> {
    this.#queryCount += 1;
    const requestId = this.#queryCount;
    const pending = Promise.withResolvers<Response>();
    this.#requests.set(requestId, { resolve: pending.resolve, onProgress });
    signal?.addEventListener('abort', () => {
      if (this.#requests.delete(requestId) && this.#port !== null)
        this.#send({ kind: 'endRequest', requestId });
    });
    this.#send(request(requestId));
    const response = await pending.promise;
    if (!isOfKind(response, kind))
      throw new Error(response.kind === 'unanswered' ? response.why : response.kind);
    return response;
  }

  #send(request: Request): void {
    this.#openPort().postMessage(request);
  }

  #openPort(): ReaderPort {
    if (this.#port !== null) return this.#port;
    const port = this.#start();
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      this.#receive(data);
    });
    port.addEventListener('error', (event) => {
      const hasMessage = 'message' in event && event.message !== '';
      const why = hasMessage ? event.message : 'The list could not be read.';
      // A worker that failed may answer nothing.
      for (const [requestId, { resolve }] of this.#requests) resolve({ kind: 'unanswered', requestId, why });
      this.#requests.clear();
      this.#fail(why);
    });
    this.#port = port;
    this.#send({ kind: 'open', snapshotId: this.#id });
    return port;
  }

  #receive(data: unknown): void {
    const response = responseSchema.parse(data);
    if (response.kind === 'overlapping' || response.kind === 'finding') {
      this.#requests.get(response.requestId)?.onProgress?.(response);
      return;
    }
    if ('requestId' in response) {
      this.#requests.get(response.requestId)?.resolve(response);
      this.#requests.delete(response.requestId);
      return;
    }
    if (response.kind === 'described' || response.kind === 'undescribed') {
      const described = this.#described;
      if (described?.queryId !== response.queryId || described.signal.aborted) return;
      if (response.kind === 'described') described.onPart(response.part);
      else described.onError(new Error(response.why));
      return;
    }
    const active = this.#active;
    if (active?.queryId !== response.queryId || active.signal.aborted) return;
    if (response.kind === 'failed') {
      this.#fail(response.why);
      return;
    }
    const { positions, done, unknown } = response;
    active.onChange(positions === null ? wholeView(active.count) : viewOf(positions, done, unknown));
  }

  /** Reports an error of the worker, or of the query. */
  #fail(message: string): void {
    if (this.#active === null) console.error(message);
    else this.#active.onError(new Error(message));
    this.#active = null;
  }
}

/**
 * Opens a list for reading. Nothing is read until the first {@link Reader.refresh}, which returns the number of accounts.
 * @param start starts the worker
 */
export function openReader(
  store: Pick<Store, 'pages' | 'snapshots'>,
  id: SnapshotId,
  start: () => ReaderPort = startWorker,
): Reader {
  return new ListReader(store, id, start);
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
    unknown: 0,
    slice,
    positions: () => slice(0, count),
    indexOf: (position) => (position < count ? position : -1),
  };
}

function viewOf(positions: Uint32Array, done: boolean, unknown: number): View {
  return {
    count: positions.length,
    done,
    isWhole: false,
    unknown,
    slice: (from, to) => positions.subarray(Math.max(0, from), Math.max(0, to)),
    positions: () => positions,
    indexOf: (position) => positions.indexOf(position),
  };
}
