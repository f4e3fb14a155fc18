import { afterEach, expect, it } from 'vitest';
import { deleteList } from './open-list.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

it('the spending history counts what was paid, including deleted lists', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const { amount, charged } = scene.emulator.charges('sociavault');
  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /\bfrom / }).click();
  await deleteList(dashboard);
  await dashboard.getByText('No lists yet').waitFor();
  expect(await scene.table('snapshots')).toEqual([
    expect.objectContaining({ deletedAt: expect.any(Number) as number }),
  ]);
  await dashboard.getByRole('button', { name: 'Spending history' }).click();
  const row = dashboard.getByRole('table', { name: 'Spending history' }).getByRole('row').nth(1);
  await row.waitFor();
  const shown = await row.getByRole('cell').allTextContents();
  expect(shown.slice(1)).toEqual(['SociaVault', String(charged), `${String(amount)} credits`, '—']);
});
