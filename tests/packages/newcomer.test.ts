/**
 * A new user with nothing but the README and the Chromium archive: from the unpacked folder to the first list with
 * a key in at most six clicks, to a file, and to an empty browser. The README names every control that is clicked.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../scripts/command.ts';
import { packageFile } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { launchChromium, welcomePage, type Chromium } from '../harness/chromium.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import { unpack, type Unpacked } from './unpacked.ts';

const MOST_CLICKS = 6;
/** On the browser itself, where a test cannot click: "Allow", when it asks for access to the provider. */
const BROWSER_CLICKS = 1;

let readme: string;
let emulator: Emulator;
let unpacked: Unpacked;
let copy: BuildCopy;
let browser: Chromium;
beforeAll(async () => {
  readme = (await readFile(join(ROOT, 'README.md'), 'utf8')).replace(/\s+/g, ' ');
  emulator = await startEmulator();
  unpacked = await unpack(packageFile('chrome'));
  copy = await withGrantedHosts(unpacked.folder);
  browser = await launchChromium({
    extensionDir: copy.folder,
    tlsPort: emulator.tlsPort,
    locale: 'en-US',
    keepWelcome: true,
  });
});
afterAll(async () => {
  await browser.close();
  await copy.remove();
  await unpacked.remove();
  await emulator.close();
});

/** Whether the README names a control: in bold or italics. */
function isInReadme(text: string): boolean {
  return ['**', '_'].some((mark) => readme.includes(`${mark}${text}${mark}`));
}

it('collects a list with a key, saves it as a file, and deletes everything', async () => {
  expect(readme).toContain('`npm run zip`');
  const page = await welcomePage(browser.context);
  await page.bringToFront();
  let clicks = 0;
  const click = async (target: Locator, text?: string): Promise<void> => {
    if (text !== undefined) expect(isInReadme(text), text).toBe(true);
    clicks += 1;
    await target.click();
  };

  // "Choose a provider, paste its key, and click Save. Then paste a handle or a link and click Get followers."
  await click(page.getByLabel('API key'));
  await page.keyboard.insertText(emulator.defaultKey('sociavault'));
  await click(page.getByRole('button', { name: 'Save', exact: true }), 'Save');
  const field = page.getByLabel('Handle or link');
  await field.and(page.locator(':focus')).waitFor();
  await page.keyboard.insertText('https://x.com/page_plus');
  await click(page.getByRole('button', { name: 'Get followers' }), 'Get followers');
  await page.getByText('Complete: 71 accounts.').waitFor();
  await click(page.getByRole('button', { name: 'Open list' }));
  await page.getByRole('grid', { name: 'Accounts' }).waitFor();
  expect(clicks + BROWSER_CLICKS).toBeLessThanOrEqual(MOST_CLICKS);

  await click(page.getByRole('button', { name: 'Export', exact: true }), 'Export');
  const [file] = await Promise.all([
    page.waitForEvent('download', (download) => download.suggestedFilename().endsWith('.csv')),
    click(page.getByRole('menuitem', { name: 'CSV', exact: true }), 'CSV'),
  ]);
  expect(file.suggestedFilename()).toMatch(/^followledger_x_page_plus_followers_\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).split('\r\n');
  expect(lines.filter((line) => line.includes(',page_plus,'))).toHaveLength(71);

  // "To remove all data, open the settings and click Delete everything."
  const options = await browser.openOptions();
  const region = options.getByRole('region', { name: 'Delete everything' });
  await click(region.getByRole('button', { name: 'Delete everything' }), 'Delete everything');
  await click(region.getByRole('button', { name: 'Delete permanently' }));
  await region.getByText('Everything was deleted.').waitFor();
  const left = await options.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: { local: { get(): Promise<Record<string, unknown>> } } };
    };
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return { files, local: Object.keys(await chrome.storage.local.get()) };
  });
  expect(left).toEqual({ files: [], local: [] });
  const popup = await browser.openPopupPage();
  await popup.getByText('No lists yet.').waitFor();
}, 120_000);
