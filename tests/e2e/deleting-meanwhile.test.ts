/** Deletes everything while something else is about to write: no data returns. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Rows of every table, and files, by name; empty ones are omitted. */
function storedNames(): Promise<Readonly<Record<string, number>>> {
  return scene.watch.evaluate(async () => {
    const counts: Record<string, number> = {};
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('The table was not read.'));
        };
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const table of database.objectStoreNames) {
        const count = await done(database.transaction(table).objectStore(table).count());
        if (count > 0) counts[table] = count;
      }
      database.close();
    }
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) counts[`file ${name}`] = 1;
    return counts;
  });
}

async function deleteEverything(): Promise<void> {
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'Delete everything' });
  await region.getByRole('button', { name: 'Delete everything' }).click();
  await region.getByRole('button', { name: 'Delete permanently' }).click();
  await region.getByText(/^Everything was deleted\./).waitFor();
  await options.close();
}

it('does not save a key that was being tested', async () => {
  scene = await openScene();
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'SociaVault', exact: true });
  const hold = scene.emulator.hold(({ provider }) => provider === 'sociavault');
  await showKeyForm(region);
  await region.getByLabel('API key').fill(scene.emulator.defaultKey('sociavault'));
  await region.getByRole('button', { name: 'Save', exact: true }).click();
  await hold.arrived;
  // Control: the use of such a key was recorded.
  expect(await storedNames()).not.toEqual({});
  await deleteEverything();
  expect(await storedNames()).toEqual({});
  hold.release();
  await region.getByText('Interrupted, because everything is being deleted.').waitFor();
  expect(await storedNames()).toEqual({});
  // Nothing holds the lock any more.
  await scene.saveKey('sociavault');
}, 120_000);

/** Makes a page read files as slowly as from a failing disk. */
async function readSlowly(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- It is called on a file below.
    const whole = Blob.prototype.arrayBuffer;
    Blob.prototype.stream = function stream(this: Blob) {
      let at = 0;
      return new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull: async (controller) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          const part = await whole.call(this.slice(at, at + 512));
          at += 512;
          if (part.byteLength === 0) controller.close();
          else controller.enqueue(new Uint8Array(part));
        },
      });
    };
  });
}

it('brings back neither a list that was being restored nor its spending', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/ada_research');
  await scene.snapshot(hasEnded);
  const folder = await mkdtemp(join(tmpdir(), 'followledger-backup-'));
  try {
    const file = join(folder, 'backup.ndjson.gz');
    const saving = await scene.browser.openOptions();
    const [download] = await Promise.all([
      saving.waitForEvent('download'),
      saving.getByRole('button', { name: 'Save a backup' }).click(),
    ]);
    await download.saveAs(file);
    await saving.close();
    await deleteEverything();
    expect(await storedNames()).toEqual({});

    const restoring = await scene.browser.openOptions();
    await readSlowly(restoring);
    await restoring.reload();
    await restoring.getByLabel('Backup file').setInputFiles(file);
    // Partway: there are already rows that are not visible yet.
    await until('rows of the restore', async () => ('staged' in (await storedNames()) ? true : null), {
      timeout: 60_000,
    });
    await deleteEverything();
    expect(await storedNames()).toEqual({});
    await restoring.getByText(/everything is being deleted/).waitFor();
    expect(await storedNames()).toEqual({});
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 240_000);

it('leaves no file of an export that was being written', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/ada_research');
  const { id } = await scene.snapshot(hasEnded);
  const dashboard = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  await dashboard.getByRole('button', { name: 'Export' }).click();
  await dashboard.getByRole('menuitem', { name: 'Excel' }).click();
  await until('its file', async () => ('file exports' in (await storedNames()) ? true : null), {
    interval: 5,
  });
  await deleteEverything();
  expect(await storedNames()).toEqual({});
}, 120_000);
