/** The page Find account: in which lists an account is. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;

beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  scene.emulator.population({ platform: 'x', handle: 'first_list', followers: 40, following: 0 });
  await scene.collect('https://x.com/first_list');
  await scene.snapshot(hasEnded);
  page = await scene.browser.openExtensionPage('dashboard.html?view=find');
});
afterAll(() => scene.close());

async function search(text: string): Promise<void> {
  await page.getByLabel('Handle, link, or ID').fill(text);
  await page.keyboard.press('Enter');
}

const lists = () => page.getByRole('list', { name: 'Lists with the account' }).getByRole('listitem');

it('finds an account by its ID and by its handle, and opens it', async () => {
  const id = [...scene.emulator.ids('x', 'first_list', 'followers')][5] ?? '';
  await search(id);
  await page.getByText('In 1 list:').waitFor();
  expect(await lists().innerText()).toMatch(/@first_list: Followers from[^]*position 6/);
  await lists().getByRole('button').click();
  const details = page.getByRole('complementary', { name: 'Account' });
  await details.getByText(id).waitFor();
  const handle = /@(\w+)/.exec(await details.getByRole('link', { name: / on X$/ }).innerText())?.[1] ?? '';
  await page.goBack();
  await page.getByText('In 1 list:').waitFor();
  await search(`@${handle.toUpperCase()}`);
  await page.getByText('In 1 list:').waitFor();
  expect(await lists().innerText()).toContain('position 6');
  expect(new URL(page.url()).searchParams.get('for')).toBe(`@${handle.toUpperCase()}`);
  await page.reload();
  await page.getByText('In 1 list:').waitFor();
});

it('says that no list contains an account, and that a text is none', async () => {
  await search('@nobody_here');
  await page.getByText('No list contains “@nobody_here”.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await search('not an account!');
  await page.getByText("This isn't a handle, a profile link, or an ID.").waitFor();
});
