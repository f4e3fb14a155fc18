/** One lock for all wide writes, and what happens to a restore when everything is deleted in the meantime. */
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { restoreBackup } from '../../../lib/backup/restore.ts';
import { writeBackup } from '../../../lib/backup/write.ts';
import { defaultPreferences } from '../../../lib/settings/preferences.ts';
import { exclusively, exclusivelyIfFree, interruptingAll } from '../../../lib/store/exclusive.ts';
import { Store } from '../../../lib/store/index.ts';
import { ADAPTERS } from '../backup/backup-files.ts';
import { storedDatabase, writeDatabase } from '../../harness/stored-database.ts';

const { signal } = new AbortController();

/** Work that ends when told to, or when it is interrupted. */
function work() {
  const began = Promise.withResolvers<undefined>();
  const end = Promise.withResolvers<undefined>();
  const task = async (interrupted: AbortSignal): Promise<string> => {
    began.resolve(undefined);
    const broken = new Promise((resolve) => {
      interrupted.addEventListener('abort', resolve);
    });
    await Promise.race([end.promise, broken]);
    return interrupted.aborted ? 'interrupted' : 'done';
  };
  return { task, began: began.promise, end: () => end.resolve(undefined) };
}

describe('the lock for wide writes', () => {
  it('has one holder at a time, in the order of the requests', async () => {
    const order: string[] = [];
    const one = work();
    const first = exclusively(async (interrupted) => {
      order.push('first begins');
      await one.task(interrupted);
      order.push('first ends');
    });
    const second = exclusively(async () => {
      order.push('second');
    });
    await one.began;
    expect(await exclusivelyIfFree(async () => void order.push('never'))).toBe(false);
    one.end();
    await Promise.all([first, second]);
    expect(order).toEqual(['first begins', 'first ends', 'second']);
    expect(await exclusivelyIfFree(async () => void order.push('third'))).toBe(true);
    expect(order.at(-1)).toBe('third');
  });

  it('can be waited for until the user cancels', async () => {
    const one = work();
    const first = exclusively(one.task);
    await one.began;
    const cancel = new AbortController();
    const second = exclusively(async () => 'done', cancel.signal);
    cancel.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    one.end();
    expect(await first).toBe('done');
  });

  it('goes to a deletion of everything: current and waiting holders are interrupted, and end first', async () => {
    const [one, two] = [work(), work()];
    const ends: string[] = [];
    const both = [one, two].map(({ task }) =>
      exclusively(async (interrupted) => {
        ends.push(await task(interrupted));
      }),
    );
    await one.began;
    await interruptingAll(async () => {
      ends.push('deleted');
    });
    expect(ends).toEqual(['interrupted', 'interrupted', 'deleted']);
    await Promise.all(both);
    // Later requests are not interrupted.
    const later = work();
    const third = exclusively(later.task);
    await later.began;
    later.end();
    expect(await third).toBe('done');
  });
});

describe('a restore while everything is deleted', () => {
  let factory: IDBFactory;
  let file: Blob;
  beforeEach(async () => {
    factory = new IDBFactory();
    vi.stubGlobal('indexedDB', factory);
    Dexie.dependencies.indexedDB = factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    await writeDatabase({ name: 'source', stored: await storedDatabase(1) });
    const source = new Store('source');
    const { bytes } = writeBackup({
      store: source,
      preferences: defaultPreferences,
      secrets: [],
      now: 1,
      signal,
      onProgress: () => undefined,
    });
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of bytes) parts.push(part);
    source.close();
    file = new Blob(parts);
    return () => {
      vi.unstubAllGlobals();
    };
  });

  /** Counts the rows in all tables, bypassing all code of the extension. */
  async function rows(): Promise<number> {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open('target');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The database did not open.'));
      };
    });
    let count = 0;
    for (const table of database.objectStoreNames) {
      const request = database.transaction(table).objectStore(table).count();
      count += await new Promise<number>((resolve) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
      });
    }
    database.close();
    return count;
  }

  /** Restores in one context; another one deletes everything at the given step. */
  async function interleaved(at: number): Promise<{ readonly steps: number; readonly rows: number }> {
    const [ownValue, other] = [new Store('target'), new Store('target')];
    let steps = 0;
    const deletions: Promise<void>[] = [];
    const restoring = exclusively((interrupted) =>
      restoreBackup({
        store: ownValue,
        file,
        adapters: ADAPTERS,
        room: () => Promise.resolve(null),
        preferences: defaultPreferences,
        now: 1,
        signal: interrupted,
        onProgress: () => {
          if (steps === at) deletions.push(interruptingAll(() => other.clear()));
          steps += 1;
        },
      }),
    );
    const [arrived] = await Promise.allSettled([restoring]);
    await Promise.all(deletions);
    if (deletions.length > 0 && arrived.status === 'rejected')
      expect(arrived.reason).toMatchObject({ name: 'AbortError' });
    ownValue.close();
    other.close();
    const left = await rows();
    await new Store('target').clear();
    return { steps, rows: left };
  }

  it('leaves nothing, at whichever step it is interrupted', async () => {
    const undisturbed = await interleaved(-1);
    expect(undisturbed.rows).toBeGreaterThan(10);
    expect(undisturbed.steps).toBeGreaterThan(10);
    for (let at = 0; at < undisturbed.steps; at += 1) {
      expect({ at, ...(await interleaved(at)) }).toMatchObject({ at, rows: 0 });
    }
  });
});
