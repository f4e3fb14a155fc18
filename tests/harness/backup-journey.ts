/**
 * Saves three lists in one Chromium and restores them into an empty Chromium and an empty Firefox: two complete
 * lists, and one that was paused partway and resumes there.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { benchExtension } from '../../scripts/bench/extension.ts';
import { idleMemory, peakMemory } from '../../scripts/bench/memory.ts';
import { pidOf } from '../../scripts/bench/stage.ts';
import { seedList } from '../../scripts/bench/seed.ts';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { launchChromium, type Chromium } from './chromium.ts';
import { Firefox } from './firefox.ts';
import { withGrantedHosts } from './granted-hosts.ts';
import { saveKey } from './options-page.ts';
import { clickPageButton } from './page-button.ts';
import { until } from './until.ts';

const HANDLE = 'steady_sue';
const LIST_PAGE = '/v1/scrape/twitter/followers';

export interface JourneyOptions {
  /** Accounts of each of the two complete lists. */
  readonly complete: number;
  /** Accounts of the list that is paused partway. */
  readonly paused: number;
  /** How long one save or restore may take. */
  readonly patience: number;
  /** Whether to measure memory, which takes a few seconds longer. */
  readonly measure: boolean;
  readonly notify: (line: string) => void;
}

/** The content of a backup, parsed without the product's code. */
interface Contents {
  /** The digest of each list, by its ID. */
  readonly digests: Readonly<Record<string, string>>;
  readonly accounts: number;
  readonly lines: number;
}

async function readContents(path: string, keys: readonly string[]): Promise<Contents> {
  const file = await readFile(path);
  for (const key of keys) expect(file.includes(key)).toBe(false);
  const digests: Record<string, string> = {};
  let [id, accounts, lines] = ['', 0, 0];
  for await (const line of createInterface(createReadStream(path).pipe(createGunzip()))) {
    lines += 1;
    for (const key of keys) {
      expect(line.includes(key)).toBe(false);
      expect(line.includes(Buffer.from(key).toString('base64').slice(0, -4))).toBe(false);
    }
    if (line.startsWith('{"snapshot"')) {
      ({
        snapshot: { id },
      } = JSON.parse(line) as { snapshot: { id: string } });
    }
    if (line.startsWith('{"closed"')) {
      digests[id] = (JSON.parse(line) as { closed: { content: string } }).closed.content;
    }
    if (line.startsWith('{"end"')) ({ accounts } = (JSON.parse(line) as { end: { accounts: number } }).end);
  }
  return { digests, accounts, lines };
}

interface Measured {
  readonly seconds: number;
  /** The peak above the browser's memory before; `null` if the system does not report it. */
  readonly megabytes: number | null;
}

/** Runs an action and measures the memory of the browser's processes meanwhile, if requested. */
async function measure<T>(
  { measure }: JourneyOptions,
  pid: number,
  work: () => Promise<T>,
): Promise<[T, Measured]> {
  const began = performance.now();
  if (!measure) return [await work(), { seconds: (performance.now() - began) / 1000, megabytes: null }];
  const idle = await idleMemory(pid);
  const results: T[] = [];
  const from = performance.now();
  const peak = await peakMemory(pid, async () => {
    results.push(await work());
  });
  const seconds = (performance.now() - from) / 1000;
  const [result] = results;
  if (result === undefined) throw new Error('There was no result.');
  return [result, { seconds, megabytes: peak === null || idle === null ? null : peak - idle }];
}

function describeCost({ seconds, megabytes }: Measured): string {
  const memory = megabytes === null ? '' : `, ${megabytes.toFixed(0)} MB above idle`;
  return `${seconds.toFixed(1)} s${memory}`;
}

async function saveBackup(page: Page, folder: string, patience: number): Promise<string> {
  const region = page.getByRole('region', { name: 'Backup', exact: true });
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: patience }),
    region.getByRole('button', { name: 'Save a backup' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^followledger_backup_\d{4}-\d\d-\d\d\.ndjson\.gz$/);
  await region.getByText(/accounts saved as followledger_backup_/).waitFor();
  const path = join(folder, `${Math.random().toString(36).slice(2)}.ndjson.gz`);
  await download.saveAs(path);
  return path;
}

interface Run {
  readonly emulator: Emulator;
  readonly folder: string;
  readonly options: JourneyOptions;
  readonly key: string;
}

/** Creates the three lists and saves a backup. */
async function createBackup(run: Run, extensionDir: string): Promise<string> {
  const { emulator, folder, options, key } = run;
  const { complete, paused, patience, notify } = options;
  emulator.population({ platform: 'x', handle: HANDLE, followers: paused, following: 0 });
  const browser = await launchChromium({ extensionDir, tlsPort: emulator.tlsPort, locale: 'en-US' });
  try {
    await saveKey(browser, 'SociaVault', key);
    for (const [handle, pageSize] of [
      ['large_one', 70],
      ['large_two', 1_000],
    ] as const) {
      await seedList(browser, { rows: complete, pageSize, handle });
    }
    let pages = 0;
    const half = Math.max(1, Math.floor(paused / 70 / 2));
    const hold = emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === half, 'decided');
    const profile = await browser.context.newPage();
    await profile.goto(`https://x.com/${HANDLE}`);
    await clickPageButton(profile);
    await hold.arrived;
    const popup = await browser.openPopupPage();
    await popup
      .getByRole('button', { name: new RegExp(`@?${HANDLE}|\\bfrom `) })
      .first()
      .waitFor();
    await popup.getByLabel('Handle or link').fill(`@${HANDLE}`);
    await popup.getByRole('button', { name: 'Pause' }).click();
    await popup.getByRole('button', { name: 'Resume' }).first().waitFor();
    hold.release();
    // The page in progress is still saved: it was paid for.
    await until('the last page', async () =>
      (await popup.getByText(new RegExp(`${(half * 70).toLocaleString('en-US')} of`)).count()) > 0
        ? true
        : null,
    );
    await popup.close();
    const page = await browser.openOptions();
    const [path, cost] = await measure(options, await pidOf(browser), () =>
      saveBackup(page, folder, patience),
    );
    notify(
      `saved in Chromium: ${describeCost(cost)}, ${((await readFile(path)).length / 1e6).toFixed(1)} MB`,
    );
    return path;
  } finally {
    await browser.close();
  }
}

async function snapshots(evaluate: (body: string) => Promise<unknown>): Promise<readonly Row[]> {
  const text = await evaluate(`return new Promise((resolve, reject) => {
    const opening = indexedDB.open('followledger');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction('snapshots').objectStore('snapshots').getAll();
      reading.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(reading.result)); };
    };
  });`);
  return JSON.parse(String(text)) as Row[];
}
type Row = Readonly<Record<string, unknown>>;

function isWhole(rows: readonly Row[], paused: number): boolean {
  const row = rows.find(({ handleKey }) => handleKey === HANDLE);
  return row?.['rows'] === paused && (row['state'] as { kind: string }).kind === 'ended';
}

async function intoChromium(
  run: Run,
  extensionDir: string,
  backup: string,
  expected: Contents,
): Promise<void> {
  const { emulator, folder, options, key } = run;
  const browser: Chromium = await launchChromium({
    extensionDir,
    tlsPort: emulator.tlsPort,
    locale: 'en-US',
  });
  try {
    const page = await browser.openOptions();
    const region = page.getByRole('region', { name: 'Backup', exact: true });
    const [, cost] = await measure(options, await pidOf(browser), async () => {
      await region.locator('input[type=file]').setInputFiles(backup);
      await region
        .getByText('3 lists were added. 1 unfinished list stays paused')
        .waitFor({ timeout: options.patience });
      return true;
    });
    options.notify(`restored in Chromium: ${describeCost(cost)}`);
    const again = await saveBackup(page, folder, options.patience);
    expect(await readContents(again, [key])).toMatchObject({ digests: expected.digests });
    const evaluate = (body: string) => page.evaluate(`(() => { ${body} })()`);
    expect((await snapshots(evaluate)).find(({ handleKey }) => handleKey === HANDLE)).toMatchObject({
      state: { kind: 'paused' },
    });
    await saveKey(browser, 'SociaVault', key);
    const popup = await browser.openPopupPage();
    await popup.getByLabel('Handle or link').fill(`@${HANDLE}`);
    await popup.getByRole('button', { name: 'Resume' }).first().click();
    // A restored list spends nothing until its price is approved.
    await popup
      .getByRole('button', { name: /^Spend up to/ })
      .first()
      .click();
    await until(
      'the list to be complete',
      async () => (isWhole(await snapshots(evaluate), options.paused) ? true : null),
      {
        timeout: options.patience,
        interval: 200,
      },
    );
  } finally {
    await browser.close();
  }
}

async function intoFirefox(
  run: Run,
  extensionDir: string,
  backup: string,
  expected: Contents,
): Promise<void> {
  const { emulator, folder, options, key } = run;
  const downloads = await mkdtemp(join(folder, 'downloads-'));
  const firefox = await Firefox.launch({
    extensionDir,
    proxyPort: emulator.httpPort,
    locale: 'en-US',
    preferences: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.helperApps.neverAsk.saveToDisk': 'application/gzip',
    },
  });
  try {
    await firefox.openExtensionPage('options.html');
    await firefox.waitForRole('region', 'Backup');
    const [chooser] = await firefox.findAll('input[type=file]');
    if (chooser === undefined) throw new Error('There is no file field.');
    const [, cost] = await measure(options, firefox.pid, async () => {
      await firefox.choose(chooser, backup);
      await firefox.waitForText('3 lists were added. 1 unfinished list stays paused', {
        timeout: options.patience,
      });
      return true;
    });
    options.notify(`restored in Firefox: ${describeCost(cost)}`);
    await firefox.click(await firefox.waitForRole('button', 'Save a backup'));
    await firefox.waitForText(/accounts saved as followledger_backup_/, { timeout: options.patience });
    const name = await until('the download', async () => {
      const files = await readdir(downloads);
      return files.some((file) => file.endsWith('.part'))
        ? null
        : (files.find((file) => file.endsWith('.gz')) ?? null);
    });
    expect(await readContents(join(downloads, name), [key])).toMatchObject({ digests: expected.digests });
    const within = await firefox.waitForRole('region', 'SociaVault');
    await firefox.fill(await firefox.waitForField('API key', { within }), key);
    await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
    await firefox.waitForText(/The key works and is saved\./);
    await firefox.openExtensionPage('popup.html');
    await firefox.fill(await firefox.waitForField('Handle or link'), `@${HANDLE}`);
    await firefox.click(await firefox.waitForRole('button', 'Resume'));
    await firefox.click(await firefox.waitForRole('button', /^Spend up to/));
    await until(
      'the list to be complete',
      async () => (isWhole(await snapshots((body) => firefox.evaluate(body)), options.paused) ? true : null),
      { timeout: options.patience, interval: 200 },
    );
  } finally {
    await firefox.close();
  }
}

/** Saves, restores into both browsers, compares digests, and resumes the unfinished list in each. */
export async function backupJourney(options: JourneyOptions): Promise<void> {
  const emulator = await startEmulator();
  const folder = await mkdtemp(join(tmpdir(), 'followledger-backup-'));
  const chrome = await benchExtension(buildFolder('chrome'));
  const firefox = await withGrantedHosts(buildFolder('firefox'));
  const run: Run = { emulator, folder, options, key: emulator.defaultKey('sociavault') };
  try {
    const backup = await createBackup(run, chrome.folder);
    const contents = await readContents(backup, [run.key]);
    expect(Object.keys(contents.digests)).toHaveLength(3);
    await intoChromium(run, chrome.folder, backup, contents);
    await intoFirefox(run, firefox.folder, backup, contents);
  } finally {
    await emulator.close();
    await chrome.remove();
    await firefox.remove();
    await rm(folder, { recursive: true, force: true });
  }
}
