/** The trash, the user's own names and notes, and collections that leave no list. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { chooseFromMenu, deleteList, expectFocusOn } from './open-list.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  const { id } = await scene.snapshot(hasEnded);
  page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  await page.getByRole('grid', { name: 'Accounts' }).waitFor();
});
afterAll(() => scene.close());

const sidebar = () => page.getByRole('navigation');
const line = (name: RegExp) => sidebar().getByRole('button', { name });

it('a list gets a name and notes, with the keyboard alone, and the name wins everywhere', async () => {
  await page.getByRole('button', { name: 'More', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Name and notes' }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Name and notes' });
  await dialog.getByLabel('Name', { exact: true }).fill('Launch team');
  await dialog.getByLabel('Notes').fill('before the launch');
  await dialog.getByLabel('Name', { exact: true }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expectFocusOn(page, 'More');
  await page.getByRole('heading', { level: 1, name: 'Launch team' }).waitFor();
  await line(/Launch team/).waitFor();
  expect(await scene.table('snapshots')).toEqual([
    expect.objectContaining({ name: 'Launch team', notes: 'before the launch' }),
  ]);
  await chooseFromMenu(page, 'Name and notes');
  expect(await dialog.getByLabel('Notes').inputValue()).toBe('before the launch');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expectFocusOn(page, 'More');
});

it('a deleted list is in the trash with its size, and nowhere else, until it is restored', async () => {
  await deleteList(page);
  await page.getByRole('heading', { name: 'New list' }).waitFor();
  await expectFocusOn(page, 'New list');
  await line(/Launch team/).waitFor({ state: 'detached' });
  // The profile's page offers the list again, and says that there is one.
  const profile = await scene.visit('https://x.com/page_plus');
  await waitForPageButton(
    profile,
    ({ name, description }) => name.startsWith('Get ') && description.includes('such a list is in the trash'),
  );
  await profile.close();
  // An undone deletion is over after ten seconds; the trash is not, nor does a restart of the background empty it.
  await scene.browser.killWorker();
  await sidebar().getByRole('button', { name: 'Trash' }).click();
  const item = page.getByRole('list', { name: 'Lists in the trash' }).getByRole('listitem');
  await item.getByText('Launch team').waitFor();
  await until('the size of the trash', async () =>
    /\d\s?(kB|MB|bytes)/.test(await item.innerText()) ? true : null,
  );
  await page.getByRole('button', { name: /^Restore/ }).click();
  await page.getByText('The trash is empty.').waitFor();
  await expectFocusOn(page, 'Trash');
  await line(/Launch team/).waitFor();
  expect((await scene.table('snapshots'))[0]).not.toHaveProperty('deletedAt');
  await page.getByText(/^Restored: .*Launch team/).waitFor();
  await page.getByRole('button', { name: 'Open list' }).click();
  await page.getByRole('heading', { name: 'Launch team' }).waitFor();
});

it('Empty trash asks first, and deletes for good', async () => {
  await line(/Launch team/).click();
  await deleteList(page);
  await page.getByRole('heading', { name: 'New list' }).waitFor();
  await sidebar().getByRole('button', { name: 'Trash' }).click();
  await page.getByRole('button', { name: 'Empty trash' }).click();
  await page.getByText("This deletes 1 list for good. It can't be undone.").waitFor();
  expect(await scene.table('pages')).not.toEqual([]);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByText('The trash is empty.').waitFor();
  await expectFocusOn(page, 'Trash');
  expect(await scene.table('snapshots')).toEqual([]);
  expect(await scene.table('pages')).toEqual([]);
  // What it cost is still in the spending history.
  expect((await scene.table('ledger')).length).toBeGreaterThan(0);
});

it('a collection that found nothing leaves no list, but says why, and what it cost', async () => {
  await sidebar().getByRole('button', { name: 'New list' }).click();
  await page.getByLabel('Handle or link').fill('@nobody_is_here_9');
  await page.getByRole('button', { name: 'Get followers' }).click();
  await scene.snapshot((row) => stateOf(row) === 'ended');
  await page.getByText('X has no profile @nobody_is_here_9', { exact: false }).first().waitFor();
  expect(await sidebar().getByRole('listitem').count()).toBe(0);
  await page.goto(page.url().replace(/\?.*$/, ''));
  const recent = page.getByRole('region', { name: 'Recent' });
  await recent.getByText('X has no profile @nobody_is_here_9', { exact: false }).waitFor();
  await sidebar().getByText('No lists yet.').waitFor();
  await recent.getByRole('button', { name: 'Clear' }).click();
  await recent.waitFor({ state: 'detached' });
  await expectFocusOn(page, 'New list');
  expect(await scene.table('snapshots')).toEqual([]);
});
