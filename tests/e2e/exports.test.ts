/**
 * Interrupted and concurrent exports in a real Chromium: every file with its final name is complete, and no
 * temporary files are left.
 */
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { seedList } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import type { BuildCopy } from '../harness/granted-hosts.ts';
import { until } from '../harness/until.ts';
import { readCsv } from './scene.ts';

const ROWS = 20_000;

let copy: BuildCopy;
let downloads: string;
beforeAll(async () => {
  copy = await benchExtension(buildFolder('chrome'));
  downloads = await mkdtemp(join(tmpdir(), 'followledger-downloads-'));
});
afterAll(async () => {
  await copy.remove();
  await rm(downloads, { recursive: true, force: true });
});

/** Sends downloads of every page, visible or hidden, into the folder under their own names. */
async function setDownloadFolder(browser: Chromium): Promise<CDPSession> {
  const session = await browser.context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The browser has exited.');
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  return session;
}

/** Finished files: a download in progress has another name. */
async function finished(): Promise<string[]> {
  return (await readdir(downloads)).filter((name) =>
    /^followledger_.*\.(?:csv|json|ndjson|xlsx|parquet)$/.test(name),
  );
}

/** Waits for a file with its content: Chromium first reserves the name with an empty file. */
function waitForFile(name: RegExp): Promise<string> {
  return until(
    `the file ${String(name)}`,
    async () => {
      const file = (await finished()).find((one) => name.test(one));
      return file !== undefined && (await stat(join(downloads, file))).size > 0 ? file : null;
    },
    { timeout: 60_000 },
  );
}

/** The files in progress, in the origin private file system. */
function unfinishedFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('exports', { create: true });
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

async function startExport(page: Page, format: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: format, exact: true }).click();
}

const exportStatus = (page: Page) => page.getByRole('status', { name: 'Exports' });

describe('an export', () => {
  let browser: Chromium;
  let list: string;
  let watch: Page;
  beforeAll(async () => {
    browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null, locale: 'en-US' });
    await setDownloadFolder(browser);
    list = await seedList(browser, { rows: ROWS, pageSize: 1000, handle: 'closed' });
    watch = await browser.openExtensionPage('options.html');
  });
  afterAll(() => browser.close());

  it('continues when its page is closed, and is reported in the next page', async () => {
    const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
    await startExport(page, 'CSV');
    await exportStatus(page).getByRole('progressbar').waitFor();
    await page.close();
    const name = await waitForFile(/_closed_.*\.csv$/);
    const records = readCsv(await readFile(join(downloads, name), 'utf8'));
    expect(records).toHaveLength(ROWS);
    expect(records.at(-1)?.['position']).toBe(String(ROWS));
    await waitForFile(/_closed_.*\.csv\.receipt\.json$/);
    const popup = await browser.openPopupPage();
    await exportStatus(popup).getByText(`20,000 accounts saved as ${name}`).waitFor();
    await popup.getByRole('button', { name: 'Dismiss' }).click();
    await popup.close();
  });

  it('creates no file when it is cancelled, and leaves no temporary file', async () => {
    const before = await unfinishedFiles(watch);
    const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
    await startExport(page, 'Excel');
    await exportStatus(page).getByRole('button', { name: 'Cancel export' }).click();
    await until('the export to disappear', async () =>
      (await exportStatus(page).innerText()) === '' ? true : null,
    );
    const left = await unfinishedFiles(watch);
    expect(left.filter((name) => !before.includes(name))).toEqual([]);
    expect((await finished()).filter((name) => name.endsWith('.xlsx'))).toEqual([]);
    await page.close();
  });

  it('runs at the same time as another, and both files are complete', async () => {
    const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
    await startExport(page, 'NDJSON');
    await startExport(page, 'Parquet');
    const lines = await readFile(join(downloads, await waitForFile(/\.ndjson$/)), 'utf8');
    expect(lines.trimEnd().split('\n')).toHaveLength(ROWS);
    const parquet = await readFile(join(downloads, await waitForFile(/\.parquet$/)));
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
    expect(parquet.subarray(-4).toString()).toBe('PAR1');
    await page.close();
  });

  it('shares one message with four others; the message closes by itself and moves nothing', async () => {
    const page = await browser.openExtensionPage(`popup.html?list=${list}`);
    const accounts = page.getByRole('list', { name: 'Accounts' });
    await accounts.waitFor();
    // The two earlier files are reported here first.
    await exportStatus(page).getByText('2 files saved.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    const before = await accounts.boundingBox();
    for (const format of ['CSV', 'CSV', 'CSV', 'CSV', 'CSV']) await startExport(page, format);
    const toasts = page.locator('.toast');
    await exportStatus(page).getByText('more export').waitFor();
    // From one export to the next, the message is drawn again.
    const box = await until('the message', () => toasts.boundingBox());
    expect(box.height).toBeLessThan(200);
    const all = toasts.locator('summary', { hasText: '5 files saved.' });
    await all.waitFor({ timeout: 60_000 });
    expect(await toasts.count()).toBe(1);
    expect(await accounts.boundingBox()).toEqual(before);
    // It stays as long as the pointer is over it.
    await toasts.hover();
    await all.click();
    await toasts
      .getByText(/saved as .*\.csv/)
      .first()
      .waitFor();
    await page.mouse.move(5, 5);
    await page.getByRole('searchbox', { name: 'Search' }).focus();
    await until('the message to close', async () => ((await toasts.count()) === 0 ? true : null), {
      timeout: 20_000,
    });
    await page.close();
    const other = await browser.openPopupPage();
    await other.getByRole('button', { name: 'Export', exact: true }).waitFor();
    expect(await exportStatus(other).innerText()).toBe('');
    await other.close();
  });

  it('starts from one button, which is never replaced: a click while its menu loads is not lost', async () => {
    const page = await browser.context.newPage();
    await page.addInitScript(() => {
      const added: Element[] = [];
      Reflect.set(globalThis, 'exportButtons', added);
      new MutationObserver(() => {
        for (const button of document.querySelectorAll('button[aria-haspopup="menu"]')) {
          if (button.textContent === 'Export' && !added.includes(button)) added.push(button);
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`chrome-extension://${browser.extensionId}/dashboard.html?list=${list}`);
    const button = page.getByRole('button', { name: 'Export', exact: true });
    const box = await until('the button', () => button.boundingBox());
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    // Held until the page is quiet: the menu, which the pointer's arrival loads, is there.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestIdleCallback(() => {
            requestIdleCallback(() => {
              resolve();
            });
          });
        }),
    );
    await page.mouse.up();
    await page.getByRole('menuitem', { name: 'Excel', exact: true }).waitFor();
    expect(await page.evaluate(() => (Reflect.get(globalThis, 'exportButtons') as Element[]).length)).toBe(1);
    await page.keyboard.press('Escape');
    await until('the button to have the focus', () =>
      button.evaluate((element) => (element === document.activeElement ? true : null)),
    );
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Excel', exact: true }).waitFor();
    await page.close();
  });

  it('reports a full disk clearly, and leaves no temporary file', { timeout: 120_000 }, async () => {
    const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
    const session = await browser.context.newCDPSession(page);
    const origin = `chrome-extension://${browser.extensionId}`;
    const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    const before = await unfinishedFiles(watch);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 2_000_000 });
    await startExport(page, 'JSON');
    // A failure stays until it is dismissed.
    await page.getByRole('alert').getByText('Not enough disk space for').waitFor({ timeout: 90_000 });
    const left = await unfinishedFiles(watch);
    expect(left.filter((name) => !before.includes(name))).toEqual([]);
    expect((await finished()).filter((name) => /\d\.json$/.test(name))).toEqual([]);
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await page.close();
  });
});

describe('a browser that is killed during an export', () => {
  it('creates no file, and its next start deletes the temporary files', { timeout: 120_000 }, async () => {
    const userDataDir = await mkdtemp(join(tmpdir(), 'followledger-killed-'));
    try {
      const options = { extensionDir: copy.folder, tlsPort: null, locale: 'en-US', userDataDir } as const;
      const first = await launchChromium(options);
      await setDownloadFolder(first);
      const list = await seedList(first, { rows: ROWS, pageSize: 1000, handle: 'killed' });
      const page = await first.openExtensionPage(`dashboard.html?list=${list}`);
      await startExport(page, 'Excel');
      await exportStatus(page).getByRole('progressbar').waitFor();
      expect(await unfinishedFiles(page)).not.toEqual([]);
      await first.killBrowser();
      expect((await finished()).filter((name) => name.includes('_killed_'))).toEqual([]);

      const second = await launchChromium(options);
      const watch = await second.openExtensionPage('options.html');
      await until('the temporary files to be deleted', async () =>
        (await unfinishedFiles(watch)).length === 0 ? true : null,
      );
      // Nothing vanishes without a word.
      const again = await second.openExtensionPage('dashboard.html');
      const alert = again.getByRole('alert');
      await alert.getByText(/^The export was interrupted, so \S+_killed_\S+\.xlsx wasn't saved\./).waitFor();
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      await alert.getByText('interrupted').waitFor({ state: 'hidden' });
      await second.close();
    } finally {
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    }
  });
});

it(
  'an export that a reload of the extension interrupts is mentioned afterward, once',
  { timeout: 120_000 },
  async () => {
    const browser = await launchChromium({
      extensionDir: copy.folder,
      tlsPort: null,
      locale: 'en-US',
      loadsAgain: true,
    });
    try {
      await setDownloadFolder(browser);
      const list = await seedList(browser, { rows: ROWS, pageSize: 1000, handle: 'reloaded' });
      const page = await browser.openExtensionPage(`dashboard.html?list=${list}`);
      await startExport(page, 'Excel');
      await exportStatus(page).getByRole('progressbar').waitFor();
      const removed = page.waitForEvent('close');
      // The page that asks is gone before it could be answered.
      await Promise.all([removed, page.evaluate('chrome.runtime.reload()').catch(() => undefined)]);
      await browser.loadAgain();
      const dashboard = await browser.openExtensionPage('dashboard.html');
      const mention = dashboard.getByRole('alert').getByText(/^The export was interrupted, so \S+_reloaded_/);
      await mention.waitFor();
      await dashboard.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
      await mention.waitFor({ state: 'hidden' });
      expect((await finished()).filter((name) => name.includes('_reloaded_'))).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
