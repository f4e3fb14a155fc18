/** The loops that execute runs step by step: one for each provider, because its runs share a key. */
import { batchesIn } from '../store/batches.ts';
import type { StorageError, RunError } from '../model/error.ts';
import type { ProviderId, SnapshotId } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { storageErrorOf } from '../store/storage-error.ts';
import type { Context } from './context.ts';
import { reduce } from './machine/reduce.ts';
import { needsOtherProvider, nextRun, RESTART_AFTER, waitsForStorage } from './scheduling.ts';
import { KnownAccounts } from './known-accounts.ts';
import { Seen } from './seen-accounts.ts';
import { step } from './step.ts';
import { requestPage, type NextPage, type StepInput, type StepResult } from './request-page.ts';

/** Shorter waits stay in the loop. Longer ones end it, and the alarm continues. Milliseconds. */
const LONGEST_PAUSE = 25_000;
/** Longer than a background lives after its termination has begun. Milliseconds. */
const TERMINATING = 1000;

/** Whether a run continues or has ended after a step, so that its provider works. */
function isFine({ state: { kind } }: Snapshot): boolean {
  return kind === 'running' || kind === 'ended';
}

/** Executes the runs of one provider until none can continue. */
class ProviderLoop {
  /** Set when something happened that the loop may not have read yet. */
  #isStale = false;
  #endPause: () => void = () => undefined;
  readonly #abort = new AbortController();
  readonly #context: Context;
  readonly #provider: ProviderId;
  #seen: { readonly id: SnapshotId; readonly of: Promise<Seen> } | null = null;
  #known: { readonly id: SnapshotId; readonly of: Promise<KnownAccounts> } | null = null;
  /** When the provider last returned a useful response, epoch milliseconds. */
  #workedAt = -Infinity;
  /** Passed on once the next request has been sent, which need not wait for what others do with it. */
  #unreported: Snapshot | undefined;

  constructor(context: Context, provider: ProviderId) {
    this.#context = context;
    this.#provider = provider;
  }

  /** Whether something happened that the loop did not read before it ended. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Reads the runs again before the next step, and now if the loop is paused. */
  recheck(): void {
    this.#isStale = true;
    this.#endPause();
  }

  /** Aborts the request in progress. */
  abort(): void {
    this.#abort.abort();
    this.#endPause();
  }

  /** Only for the owner of the provider's lock: every entry of the ledger that is still `sent` was interrupted. */
  async run(): Promise<void> {
    const { options, adapterOf } = this.#context;
    const { store, now } = options;
    await store.money.settleInterrupted(
      this.#provider,
      now(),
      (entry) => (snapshot) => reduce(snapshot, { kind: 'interrupted', reserve: entry.reserved }, now()),
    );
    const adapter = adapterOf(this.#provider);
    await this.#blockUnsupported(adapter);
    if (adapter === undefined) return;
    await this.#continueIfStorageWorks();
    this.#workedAt = await this.#lastEnd();
    try {
      await this.#execute(adapter);
    } finally {
      this.#reportChange();
    }
  }

  async #execute(adapter: Adapter): Promise<void> {
    let next: { readonly page: NextPage; readonly input: StepInput } | null = null;
    for (;;) {
      let input: StepInput;
      let result: Promise<StepResult>;
      if (next === null) {
        this.#reportChange();
        const planned = await this.#nextInput(adapter);
        if (planned === null) return;
        input = planned;
        result = step(this.#context.environment, input);
      } else {
        ({ input } = next);
        result = requestPage(next.page, input);
        this.#reportChange();
      }
      const { snapshot, nextPage } = await result;
      // The step was written, so the storage works.
      this.#context.storage.report(null);
      this.#unreported = snapshot;
      if (snapshot !== undefined && isFine(snapshot)) this.#workedAt = this.#context.options.now();
      next = nextPage === null ? null : { page: nextPage, input };
    }
  }

  #reportChange(): void {
    const snapshot = this.#unreported;
    this.#unreported = undefined;
    if (snapshot !== undefined) this.#context.options.changed(snapshot);
  }

  /** The run that is next, after short waits; `null` if none can continue soon. */
  async #nextInput(adapter: Adapter): Promise<StepInput | null> {
    const { now } = this.#context.options;
    for (;;) {
      // What happens from here on is not in what is read now.
      this.#isStale = false;
      const at = now();
      const next = nextRun(await this.#context.runsOf(this.#provider), at, this.#workedAt);
      if (next === null) return null;
      if (next.kind === 'run') return this.#inputFor(next.snapshot, adapter, next.until);
      if (await this.#continueIfOnline()) continue;
      if (next.until - now() > LONGEST_PAUSE) return null;
      await this.#pause(next.until - now());
    }
  }

  /** When a run of the batches that aren't finished last ended. Another background may have executed it. */
  async #lastEnd(): Promise<number> {
    const { store } = this.#context.options;
    const runs = await this.#context.runsOf(this.#provider);
    const batches = new Set(runs.flatMap(({ batch }) => batch ?? []));
    return batches.size === 0 ? -Infinity : batchesIn(store).lastEndOf([...batches]);
  }

  #inputFor(snapshot: Snapshot, adapter: Adapter, until: number): StepInput {
    const { store, now } = this.#context.options;
    return {
      snapshot,
      adapter,
      seen: () => {
        if (this.#seen?.id !== snapshot.id) {
          this.#seen = { id: snapshot.id, of: Seen.of(store.pages, snapshot.id) };
        }
        return this.#seen.of;
      },
      known: () => this.#knownOf(snapshot),
      signal: this.#abort.signal,
      mayFollow: () => !this.#isStale && now() < until,
    };
  }

  /** Read once: the earlier list of an update can have a million accounts. */
  async #knownOf({ id, update }: Snapshot): Promise<KnownAccounts | null> {
    if (update === undefined) return null;
    if (this.#known?.id !== id)
      this.#known = { id, of: KnownAccounts.of(this.#context.options.store.pages, id) };
    return this.#known.of;
  }

  #pause(milliseconds: number): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#endPause = resolve;
    });
    return Promise.race([this.#context.options.sleep(milliseconds), ended]);
  }

  async #blockUnsupported(adapter: Adapter | undefined): Promise<void> {
    for (const snapshot of await this.#context.runsOf(this.#provider)) {
      if (!needsOtherProvider(snapshot, adapter)) continue;
      await this.#context.apply(snapshot.id, { kind: 'blocked', trouble: { kind: 'unknown-provider' } });
    }
  }

  /** Runs that a storage error stopped continue when it works: this change is the proof. */
  async #continueIfStorageWorks(): Promise<void> {
    const { apply, runsOf, storage } = this.#context;
    for (const { id, state } of await runsOf(this.#provider)) {
      if (waitsForStorage(state) && (await storage.hasRoom())) await apply(id, { kind: 'storage-works' });
    }
  }

  /** Runs that waited for the network continue if there is a connection. @returns whether any did */
  async #continueIfOnline(): Promise<boolean> {
    const { options, apply, runsOf } = this.#context;
    if (!options.online()) return false;
    let any = false;
    for (const { id, state } of await runsOf(this.#provider)) {
      if (state.kind !== 'waiting' || state.trouble.kind !== 'offline') continue;
      await apply(id, { kind: 'online' });
      any = true;
    }
    return any;
  }
}

interface RunningLoop {
  readonly loop: ProviderLoop;
  readonly done: Promise<StorageError | null>;
}

export class Loops {
  readonly #context: Context;
  readonly #running = new Map<ProviderId, RunningLoop>();

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * Executes a provider's runs until none can continue. If its loop is running already, that reads the runs again.
   * @returns the storage error that the loop ended with, if any
   */
  run(provider: ProviderId): Promise<StorageError | null> {
    const running = this.#running.get(provider);
    if (running !== undefined) {
      running.loop.recheck();
      return running.done;
    }
    const { promise: done, resolve, reject } = Promise.withResolvers<StorageError | null>();
    const loop = new ProviderLoop(this.#context, provider);
    this.#running.set(provider, { loop, done });
    this.#runLocked(provider, loop)
      .finally(() => {
        this.#running.delete(provider);
      })
      .then((storageError) => (loop.isStale ? this.run(provider) : storageError))
      .then(resolve, reject);
    return done;
  }

  /** Aborts what is in progress. Resolves when nothing more is sent or written. */
  async abortAll(): Promise<void> {
    const running = Array.from(this.#running.values());
    for (const { loop } of running) loop.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  async #runLocked(provider: ProviderId, loop: ProviderLoop): Promise<StorageError | null> {
    const { options } = this.#context;
    await options.setAlarm(options.now() + RESTART_AFTER);
    const release = options.keepAlive();
    try {
      await options.withLock(`collect:${provider}`, () => loop.run());
      return null;
    } catch (error) {
      return await this.#block(provider, error);
    } finally {
      release();
    }
  }

  /** After an internal error, most likely of the storage: blocks the runs that it stopped, if that can be written. */
  async #block(provider: ProviderId, error: unknown): Promise<StorageError | null> {
    const { options, apply, runsOf, storage } = this.#context;
    const storageError = storage.errorOf(error);
    const name = storageError ?? (error instanceof Error ? error.name : 'Error');
    console.error(`A collection failed: ${name}`, error);
    if (storageError !== null) storage.report(storageError);
    options.store.tryOpeningAgain();
    // While a browser terminates the background, its calls fail before the code stops. That is not the run's error.
    if (storageError === null) await options.sleep(TERMINATING);
    const blocked: RunError = { kind: 'storage', name };
    try {
      for (const { id } of await runsOf(provider)) await apply(id, { kind: 'blocked', trouble: blocked });
    } catch (unwritten) {
      // The runs are still stored as running, so the alarm continues them. The error is reported already.
      if (storageErrorOf(unwritten) === null) throw unwritten;
      console.warn('Could not mark the runs as blocked.', unwritten);
    }
    return storageError;
  }
}
