/** What the browser remembers when it is closed and opened again with the same profile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from '../e2e/scene.ts';
import { until } from '../harness/until.ts';

let userDataDir: string;
const scenes: Scene[] = [];
beforeAll(async () => {
  userDataDir = await mkdtemp(join(tmpdir(), 'followledger-restart-'));
});
afterAll(async () => {
  await scenes.at(-1)?.close();
  await rm(userDataDir, { recursive: true, force: true });
});

async function open(path: string): Promise<Page> {
  const [before] = scenes;
  const scene = await openScene(before === undefined ? { userDataDir } : { after: before, userDataDir });
  scenes.push(scene);
  const page = await scene.browser.openExtensionPage(path);
  await page.setViewportSize({ width: 1440, height: 900 });
  return page;
}

async function columns(page: Page) {
  return page
    .locator('[data-column]')
    .evaluateAll((heads) =>
      heads.map((head) => `${head.getAttribute('data-column') ?? ''} ${String(head.clientWidth)}`),
    );
}

it('a column that was moved and resized by keyboard alone stays where and as wide as it is', async () => {
  const page = await open('dashboard.html');
  await page.getByRole('main').getByRole('button', { name: 'Try a sample' }).click();
  const head = page.getByRole('columnheader', { name: 'Followers', exact: true }).getByRole('button').first();
  await head.focus();
  const before = await columns(page);
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+Shift+ArrowLeft');
  const changed = await until('a column that was moved and resized', async () => {
    const now = await columns(page);
    return now.findIndex((one) => one.startsWith('followers ')) === 2 && now.join() !== before.join()
      ? now
      : null;
  });
  const address = new URL(page.url());
  const [first] = scenes;
  await first?.preference('table', (value) => JSON.stringify(value).includes('followers'));
  await first?.browser.close();
  const again = await open(`dashboard.html${address.search}`);
  await again.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(5).waitFor();
  expect(await columns(again)).toEqual(changed);
});
