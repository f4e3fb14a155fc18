/** The derived columns, which make reading fast: they exist when a run ends, and can be rebuilt when they are gone. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const PROFILE = 'columns_of';
const ROWS = 900;
/** A part of a word. */
const WANTED = 'offee';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  scene.emulator.population({ platform: 'x', handle: PROFILE, followers: ROWS, following: 0 });
  await scene.saveKey('sociavault');
});
afterAll(() => scene.close());

/** The stored columns, each with the number of accounts it contains. */
async function columns(): Promise<ReadonlyMap<unknown, unknown>> {
  const rows = await scene.table('derived');
  return new Map(rows.map(({ column, count }) => [column, count]));
}

function columnsAreThere(): Promise<ReadonlyMap<unknown, unknown>> {
  return until('the columns to be built', async () => {
    const found = await columns();
    return found.has('set:common') ? found : null;
  });
}

it('are built by the background when a run ends', async () => {
  await scene.collect(`https://x.com/${PROFILE}`);
  await scene.snapshot(hasEnded);
  const found = await columnsAreThere();
  for (const column of ['handle', 'name', 'bio', 'followers', 'createdAt', 'flags']) {
    expect(found.get(column), column).toBe(ROWS);
  }
});

it('are rebuilt by a search, which finds the same accounts, if they are gone', async () => {
  await scene.watch.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('followledger');
        opening.onsuccess = () => {
          const clearing = opening.result.transaction('derived', 'readwrite');
          clearing.objectStore('derived').clear();
          clearing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
          clearing.onerror = () => {
            reject(clearing.error ?? new Error('The table was not cleared.'));
          };
        };
      }),
  );
  expect(await columns()).toEqual(new Map());
  const truth = Array.from(scene.emulator.accounts('x', PROFILE, 'followers'));
  const expected = truth.filter((account) =>
    [account.handle, account.name, account.bio, account.location].some(
      (text) => text?.toLowerCase().includes(WANTED) === true,
    ),
  );
  expect(expected.length).toBeGreaterThan(0);
  const [{ id } = { id: '' }] = await scene.table('snapshots');
  const page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  await page.getByRole('searchbox', { name: 'Search' }).fill(WANTED);
  await page.locator('.counted', { hasText: `${String(expected.length)} of ${String(ROWS)}` }).waitFor();
  expect((await columnsAreThere()).get('bio')).toBe(ROWS);
});
