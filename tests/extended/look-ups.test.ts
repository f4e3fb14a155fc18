import { afterEach, beforeEach, expect, it } from 'vitest';
import { downloaded, hasEnded, openScene, readCsv, type Scene } from '../e2e/scene.ts';

const LOOK_UP = '/1.1/users/lookup.json';
let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  scene.emulator.population({ platform: 'x', handle: 'many_ids', followers: 6000, following: 0 });
  await scene.saveKey('x-v1.1');
});
afterEach(() => scene.close());

it('the newest 1,000 of a list of IDs cost what was stated: IDs and details of 1,000, and nothing more', async () => {
  const before = scene.emulator.charges('x-v1.1').amount;
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@many_ids');
  await popup.getByRole('radio', { name: 'Newest 1,000' }).check();
  await popup
    .getByText(/^Price: .*about 12 requests/)
    .first()
    .waitFor();
  await popup.getByRole('button', { name: 'Get followers' }).click();
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    rows: 1000,
    filled: 1000,
    charged: 12,
    state: { outcome: { kind: 'capped', by: 'rows' } },
  });
  expect(scene.emulator.charges('x-v1.1').amount - before).toBe(12);
});

it('a truncated list of IDs says how many details are missing, and what they cost', async () => {
  scene.emulator.population({ platform: 'x', handle: 'fewer_ids', followers: 1200, following: 0 });
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@fewer_ids');
  await popup.getByText('Limit and provider').click();
  await popup.getByLabel('Spend at most').fill('6');
  await popup.getByRole('button', { name: 'Get followers' }).click();
  expect(await scene.snapshot(hasEnded)).toMatchObject({ rows: 1200, filled: 400, charged: 6 });
  await popup.getByText('800 accounts have only an ID.').first().waitFor();
  await popup.getByRole('button', { name: 'Continue · 8 requests' }).first().click();
  const whole = await scene.snapshot((row) => hasEnded(row) && row['filled'] === 1200);
  expect(whole).toMatchObject({ charged: 14, state: { outcome: { kind: 'complete' } } });
});

it('details appear in an open list as they arrive', async () => {
  scene.emulator.population({ platform: 'x', handle: 'open_ids', followers: 300, following: 0 });
  const hold = scene.emulator.hold(({ path }) => path === LOOK_UP);
  await scene.collect('https://x.com/open_ids');
  await hold.arrived;
  const popup = await scene.browser.openPopupPage();
  await popup
    .getByRole('button', { name: /\bfrom / })
    .first()
    .click();
  const first = popup.getByRole('list', { name: 'Accounts' }).getByRole('listitem').first();
  const [truth] = Array.from(scene.emulator.accounts('x', 'open_ids', 'followers'));
  if (truth === undefined) throw new Error('The population is empty.');
  await first.waitFor();
  expect(await first.textContent()).not.toContain(truth.handle);
  hold.release();
  await first.filter({ hasText: truth.handle }).waitFor();
});

it('a search that is still running is not exported before it has finished', async () => {
  scene.emulator.population({ platform: 'x', handle: 'searched', followers: 900, following: 0 });
  await scene.collect('https://x.com/searched');
  await scene.snapshot(hasEnded);
  const popup = await scene.browser.openPopupPage();
  await popup
    .getByRole('button', { name: /\bfrom / })
    .first()
    .click();
  const search = popup.getByRole('searchbox', { name: 'Search' });
  await search.fill('no account has this');
  await popup.getByText(/No account matches/).waitFor();
  await popup.getByRole('button', { name: 'Export' }).click();
  const csv = popup.getByRole('menuitem', { name: 'CSV', exact: true });
  await csv.waitFor();
  expect(await csv.getAttribute('aria-disabled')).toBe('true');
  await popup.keyboard.press('Escape');
  await search.fill('a');
  await popup.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    popup.waitForEvent('download'),
    popup.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/_filtered\.csv$/);
  const folded = (text: string | null): string =>
    (text ?? '')
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
  const truth = Array.from(scene.emulator.accounts('x', 'searched', 'followers')).filter((account) =>
    [account.handle, account.name, account.bio, account.location].some((text) => folded(text).includes('a')),
  );
  const ids = readCsv(await downloaded(download)).map(({ id }) => id);
  expect(ids).toEqual(truth.map(({ id }) => id));
});
