/** The worker's side of reading a list. It runs one query at a time, the newest. */
import type { SnapshotId } from '../model/ids.ts';
import type { Store } from '../store/index.ts';
import { deriveMissing } from './derive.ts';
import { Engine } from './engine.ts';
import { requestSchema, type Request, type Response } from './protocol.ts';

/** How long columns stay in memory after the last query, milliseconds. */
const RELEASE_AFTER = 120_000;

export interface ListServer {
  /** Handles a message. @throws ZodError if it is invalid */
  readonly receive: (message: unknown) => void;
}

type Respond = (response: Response, transfer: readonly ArrayBuffer[]) => void;

class Server implements ListServer {
  readonly #store: Store;
  readonly #respond: Respond;
  #opened: { readonly id: SnapshotId; readonly engine: Engine } | null = null;
  #current: { readonly queryId: number; readonly controller: AbortController } | null = null;
  #description: { readonly queryId: number; readonly controller: AbortController } | null = null;
  /** Comparisons and searches for an account that are running. */
  readonly #requests = new Map<number, AbortController>();
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;
  /** Whether derived columns may be missing. */
  #needsPreparation = false;
  #preparation: AbortController | null = null;

  constructor(store: Store, respond: Respond) {
    this.#store = store;
    this.#respond = respond;
  }

  receive(message: unknown): void {
    const request = requestSchema.parse(message);
    switch (request.kind) {
      case 'open':
        this.#opened = { id: request.snapshotId, engine: new Engine(this.#store, request.snapshotId) };
        return;
      case 'query':
        void this.#query(request);
        return;
      case 'end':
        if (this.#current?.queryId === request.queryId) this.#endQuery();
        return;
      case 'describe':
        void this.#describe(request);
        return;
      case 'endDescription':
        if (this.#description?.queryId === request.queryId) this.#endDescription();
        return;
      case 'follow':
        void this.#answer(request, async (engine, signal) => ({
          kind: 'followed',
          requestId: request.requestId,
          ...(await engine.followTimes(request.positions, request.extent, signal)),
        }));
        return;
      case 'compare':
        void this.#answer(request, async (engine, signal) => ({
          kind: 'compared',
          requestId: request.requestId,
          changes: await engine.compare(request.lists, signal),
        }));
        return;
      case 'overlap':
        void this.#overlap(request);
        return;
      case 'find':
        void this.#find(request);
        return;
      case 'elsewhere':
        void this.#answer(request, async (engine, signal) => ({
          kind: 'foundElsewhere',
          requestId: request.requestId,
          lists: [...(await engine.elsewhere(request.position, signal))],
        }));
        return;
      case 'endRequest':
        this.#requests.get(request.requestId)?.abort();
        return;
      case 'prepare':
        this.#needsPreparation = true;
        void this.#prepare();
        return;
    }
  }

  async #query({ queryId, query, extent }: Extract<Request, { kind: 'query' }>): Promise<void> {
    if (this.#opened === null) throw new Error('No list is open.');
    this.#endQuery();
    clearTimeout(this.#releaseTimer);
    // A query builds the columns that it needs. Doing both at once would be slower.
    this.#preparation?.abort();
    const { engine } = this.#opened;
    const controller = new AbortController();
    const { signal } = controller;
    this.#current = { queryId, controller };
    try {
      for await (const { positions, done, unknown } of engine.find(query, extent, signal)) {
        if (signal.aborted) return;
        const transfer = positions === null ? [] : [positions.buffer];
        this.#respond({ kind: 'found', queryId, positions, done, unknown }, transfer);
      }
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#respond({ kind: 'failed', queryId, why }, []);
    } finally {
      if (this.#isNewest(queryId)) this.#becomeIdle(engine);
    }
  }

  /** Responds to a request that is independent of queries. */
  async #answer(
    { requestId }: { readonly requestId: number },
    responseOf: (engine: Engine, signal: AbortSignal) => Promise<Response>,
  ): Promise<void> {
    if (this.#opened === null) throw new Error('No list is open.');
    const { engine } = this.#opened;
    const controller = new AbortController();
    const { signal } = controller;
    this.#requests.set(requestId, controller);
    try {
      const response = await responseOf(engine, signal);
      if (!signal.aborted) this.#respond(response, []);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#respond({ kind: 'unanswered', requestId, why }, []);
    } finally {
      this.#requests.delete(requestId);
    }
  }

  async #overlap({ requestId, lists }: Extract<Request, { kind: 'overlap' }>): Promise<void> {
    const onRead = (read: number): void => {
      this.#respond({ kind: 'overlapping', requestId, read }, []);
    };
    await this.#answer({ requestId }, async (engine, signal) => ({
      kind: 'overlapped',
      requestId,
      overlap: await engine.overlap(lists, onRead, signal),
    }));
  }

  async #find({ requestId, wanted }: Extract<Request, { kind: 'find' }>): Promise<void> {
    await this.#answer({ requestId }, async (engine, signal) => {
      for await (const { read, of, found } of engine.findAccount(wanted, signal)) {
        this.#respond({ kind: 'finding', requestId, read, of, found: [...found] }, []);
      }
      return { kind: 'foundAll', requestId };
    });
  }

  async #describe(request: Extract<Request, { kind: 'describe' }>): Promise<void> {
    if (this.#opened === null) throw new Error('No list is open.');
    this.#endDescription();
    clearTimeout(this.#releaseTimer);
    this.#preparation?.abort();
    const { engine } = this.#opened;
    const { queryId, query, options, extent } = request;
    const controller = new AbortController();
    const { signal } = controller;
    this.#description = { queryId, controller };
    try {
      for await (const part of engine.describe(query, options, extent, signal)) {
        if (signal.aborted) return;
        const transfer = part.part === 'fingerprint' ? [part.fingerprint.density.buffer] : [];
        this.#respond({ kind: 'described', queryId, part }, transfer);
      }
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      this.#respond({ kind: 'undescribed', queryId, why }, []);
    } finally {
      if (this.#isNewestDescription(queryId)) this.#becomeIdle(engine);
    }
  }

  #isNewestDescription(queryId: number): boolean {
    return this.#description === null || this.#description.queryId === queryId;
  }

  #endDescription(): void {
    this.#description?.controller.abort();
    this.#description = null;
  }

  #endQuery(): void {
    this.#current?.controller.abort();
    this.#current = null;
  }

  #isNewest(queryId: number): boolean {
    return this.#current === null || this.#current.queryId === queryId;
  }

  #becomeIdle(engine: Engine): void {
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => {
      engine.release();
    }, RELEASE_AFTER);
    void this.#prepare();
  }

  async #prepare(): Promise<void> {
    if (this.#opened === null || !this.#needsPreparation) return;
    this.#preparation?.abort();
    const controller = new AbortController();
    this.#preparation = controller;
    try {
      await deriveMissing(this.#store, this.#opened.id, controller.signal);
      this.#needsPreparation = false;
    } catch (error) {
      if (controller.signal.aborted) return;
      // Queries build what they need and report their own errors.
      this.#needsPreparation = false;
      console.warn('Could not build derived columns.', error instanceof Error ? error.message : '');
    }
  }
}

/** @param respond gets each response, and the buffers to transfer instead of copying them */
export function createListServer(store: Store, respond: Respond): ListServer {
  return new Server(store, respond);
}
