/** Lists of IDs whose lookups find accounts gone: every place says so, and names the accounts by their IDs. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from '../../lib/zod.ts';
import { pageButton } from '../harness/page-button.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const LOOK_UP = '/1.1/users/lookup.json';
const ROWS = 120;
const GONE = 'all_gone';

let scene: Scene;
let page: Page;
beforeAll(async () => {
  scene = await openScene();
  await scene.saveKey('x-v1.1');
  scene.emulator.population({ platform: 'x', handle: GONE, followers: ROWS, following: 0 });
  scene.emulator.fault({
    when: ({ path }) => path === LOOK_UP,
    times: 2,
    do: { kind: 'edit', edit: () => [] },
  });
  page = await scene.collect(`https://x.com/${GONE}`);
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    rows: ROWS,
    withoutDetails: { idsOnly: ROWS, unavailable: ROWS },
  });
});
afterAll(() => scene.close());

const OUTCOME = `Complete: ${String(ROWS)} accounts, ${String(ROWS)} no longer available.`;

function ids(): string[] {
  return Array.from(scene.emulator.accounts('x', GONE, 'followers'), ({ id }) => id);
}

it('the popup says how many are gone, and names each by its ID', async () => {
  const popup = await scene.browser.openPopupPage();
  const line = popup.getByRole('button', { name: /\bfrom / });
  // Beside the line there is no room for it.
  expect(await line.getAttribute('title')).toContain(
    `${String(ROWS)} accounts · ${String(ROWS)} no longer available`,
  );
  await line.click();
  await popup.getByText(OUTCOME).first().waitFor();
  const first = popup.getByRole('list', { name: 'Accounts' }).getByRole('button').first();
  await first.getByText(`ID ${ids()[0] ?? ''}`).waitFor();
  expect(await first.innerText()).toMatch(/^ID \d+\s+No longer available$/);
  await popup.close();
});

it('the dashboard, the details, and the receipt say it too', async () => {
  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /\bfrom / }).click();
  await dashboard.getByText(OUTCOME).first().waitFor();
  const [id = ''] = ids();
  const row = dashboard.getByRole('grid', { name: 'Accounts' }).locator('[aria-rowindex="2"]');
  await row.getByText(`ID ${id}`).waitFor();
  expect(await row.innerText()).not.toContain('—');
  expect(await row.getByRole('gridcell').nth(2).innerText()).toMatch(/^ID \d+\s+No longer available$/);
  await row.getByText(`ID ${id}`).click();
  const details = dashboard.getByRole('complementary', { name: 'Account' });
  await details.getByRole('heading', { name: `ID ${id}` }).waitFor();
  expect(await details.innerText()).toContain('No longer available');
  expect(await details.innerText()).not.toContain('—');
  await dashboard.getByRole('tab', { name: 'Receipt' }).click();
  const receipt = dashboard.getByRole('article', { name: 'Receipt' });
  expect(await receipt.locator('dl > div', { hasText: 'Without details' }).innerText()).toMatch(/120$/);
  await dashboard.close();
});

it('the page button does not call such a list plainly complete', async () => {
  const { name } = z.object({ name: z.string() }).parse(await pageButton(page));
  expect(name).toBe(OUTCOME.replace(/\.$/, ''));
});
