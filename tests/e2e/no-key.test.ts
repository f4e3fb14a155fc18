/** A click on a page without a key leads to the welcome page, and the collection continues there. */
import { afterEach, expect, it } from 'vitest';
import { clickPageButton } from '../harness/page-button.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { until } from '../harness/until.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

it('the welcome page names the profile, offers what can collect it, and continues after an approval', async () => {
  scene = await openScene();
  const { context } = scene.browser;
  const profile = await scene.visit('https://x.com/page_plus');
  const [welcome] = await Promise.all([
    context.waitForEvent('page', (page) => page.url().includes('welcome.html')),
    clickPageButton(profile),
  ]);
  await welcome.getByText('To collect @page_plus on X, add one of these.').waitFor();
  // SocialFetch cannot collect from X.
  expect(await welcome.getByRole('radio', { name: /SocialFetch/ }).count()).toBe(0);
  const region = welcome.getByRole('region', { name: 'SociaVault', exact: true });
  await showKeyForm(region);
  await region.getByLabel('API key').fill(scene.emulator.defaultKey('sociavault'));
  await region.getByRole('button', { name: 'Save', exact: true }).click();
  const start = welcome.getByRole('button', { name: 'Get followers' });
  await until('the start button to have the focus', async () =>
    (await start.evaluate((element) => element === document.activeElement)) ? true : null,
  );
  // Nothing is spent unasked.
  expect(await scene.table('snapshots')).toEqual([]);
  await start.click();
  expect(await scene.snapshot(hasEnded)).toMatchObject({ handle: 'page_plus' });
});

it('a handle without a platform has a switch, and a price that is not known can be checked', async () => {
  scene = await openScene();
  for (const provider of ['sociavault', 'socialfetch'] as const) await scene.saveKey(provider);
  const before = scene.emulator.charges('sociavault').amount;
  const popup = await scene.browser.openPopupPage();
  const field = popup.getByLabel('Handle or link');
  await field.fill('ada.clips');
  const platforms = popup.getByRole('radiogroup', { name: 'Platform' });
  expect(await platforms.getByRole('radio', { name: 'TikTok' }).isChecked()).toBe(true);
  expect(await platforms.getByRole('radio', { name: 'X' }).isDisabled()).toBe(true);
  await field.fill('bob_metrics');
  expect(await platforms.getByRole('radio', { name: 'X' }).isChecked()).toBe(true);
  await popup
    .getByRole('button', { name: /^Check price · 1 credit/ })
    .first()
    .click();
  expect(await scene.snapshot((row) => stateOf(row) === 'confirming')).toMatchObject({
    expected: 5000,
    charged: 1,
  });
  expect(scene.emulator.charges('sociavault').amount - before).toBe(1);
});
