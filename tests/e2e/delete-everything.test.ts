import { afterEach, expect, it } from 'vitest';
import { pageButton, waitForPageButton } from '../harness/page-button.ts';
import { openScene, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';

let scene: Scene;
afterEach(() => scene.close());

/** Everything that is stored anywhere, as numbers and names. */
function storedNames() {
  return scene.watch.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        storage: Record<'local' | 'session', { get(): Promise<Record<string, unknown>> }>;
        alarms: { getAll(): Promise<{ name: string }[]> };
        action: { getBadgeText(of: object): Promise<string> };
      };
    };
    const tables: Record<string, number> = {};
    const named = await indexedDB.databases();
    for (const { name } of named) {
      const opening = indexedDB.open(name ?? '');
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opening.onsuccess = () => {
          resolve(opening.result);
        };
        opening.onerror = () => {
          reject(opening.error ?? new Error('The database did not open.'));
        };
      });
      for (const table of database.objectStoreNames) {
        const counting = database.transaction(table).objectStore(table).count();
        await new Promise((resolve) => {
          counting.onsuccess = resolve;
        });
        if (counting.result > 0) tables[table] = counting.result;
      }
      database.close();
    }
    const files: string[] = [];
    const folders = [await navigator.storage.getDirectory()];
    for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
      for await (const [name, handle] of at.entries()) {
        files.push(name);
        if (handle.kind === 'directory') folders.push(handle);
      }
    }
    return {
      tables: Object.keys(tables).sort(),
      local: Object.keys(await chrome.storage.local.get()).sort(),
      session: Object.keys(await chrome.storage.session.get()).filter((name) => !name.startsWith('hint:')),
      files: files.length > 0,
      caches: await caches.keys(),
      alarms: (await chrome.alarms.getAll()).map(({ name }) => name),
      badge: await chrome.action.getBadgeText({}),
    };
  });
}

/** The browser's figures, in bytes: for the extension's code, and for everything else. */
function reported() {
  return scene.watch.evaluate(async () => {
    const estimate: { usage?: number; usageDetails?: Record<string, number> } =
      await navigator.storage.estimate();
    const code = estimate.usageDetails?.['serviceWorkerRegistrations'] ?? 0;
    return { code, data: (estimate.usage ?? 0) - code };
  });
}

function inKilobytes(bytes: number): string {
  return String(Math.round(bytes / 1000));
}

it('leaves no data anywhere, and ends the collection in progress', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.askAbove('credits', '400');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(({ rows }) => rows === 71);
  await (await scene.exportCsv()).popup.close();
  const options = await scene.browser.openOptions();
  const keys = options.getByRole('region', { name: 'Keys', exact: true });
  await keys.getByLabel('Passphrase', { exact: true }).fill('correct horse');
  await keys.getByLabel('Repeat passphrase').fill('correct horse');
  await keys.getByRole('button', { name: 'Lock keys' }).click();
  await keys.getByText('Unlocked', { exact: true }).waitFor();
  await scene.watch.evaluate(async () => {
    await caches.open('left-over');
  });
  let pages = 0;
  const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 3);
  const page = await scene.collect('https://x.com/ada_research');
  await hold.arrived;
  await expect.poll(async () => (await storedNames()).badge).not.toBe('');
  // Control: all of it is there.
  const before = await storedNames();
  expect(before).toMatchObject({ files: true, caches: ['left-over'], alarms: ['collect'] });
  expect(before.tables).toEqual(
    expect.arrayContaining(['ids', 'keys', 'ledger', 'pages', 'settings', 'snapshots']),
  );
  expect(before.local).toContain('welcomed');
  expect(before.session).toContain('unlocked');

  await options.bringToFront();
  const region = options.getByRole('region', { name: 'Delete everything' });
  await region.getByRole('button', { name: 'Delete everything' }).click();
  await region.getByRole('button', { name: 'Cancel' }).click();
  expect((await storedNames()).tables).toEqual(before.tables);
  await region.getByRole('button', { name: 'Delete everything' }).click();
  await region.getByRole('button', { name: 'Delete permanently' }).click();
  await region.getByText('Everything was deleted.').waitFor();
  // The message explains what the browser still reports.
  const text = await region.getByRole('status').innerText();
  const { code, data } = await reported();
  expect(text).toContain(`The browser's own copy of the extension's code remains (${inKilobytes(code)} kB).`);
  expect(text.includes('it frees them when it restarts')).toBe(data > 300_000);
  expect(await storedNames()).toEqual({
    tables: [],
    local: [],
    session: [],
    files: false,
    caches: [],
    alarms: [],
    badge: '',
  });
  await waitForPageButton(page, 'Get followers');
  // The earlier message is no longer true.
  await keys.getByText('No passphrase').waitFor();
  expect(await keys.innerText()).not.toMatch(/locked/i);

  // The response in progress arrives too late: no data returns, and no more requests are sent.
  const sent = scene.requests('sociavault').length;
  hold.release();
  await options.reload();
  await options.getByRole('region', { name: 'Keys' }).getByText('No passphrase').waitFor();
  expect((await storedNames()).tables).toEqual([]);
  expect(scene.requests('sociavault')).toHaveLength(sent);
  expect((await pageButton(page))?.name).toBe('Get followers');
});
