/** The first click on a page with a provider asks once, in an extension page; the price stands on the button before. */
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Opens the popup with the run that needs a decision. */
async function openQuestion(): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  const question = popup.getByText('This is your first list from a page with SociaVault.');
  const line = popup.getByRole('button', { name: /\bfrom / }).first();
  await question.or(line).first().waitFor();
  if (!(await question.isVisible())) await line.click();
  await question.waitFor();
  return popup;
}

it('needs one approval, with the cheapest choice preselected, and starts immediately after that', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault', undefined, { firstUse: true });
  const before = scene.emulator.charges('sociavault').amount;
  const profile = await scene.visit('https://x.com/bob_metrics');
  const button = await waitForPageButton(profile, /·/);
  expect(button.name).toBe('Get 5,000 followers · ~72 credits');
  expect(button.description).toContain('via SociaVault');
  expect(button.description).toContain('needs your approval');
  await clickPageButton(profile);
  await scene.snapshot((row) => stateOf(row) === 'confirming');
  expect(scene.emulator.charges('sociavault').amount).toBe(before);

  const popup = await openQuestion();
  const choices = popup.getByRole('radiogroup', { name: 'How much to collect' });
  const newest = choices.getByRole('radio', { name: 'Newest 1,000' });
  expect(await newest.isChecked()).toBe(true);
  expect(await popup.locator('.price-figure').innerText()).toMatch(/^1[56] credits$/);
  await popup.getByText(/of your 5,000 credits/).waitFor();
  expect(await axeFindings(popup)).toEqual([]);
  await popup.getByLabel('Ask me above').fill('400');
  await popup.getByRole('button', { name: /^Spend up to 1[56]$/ }).click();
  await scene.preference('usedFromPages', (value) => JSON.stringify(value) === '["sociavault"]');
  await scene.preference('askAbove', (value) => JSON.stringify(value ?? {}).includes('"credits":400'));
  // The card is gone; the focus is not lost with it.
  await until('the status to have the focus', async () =>
    (await popup.evaluate(() => document.activeElement?.getAttribute('role'))) === 'status' ? true : null,
  );
  expect(await scene.snapshot(hasEnded)).toMatchObject({ howMany: 1000 });

  const next = await scene.visit('https://x.com/page_plus');
  expect((await waitForPageButton(next, /·/)).description).toContain('starts immediately');
  await clickPageButton(next);
  await waitForPageButton(next, 'Complete');
});

it('a canceled question spends nothing, and leaves no approval', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault', undefined, { firstUse: true });
  const before = scene.emulator.charges('sociavault').amount;
  const profile = await scene.visit('https://x.com/bob_metrics');
  await clickPageButton(profile);
  await scene.snapshot((row) => stateOf(row) === 'confirming');
  const popup = await openQuestion();
  await popup.getByRole('button', { name: 'Cancel', exact: true }).click();
  await scene.snapshot(hasEnded);
  expect(scene.emulator.charges('sociavault').amount).toBe(before);
  expect((await scene.table('settings')).some(({ key }) => key === 'usedFromPages')).toBe(false);
});

it('the price on the button follows navigation, keys, and what credits cost', async () => {
  scene = await openScene();
  const profile = await scene.visit('https://x.com/bob_metrics');
  expect((await waitForPageButton(profile, 'Get followers')).name).toBe('Get followers');
  await scene.saveKey('sociavault');
  await waitForPageButton(profile, /^Get 5,000 followers · ~72 credits$/);
  const options = await scene.browser.openOptions();
  const price = options.getByRole('textbox', { name: 'SociaVault, price of 1,000 credits' });
  await price.fill('2');
  await price.press('Enter');
  await waitForPageButton(profile, /^Get 5,000 followers · ~72 credits · about .0\.14$/);
  // After in-page navigation the page's own data may still be the former profile's.
  await profile.evaluate('__go("/ada_research")');
  const there = await waitForPageButton(profile, (button) => !button.name.includes('5,000'));
  expect(there.name).toMatch(/^Get ([\d,]+ )?followers · /);
});
