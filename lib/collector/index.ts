/**
 * The collector: turns a click into a snapshot, page by page. Every start of the background calls {@link Collector.wake}.
 */
import { createBatchCommands } from './batches.ts';
import { createCommands } from './commands.ts';
import { createContext } from './context.ts';
import type { CollectorOptions } from './environment.ts';
import { Loops } from './loop.ts';
import { reduce } from './machine/reduce.ts';
import { nextAlarm } from './scheduling.ts';

export type Collector = ReturnType<typeof createCollector>;

export function createCollector(options: CollectorOptions) {
  const { store, now } = options;
  const context = createContext(options);
  const loops = new Loops(context);
  const commands = { ...createCommands(context, wake), ...createBatchCommands(context, wake) };

  /** Continues everything that is unfinished. Cheap if there is nothing to do. */
  function wake(): void {
    void wakeAll();
  }

  async function wakeAll(): Promise<void> {
    const { storage } = context;
    try {
      const unfinished = await store.snapshots.unfinished();
      const providers = new Set(unfinished.map((snapshot) => snapshot.provider));
      const errors = await Promise.all(Array.from(providers, (provider) => loops.run(provider)));
      storage.report(errors.find((error) => error !== null) ?? null);
      await options.setAlarm(nextAlarm(await store.snapshots.unfinished(), now()));
    } catch (error) {
      await storage.failedToRead(error);
    }
  }

  /** Stops all runs, aborts what is in progress, and resolves when nothing more is sent or written. */
  async function stopAll(): Promise<void> {
    for (const { id } of await store.snapshots.unfinished()) {
      await store.snapshots.change(id, (current) => reduce(current, { kind: 'stop' }, now()));
    }
    await loops.abortAll();
  }

  return {
    ...commands,
    wake,
    /** Like `wake`; resolves when nothing can be done now. For tests, and for a caller that must outlive the work. */
    wakeAll,
    stopAll,
  };
}
