/** What users see of providers before they choose one. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROVIDERS } from '../emulator/providers/all.ts';
import { axeFindings } from '../harness/axe.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

it('a table compares price, time, and what is left out, and marks the cheapest', async () => {
  await scene.saveKey('x-v2');
  await scene.saveKey('socialdata');
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('https://x.com/ada_research');
  await popup.getByText('Limit and provider').first().click();
  const rows = async (): Promise<string[]> => {
    const table = popup.getByRole('table', { name: /^Followers: what each provider charges/ });
    const texts = await table.getByRole('row').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  };
  // The count is not known, so the price is that of 1,000 accounts.
  await popup
    .getByRole('table', { name: 'Followers: what each provider charges for 1,000 accounts' })
    .waitFor();
  expect(await rows()).toEqual([
    'Provider Price Time Not included',
    'SociaVault no key 15 credits less than a minute –',
    'twitterapi.io no key $0.15 cheapest less than a minute follow times, whether accounts are private',
    'SocialData $0.20 about 1 min certain follow times',
    'X API v2 $10.00 about 1 min –',
    'X API v1.1 no key 11 requests about 1 min –',
  ]);
  await popup.getByRole('radio', { name: 'Newest 10,000', exact: true }).check();
  await popup.getByRole('table', { name: 'Followers: what each provider charges', exact: true }).waitFor();
  const more = await rows();
  expect(more.filter((text) => text.includes('cheapest'))).toEqual([
    'twitterapi.io no key $1.50018 cheapest about 1 min follow times, whether accounts are private',
  ]);
  expect(more.find((text) => text.startsWith('SocialData'))).toContain('$2.0002 about 8 min');
  expect(await axeFindings(popup)).toEqual([]);
  // Nothing was requested for this.
  expect(scene.requests('twitterapi-io')).toEqual([]);
});

it('the settings say which providers nobody has confirmed with a live key, and from when their documentation is', async () => {
  const options = await scene.browser.openOptions();
  for (const { name } of PROVIDERS) {
    const region = options.getByRole('region', { name, exact: true });
    await region
      .getByText(/^From its documentation( of \w+ 20\d\d)?; not yet confirmed with a live key\.$/)
      .waitFor();
  }
  const region = options.getByRole('region', { name: 'SocialData', exact: true });
  await region.getByText('From its documentation of May 2026; not yet confirmed with a live key.').waitFor();
  await region.getByText('SocialData may refuse lists to new accounts').waitFor();
});
