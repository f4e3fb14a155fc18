/** Watching a list: it is updated when it is due, within its allowance, and the page says what it costs. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { chooseFromMenu } from './open-list.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  scene.emulator.population({ platform: 'x', handle: 'watched', followers: 400, following: 0, offset: 20 });
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/watched');
  const { id } = await scene.snapshot(hasEnded);
  page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
});

afterAll(() => scene.close());

/** As if the watch had been turned on so many milliseconds earlier. */
async function turnBack(milliseconds: number): Promise<void> {
  await page.evaluate(async (earlier) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => {
          resolve(request.result);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('The request failed.'));
        };
      });
    const database = await done(indexedDB.open('followledger'));
    const watches = database.transaction('watches', 'readwrite').objectStore('watches');
    for (const watch of (await done(watches.getAll())) as { from: number }[])
      await done(watches.put({ ...watch, from: watch.from - earlier }));
    database.close();
  }, milliseconds);
}

/** A new background checks what is due. It has done so when it responds to the popup. */
async function restartBackground(): Promise<void> {
  await scene.browser.killWorker();
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').waitFor();
  await popup.close();
}

async function openDialog() {
  await chooseFromMenu(page, 'Watch');
  const dialog = page.getByRole('dialog', { name: /^Watch / });
  await dialog.waitFor();
  return dialog;
}

describe('watching a list', () => {
  it('automatically needs a monthly limit for the provider', async () => {
    const dialog = await openDialog();
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Update automatically' }).check();
    await dialog.getByText('Automatic updates need a monthly limit for SociaVault.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const options = await scene.browser.openOptions();
    const limit = options.getByRole('textbox', { name: 'Monthly limit, SociaVault' });
    await limit.fill('5000');
    await limit.press('Enter');
    await scene.preference('monthlyLimit', (stored) => JSON.stringify(stored) === '{"sociavault":5000}');
    await options.close();
  });

  it('says what one update costs, and is saved with an allowance of its own', async () => {
    const dialog = await openDialog();
    await dialog.getByRole('radio', { name: 'Update automatically' }).check();
    await dialog.getByText(/^One update costs (about|from) /).waitFor();
    await dialog.getByRole('combobox', { name: 'How often' }).selectOption('Daily');
    await dialog.getByRole('textbox', { name: /^Allowance per month/ }).fill('50');
    expect(await axeFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    // Nothing is due yet, so nothing is spent.
    expect(await scene.table('snapshots')).toHaveLength(1);
    await page.goto(page.url().replace(/\?.*/, '?view=watched'));
    await page.getByText(/^Next: /).waitFor();
    await page.getByText('0 of 50 credits').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });

  it('updates it once when a period has begun', async () => {
    scene.emulator.population({ platform: 'x', handle: 'watched', followers: 420, following: 0, offset: 0 });
    await turnBack(26 * 3_600_000);
    // The next start of the background checks what is due.
    await restartBackground();
    const lists = await until('the update to end', async () => {
      const found = await scene.table('snapshots');
      return found.length === 2 && found.every(hasEnded) ? found : null;
    });
    expect(
      lists.some(({ state }) => (state as { outcome?: { kind?: string } }).outcome?.kind === 'updated'),
    ).toBe(true);
    await page.reload();
    await page.getByText(/^[1-9]\d* of 50 credits/).waitFor();
    await restartBackground();
    await page.getByText(/^Next: /).waitFor();
    expect(await scene.table('snapshots')).toHaveLength(2);
  });

  it('is turned off on the same page', async () => {
    await page.getByRole('button', { name: /^Stop watching / }).click();
    await page.getByText('No list is watched.', { exact: false }).waitFor();
    expect(await scene.table('watches')).toEqual([]);
  });
});
