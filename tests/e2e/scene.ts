/**
 * A browser with the built extension, and the emulator behind every host name. Everything is done as a user does
 * it: keys are entered on the options page, and clicks are made with the mouse. Only observation uses internal
 * access.
 */
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Download, Page } from 'playwright';
import { buildFolder } from '../../scripts/extension.ts';
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import type { TrueAccount } from '../emulator/population/account.ts';
import { providerNamed } from '../emulator/providers/all.ts';
import { launchChromium, type Chromium, type ChromiumOptions } from '../harness/chromium.ts';
import { withFullDisk } from '../harness/full-disk.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import { withIntruder } from '../harness/intruder.ts';
import { clickPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { useFromPages } from '../harness/used-from-pages.ts';

/** A row of the extension's tables, as stored. */
export type Row = Readonly<Record<string, unknown>>;

export interface Scene {
  readonly emulator: Emulator;
  readonly browser: Chromium;
  /** An extension page that stays open and does nothing, from which the tables are read. */
  readonly watch: Page;
  /** Clicks on pages then start immediately, unless `firstUse` is true. */
  saveKey(provider: ProviderName, key?: string, options?: { readonly firstUse?: boolean }): Promise<void>;
  /** Sets `Ask before spending more than` in the options. */
  askAbove(unit: 'credits' | 'US dollars' | 'requests', amount: string): Promise<void>;
  visit(url: string): Promise<Page>;
  /** Visits a profile and clicks its button. */
  collect(url: string): Promise<Page>;
  table(name: 'snapshots' | 'pages' | 'ledger' | 'keys' | 'derived' | 'settings' | 'watches'): Promise<Row[]>;
  /** Waits until a preference is stored as expected. Reloading a page before that may lose a change. */
  preference(key: string, wanted: (value: unknown) => boolean): Promise<void>;
  /** Waits until the only snapshot is as expected. */
  snapshot(wanted: (snapshot: Row) => boolean, timeout?: number): Promise<Row>;
  /** The provider's own requests, in order. */
  requests(provider: ProviderName): RequestRecord[];
  /** Opens the first list in the popup, or the named one in the dashboard, and saves it as CSV. */
  exportCsv(id?: string): Promise<{
    readonly popup: Page;
    readonly name: string;
    readonly text: string;
    readonly records: Row[];
  }>;
  close(): Promise<void>;
}

export interface SceneOptions extends Partial<Omit<ChromiumOptions, 'extensionDir' | 'tlsPort'>> {
  /** To reopen a profile: the emulator and the build of the previous scene. */
  readonly after?: Scene;
  /** Whether the test can fill the background's disk: see `withFullDisk`. */
  readonly fillableDisk?: boolean;
  /** Whether an intruder acts in the content script: see `withIntruder`. */
  readonly intruder?: boolean;
  /** Optional permissions that are granted from the start: no prompt can be answered without a display. */
  readonly permissions?: readonly string[];
}

interface Kept {
  readonly emulator: Emulator;
  readonly copy: BuildCopy;
}
const kept = new WeakMap<Scene, Kept>();

/** Reads a whole table from an extension page, bypassing all code of the extension. */
async function readTable(page: Page, name: string): Promise<Row[]> {
  return page.evaluate(async (table) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('followledger');
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(request.error ?? new Error('The database did not open.'));
      };
    });
    try {
      if (!database.objectStoreNames.contains(table)) return [];
      return await new Promise<Row[]>((resolve, reject) => {
        const request = database.transaction(table).objectStore(table).getAll();
        request.onsuccess = () => {
          resolve(request.result as Row[]);
        };
        request.onerror = () => {
          reject(request.error ?? new Error('The table was not read.'));
        };
      });
    } finally {
      database.close();
    }
  }, name);
}

export async function downloaded(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

export function readCsv(text: string): Row[] {
  return parse(text, { bom: true, columns: true, record_delimiter: '\r\n', relax_column_count: false });
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { after, fillableDisk = false, intruder = false, permissions = [], ...chromium } = options;
  const before = after === undefined ? undefined : kept.get(after);
  const emulator = before?.emulator ?? (await startEmulator());
  const copy = before?.copy ?? (await withGrantedHosts(buildFolder('chrome'), permissions));
  if (fillableDisk) await withFullDisk(copy);
  if (intruder) await withIntruder(copy);
  const browser = await launchChromium({
    extensionDir: copy.folder,
    tlsPort: emulator.tlsPort,
    locale: 'en-US',
    ...chromium,
  });
  const watch = await browser.openExtensionPage('popup.html');

  async function visit(url: string): Promise<Page> {
    const page = await browser.context.newPage();
    await page.goto(url);
    return page;
  }

  const scene: Scene = {
    emulator,
    browser,
    watch,
    visit,
    saveKey: async (provider, key = emulator.defaultKey(provider), { firstUse = false } = {}) => {
      const page = await browser.openOptions();
      const region = page.getByRole('region', { name: providerNamed(provider).name, exact: true });
      await showKeyForm(region);
      await region.getByLabel('API key').fill(key);
      await region.getByRole('button', { name: 'Save', exact: true }).click();
      await region.getByRole('button', { name: 'Remove key' }).and(page.locator(':enabled')).waitFor();
      if (!firstUse) await useFromPages(page);
      await page.close();
    },
    askAbove: async (unit, amount) => {
      const page = await browser.openOptions();
      const field = page.getByRole('textbox', { name: `Ask before spending more than, ${unit}` });
      await field.fill(amount);
      await field.press('Enter');
      // The field shows the stored value, so a new amount appears as soon as it is saved.
      await until('the preference to be stored', async () =>
        (await field.inputValue()) === amount ? true : null,
      );
      await page.close();
    },
    collect: async (url) => {
      const page = await visit(url);
      await clickPageButton(page);
      return page;
    },
    table: (name) => readTable(watch, name),
    preference: async (key, wanted) => {
      await until('the preference to be stored', async () => {
        const row = (await readTable(watch, 'settings')).find((found) => found['key'] === key);
        return wanted(row?.['value']) ? true : null;
      });
    },
    snapshot: (wanted, timeout = 30_000) => {
      let last: Row | undefined;
      return until(
        'the snapshot',
        async () => {
          [last] = await readTable(watch, 'snapshots');
          return last !== undefined && wanted(last) ? last : null;
        },
        { timeout, interval: 50 },
        () => JSON.stringify(last),
      );
    },
    requests: (provider) => emulator.log.filter((record) => record.provider === provider),
    exportCsv: async (id) => {
      const popup = await (id === undefined
        ? browser.openPopupPage()
        : browser.openExtensionPage(`dashboard.html?list=${id}`));
      const list = popup.getByLabel('Accounts', { exact: true });
      const line = popup.getByRole('button', { name: /\bfrom / }).first();
      // The popup opens where it was closed: in the list, or above it.
      await list.or(line).first().waitFor();
      if (id === undefined && !(await list.isVisible())) await line.click();
      await list.waitFor();
      await popup.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        popup.waitForEvent('download'),
        popup.getByRole('menuitem', { name: 'CSV' }).click(),
      ]);
      const text = await downloaded(download);
      return { popup, name: download.suggestedFilename(), text, records: readCsv(text) };
    },
    close: async () => {
      await browser.close();
      await copy.remove();
      await emulator.close();
    },
  };
  kept.set(scene, { emulator, copy });
  return scene;
}

/** Whether a snapshot has ended. */
export function hasEnded(row: Row): boolean {
  return stateOf(row) === 'ended';
}

export function stateOf(row: Row): unknown {
  const { state } = row;
  return typeof state === 'object' && state !== null && 'kind' in state ? state.kind : undefined;
}

/** Text that a spreadsheet must not run starts with an apostrophe; the exporter's rule, implemented again. */
export function guarded(text: string | null): string {
  const whole = text ?? '';
  return /^[=+\-@\t\r]/.test(whole) ? `'${whole}` : whole;
}

/** The emulator's truth of an account as the CSV must represent it, for the columns that an X provider supplies. */
export function expectedRecord(account: TrueAccount, index: number): Row {
  return {
    position: String(index + 1),
    id: account.id,
    handle: guarded(account.handle),
    name: guarded(account.name),
    bio: guarded(account.bio),
    followers: String(account.followers),
    following: String(account.following),
    posts: String(account.posts),
    created_at: new Date(account.createdAt).toISOString(),
    profile_url: `https://x.com/${account.handle}`,
  };
}

/** The columns of a record that {@link expectedRecord} contains. */
export function comparable(record: Row): Row {
  const { position, id, handle, name, bio, followers, following, posts, created_at, profile_url } = record;
  return { position, id, handle, name, bio, followers, following, posts, created_at, profile_url };
}
