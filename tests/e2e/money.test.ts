/** Money as the user sees it: what credits cost, what differs from the price list, and the receipt with a file. */
import { createHash } from 'node:crypto';
import type { Download } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { receiptSchema } from '../../lib/export/receipt/shape.ts';
import { until } from '../harness/until.ts';
import { downloaded, hasEnded, openScene, readCsv, stateOf, type Scene } from './scene.ts';

/** The browser APIs of the extension's pages and background. */
declare const chrome: {
  readonly notifications: {
    getAll(): Promise<Record<string, boolean>>;
    /** Includes the event's dispatch method, which a click on a notification uses. */
    readonly onClicked: { dispatch(name: string): void };
  };
};

let scene: Scene;
afterEach(() => scene.close());

it('a receipt is saved with the file, and describes it correctly', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /\bfrom / }).click();
  await dashboard.getByRole('button', { name: 'Export' }).click();
  const downloads: Download[] = [];
  const both = new Promise<void>((resolve) => {
    dashboard.on('download', (download) => {
      if (downloads.push(download) === 2) resolve();
    });
  });
  await dashboard.getByRole('menuitem', { name: 'CSV' }).click();
  await both;
  const [csv, json] = downloads;
  if (csv === undefined || json === undefined) throw new Error('Two files were downloaded.');
  expect(json.suggestedFilename()).toBe(`${csv.suggestedFilename()}.receipt.json`);
  const text = await downloaded(csv);
  const receipt = receiptSchema.parse(JSON.parse(await downloaded(json)));
  const { amount, charged } = scene.emulator.charges('sociavault');
  expect(receipt).toMatchObject({
    file: csv.suggestedFilename(),
    file_rows: readCsv(text).length,
    file_bytes: Buffer.byteLength(text),
    file_sha256: createHash('sha256').update(text).digest('hex'),
    file_filter: null,
    platform: 'x',
    handle: 'page_plus',
    complete: true,
    spend_charged: amount,
    spend_by_price_list: amount,
    spend_maybe_charged: 0,
    requests: charged,
  });
  expect(JSON.stringify(receipt)).not.toContain(scene.emulator.defaultKey('sociavault'));
});

it('credits are shown in money once their price is entered, and a wrong price list is reported', async () => {
  scene = await openScene();
  await scene.saveKey('sociavault');
  const options = await scene.browser.openOptions();
  const price = options.getByRole('textbox', { name: 'SociaVault, price of 1,000 credits' });
  await price.fill('20');
  await price.press('Enter');
  await options.getByLabel('SociaVault, currency').selectOption('EUR');
  await scene.preference('creditPrice', (stored) => JSON.stringify(stored ?? null).includes('EUR'));
  await options.reload();
  expect(await price.inputValue()).toBe('20');
  expect(await options.getByLabel('SociaVault, currency').inputValue()).toBe('EUR');
  // Every request is charged twice what the price list says.
  scene.emulator.key({ provider: 'sociavault', price: 2 });
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const { amount, charged: listed } = scene.emulator.charges('sociavault');
  expect(amount).toBe(2 * listed);

  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /\bfrom / }).click();
  await dashboard.getByText('Receipt').click();
  const receipt = dashboard.locator('dl[aria-label="Receipt"]');
  const message = `SociaVault charged ${amount} credits; its price list says ${listed}.`;
  await receipt.getByText(message).waitFor();
  await receipt.getByText(`${amount} credits · about €${(amount * 0.02).toFixed(2)}`).waitFor();
  await dashboard.getByRole('button', { name: 'Spending history' }).click();
  await dashboard.getByRole('table', { name: 'Spending history' }).getByText(message).waitFor();

  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@bob_metrics');
  await popup.getByText('Looking up the count first costs 1 credit (about €0.02).').first().waitFor();
});

it('testing a key that costs a request is announced, counted, and subject to the monthly limit', async () => {
  scene = await openScene();
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'X API v1.1', exact: true });
  await region.getByText('Each test costs 1 request.').waitFor();
  await scene.saveKey('x-v1.1');
  expect(scene.emulator.charges('x-v1.1').amount).toBe(1);
  const [entry] = await scene.table('ledger');
  expect(entry).toMatchObject({ purpose: 'key-check', status: 'charged', amount: 1, listed: 1 });
  const limit = options.getByRole('textbox', { name: 'Monthly limit, X API v1.1' });
  await limit.fill('1');
  await limit.press('Enter');
  await scene.preference('monthlyLimit', (stored) => JSON.stringify(stored) === '{"x-v1.1":1}');
  await region.getByRole('button', { name: 'Test key' }).click();
  await region.getByText('could exceed your monthly limit. Nothing was sent.').waitFor();
  expect(scene.emulator.charges('x-v1.1').amount).toBe(1);
});

/** The visible notifications, by name. */
function shown(): Promise<string[]> {
  return scene.watch.evaluate(async () => Object.keys(await chrome.notifications.getAll()));
}

it('a notification appears once when a list is done or needs approval, even after a background restart, and opens the list', async () => {
  scene = await openScene({ permissions: ['notifications'] });
  const { browser } = scene;
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);

  const options = await browser.openOptions();
  const wanted = options.getByLabel('Notify me when a list is done or needs attention');
  expect(await wanted.isChecked()).toBe(false);
  await wanted.check();
  await scene.preference('notifySince', (since) => typeof since === 'number');
  await scene.askAbove('credits', '10');
  // Runs that ended before notifications were turned on are not reported.
  expect(await shown()).toEqual([]);

  await scene.collect('https://x.com/bob_metrics');
  const confirming = await until(
    'the run to wait for approval',
    async () => (await scene.table('snapshots')).find((row) => stateOf(row) === 'confirming') ?? null,
  );
  const name = `${String(confirming['id'])} ${String(confirming['updatedAt'])}`;
  await until('the notification', async () => ((await shown()).includes(name) ? true : null));
  expect(await shown()).toEqual([name]);

  // A click opens the list, and the notification disappears.
  const opened = browser.context.waitForEvent('page', (page) => page.url().includes('dashboard.html?list='));
  const [worker] = browser.context.serviceWorkers();
  if (worker === undefined) throw new Error('The background is not running.');
  await worker.evaluate((received) => {
    chrome.notifications.onClicked.dispatch(received);
  }, name);
  expect(new URL((await opened).url()).searchParams.get('list')).toBe(confirming['id']);
  await until('the notification to disappear', async () => ((await shown()).length === 0 ? true : null));

  // A new background knows that it was already shown.
  await browser.killWorker();
  const popup = await browser.openPopupPage();
  await popup
    .getByLabel('Handle or link')
    .or(popup.getByText('Nothing more will be spent'))
    .first()
    .waitFor();
  expect(await shown()).toEqual([]);

  await wanted.uncheck();
  await scene.preference('notifySince', (since) => since === null);
});

it('a list ended by the monthly limit continues with one click, which states the amount by which the limit is raised', async () => {
  scene = await openScene();
  scene.emulator.population({ platform: 'x', handle: 'steady_sue', followers: 350, following: 0 });
  await scene.saveKey('sociavault');
  const options = await scene.browser.openOptions();
  const limit = options.getByRole('textbox', { name: 'Monthly limit, SociaVault' });
  await limit.fill('3');
  await limit.press('Enter');
  await scene.preference('monthlyLimit', (stored) => JSON.stringify(stored) === '{"sociavault":3}');
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@steady_sue');
  await popup.getByRole('button', { name: 'Get followers' }).click();
  // A lookup and two pages.
  const capped = await scene.snapshot(hasEnded);
  expect(capped).toMatchObject({ rows: 140, state: { outcome: { kind: 'capped', by: 'monthly' } } });
  await popup.getByRole('button', { name: 'Raise the monthly limit and continue · 3 credits' }).click();
  const whole = await scene.snapshot((row) => hasEnded(row) && row['rows'] === 350);
  expect(whole).toMatchObject({ state: { outcome: { kind: 'complete' } } });
  expect(scene.emulator.charges('sociavault').amount).toBe(6);
  await options.reload();
  expect(await limit.inputValue()).toBe('6');
});
