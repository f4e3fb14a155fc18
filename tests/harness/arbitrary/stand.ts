/** A browser with the extension in it, as far as the journey of arbitrary accounts drives it: the same in both. */
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from '../chromium.ts';
import { Firefox } from '../firefox.ts';
import { asText } from '../marionette.ts';
import { saveKey } from '../options-page.ts';
import { clickPageButton, waitForPageButton } from '../page-button.ts';
import { until } from '../until.ts';

export interface Stand {
  readonly name: string;
  saveKey(provider: string, key: string): Promise<void>;
  removeKey(provider: string): Promise<void>;
  /** Starts from the profile's page, which gives its hint along. */
  startFromPage(url: string): Promise<void>;
  startFromPopup(link: string): Promise<void>;
  /** Approves the price of a list that waits for that. */
  approve(link: string): Promise<void>;
  /** Runs the body of a function on a page of the extension. */
  evaluate(body: string): Promise<string>;
  /** @returns where the file lies */
  saveBackup(): Promise<string>;
  /** @returns what the page says when it is done */
  restore(path: string, shownText: RegExp): Promise<string>;
  deleteEverything(): Promise<void>;
  /** Exports a list; CSV is saved raw, without what keeps spreadsheets from running it. @returns where the file lies */
  exportList(id: string, menuItem: string, ending: string): Promise<string>;
  close(): Promise<void>;
}

export interface StandOptions {
  readonly extensionDir: string;
  readonly tlsPort: number;
  readonly httpPort: number;
  /** For what is saved. */
  readonly folder: string;
  /** How long one save, restore or export may take, in milliseconds. */
  readonly patience: number;
}

const RAW = 'Raw CSV';

export async function chromiumStand(options: StandOptions): Promise<Stand> {
  const { extensionDir, tlsPort, folder, patience } = options;
  const browser = await launchChromium({ extensionDir, tlsPort, locale: 'en-US', timezoneId: 'UTC' });
  const watch = await browser.openExtensionPage('popup.html');
  let files = 0;
  const openCard = async (link: string) => {
    const popup = await browser.openPopupPage();
    const field = popup.getByLabel('Handle or link');
    const back = popup.getByRole('button', { name: 'All lists' });
    await back.or(field).first().waitFor();
    if (await back.isVisible()) await back.click();
    await field.fill(link);
    return popup;
  };
  const openBackup = async () => {
    const page = await browser.openOptions();
    return { page, region: page.getByRole('region', { name: 'Backup', exact: true }) };
  };
  return {
    name: 'Chromium',
    saveKey: (provider, key) => saveKey(browser, provider, key),
    removeKey: async (provider) => {
      const page = await browser.openOptions();
      const region = page.getByRole('region', { name: provider, exact: true });
      await region.getByRole('button', { name: 'Remove key' }).click();
      await region.getByText('Key removed.').waitFor();
      await page.close();
    },
    startFromPage: async (url) => {
      const page = await browser.context.newPage();
      await page.goto(url);
      await clickPageButton(page);
      await waitForPageButton(page, /^(?!Get followers)/);
      await page.close();
    },
    startFromPopup: async (link) => {
      const popup = await openCard(link);
      await popup.getByRole('button', { name: /^Get followers/ }).click();
      await popup.getByRole('button', { name: /^Get followers/ }).waitFor({ state: 'hidden' });
      await popup.close();
    },
    approve: async (link) => {
      const popup = await openCard(link);
      await popup
        .getByRole('button', { name: /^Spend up to/ })
        .last()
        .click();
      await popup
        .getByRole('button', { name: /^Spend up to/ })
        .first()
        .waitFor({ state: 'hidden' });
      await popup.close();
    },
    evaluate: async (body) => String(await watch.evaluate(`(async () => { ${body} })()`)),
    saveBackup: async () => {
      const { page, region } = await openBackup();
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: patience }),
        region.getByRole('button', { name: 'Save a backup' }).click(),
      ]);
      await region.getByText(/accounts saved as followledger_backup_/).waitFor({ timeout: patience });
      files += 1;
      const path = join(folder, `${files}.ndjson.gz`);
      await download.saveAs(path);
      await page.close();
      return path;
    },
    restore: async (path, shownText) => {
      const { page, region } = await openBackup();
      await region.locator('input[type=file]').setInputFiles(path);
      await region.getByText(shownText).waitFor({ timeout: patience });
      const statusText = await region.innerText();
      await page.close();
      return statusText;
    },
    deleteEverything: async () => {
      const page = await browser.openOptions();
      const region = page.getByRole('region', { name: 'Delete everything' });
      await region.getByRole('button', { name: 'Delete everything' }).click();
      await region.getByRole('button', { name: 'Delete permanently' }).click();
      await region.getByText('Everything was deleted.').waitFor({ timeout: patience });
      await page.close();
    },
    exportList: async (id, menuItem, ending) => {
      const page = await browser.openExtensionPage(`dashboard.html?list=${id}`);
      await page.getByLabel('Accounts', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      if (ending === '.csv') await page.getByRole('menuitemcheckbox', { name: RAW }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download', {
          predicate: (file) => !file.suggestedFilename().includes('receipt'),
          timeout: patience,
        }),
        page.getByRole('menuitem', { name: menuItem, exact: true }).click(),
      ]);
      files += 1;
      const path = join(folder, `${files}${ending}`);
      await download.saveAs(path);
      await page.close();
      return path;
    },
    close: () => browser.close(),
  };
}

export async function firefoxStand(options: StandOptions): Promise<Stand> {
  const { extensionDir, httpPort, folder, patience } = options;
  const downloads = await mkdtemp(join(folder, 'downloads-'));
  const firefox = await Firefox.launch({
    extensionDir,
    proxyPort: httpPort,
    locale: 'en-US',
    preferences: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk': 'application/gzip',
    },
  });
  await firefox.setWindowSize(1280, 900);
  const press = async (name: string | RegExp, region?: string): Promise<void> => {
    const within = region === undefined ? undefined : await firefox.waitForRole('region', region);
    await firefox.click(
      await firefox.waitForRole('button', name, within === undefined ? {} : { within, timeout: patience }),
    );
  };
  const openCard = async (link: string): Promise<void> => {
    await firefox.openExtensionPage('popup.html');
    // The popup opens where it was left: in the list, or above it.
    const place = await until('the popup to be there', async () => {
      if ((await firefox.byRole('button', 'All lists')) !== null) return 'in a list';
      for (const field of await firefox.findAll('input')) {
        if ((await firefox.roleAndName(field)).name === 'Handle or link') return 'above';
      }
      return null;
    });
    if (place === 'in a list') await press('All lists');
    await firefox.fill(await firefox.waitForField('Handle or link'), link);
  };
  /** The file that comes with an action, once it is whole: Firefox takes the `.part` beside it away at the end. */
  const saved = async (ending: string, act: () => Promise<void>): Promise<string> => {
    const before = new Set(await readdir(downloads));
    await act();
    const name = await until(
      `a file that ends in ${ending}`,
      async () => {
        const names = await readdir(downloads);
        const found = names.find(
          (one) => !before.has(one) && one.endsWith(ending) && !one.includes('receipt'),
        );
        if (found === undefined || names.some((one) => one.endsWith('.part'))) return null;
        return (await stat(join(downloads, found))).size > 0 ? found : null;
      },
      { timeout: patience },
    );
    return join(downloads, name);
  };
  return {
    name: 'Firefox',
    saveKey: async (provider, key) => {
      await firefox.openExtensionPage('options.html');
      const within = await firefox.waitForRole('region', provider);
      await firefox.fill(await firefox.waitForField('API key', { within }), key);
      await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
      await firefox.waitForText(/The key works and is saved\./);
    },
    removeKey: async (provider) => {
      await firefox.openExtensionPage('options.html');
      await press('Remove key', provider);
      await firefox.waitForText('Key removed.');
    },
    startFromPage: async (url) => {
      await firefox.goto(url);
      await firefox.clickPageButton('Get followers');
      await firefox.waitForPageButton(/^(?!Get followers)/);
      await firefox.openExtensionPage('popup.html');
    },
    startFromPopup: async (link) => {
      await openCard(link);
      await press(/^Get followers/);
      await until('the list to be started', async () =>
        (await firefox.byRole('button', /^Get followers/)) === null ? true : null,
      );
    },
    approve: async (link) => {
      await openCard(link);
      await press(/^Spend up to/);
      await until('the price to be approved', async () =>
        (await firefox.byRole('button', /^Spend up to/)) === null ? true : null,
      );
    },
    evaluate: async (body) => asText(await firefox.evaluate(`return (async () => { ${body} })();`)),
    saveBackup: async () => {
      await firefox.openExtensionPage('options.html');
      return saved('.gz', async () => {
        await press('Save a backup');
        await firefox.waitForText(/accounts saved as followledger_backup_/, { timeout: patience });
      });
    },
    restore: async (path, shownText) => {
      await firefox.openExtensionPage('options.html');
      await firefox.waitForRole('region', 'Backup');
      const [chooser] = await firefox.findAll('input[type=file]');
      if (chooser === undefined) throw new Error('There is no field for a file.');
      await firefox.choose(chooser, path);
      return firefox.waitForText(shownText, { timeout: patience });
    },
    deleteEverything: async () => {
      await firefox.openExtensionPage('options.html');
      await press('Delete everything', 'Delete everything');
      await press('Delete permanently', 'Delete everything');
      await firefox.waitForText('Everything was deleted.', { timeout: patience });
    },
    exportList: async (id, menuItem, ending) => {
      await firefox.openExtensionPage(`dashboard.html?list=${id}`);
      return saved(ending, async () => {
        await press('Export');
        if (ending === '.csv') await firefox.click(await firefox.waitForRole('menuitemcheckbox', RAW));
        await firefox.click(await firefox.waitForRole('menuitem', menuItem));
      });
    },
    close: () => firefox.close(),
  };
}
