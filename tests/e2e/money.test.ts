/** Money as the user sees it: what credits cost, what differs from the price list, and the receipt beside a file. */
import { createHash } from 'node:crypto';
import type { Download } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import { receiptSchema } from '../../lib/export/receipt-shape.ts';
import { downloaded, hasEnded, openScene, readCsv, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

it('a receipt lies beside the file, and tells the truth about it', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const dashboard = await scene.browser.openExtensionPage('dashboard.html');
  await dashboard.getByRole('button', { name: /list of / }).click();
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
  expect(json.suggestedFilename()).toBe(csv.suggestedFilename().replace('.csv', '.receipt.json'));
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
