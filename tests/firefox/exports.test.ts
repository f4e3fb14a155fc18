/** Exports in a real Firefox: each format, and a page that is closed before its file is saved. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { Firefox } from '../harness/firefox.ts';
import { until } from '../harness/until.ts';

let firefox: Firefox;
let downloads: string;

beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'followledger-downloads-'));
  firefox = await Firefox.launch({
    extensionDir: buildFolder('firefox'),
    proxyPort: null,
    locale: 'en-US',
    preferences: {
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
    },
  });
  await firefox.setWindowSize(1280, 900);
  await firefox.openExtensionPage('popup.html');
  await firefox.click(await firefox.waitForRole('button', 'Try a sample'));
  await firefox.waitForRole('button', 'Export');
});

afterAll(async () => {
  await firefox.close();
  await rm(downloads, { recursive: true, force: true });
});

async function startExport(format: string): Promise<void> {
  await firefox.click(await firefox.waitForRole('button', 'Export'));
  await firefox.click(await firefox.waitForRole('menuitem', format));
}

/** A complete file: in the end, Firefox sets its size and removes the `.part` file. */
async function file(ending: string): Promise<Buffer> {
  return until(
    `a file that ends in ${ending}`,
    async () => {
      const names = await readdir(downloads);
      const name = names.find((one) => one.endsWith(ending));
      if (name === undefined || names.some((one) => one.endsWith('.part'))) return null;
      const bytes = await readFile(join(downloads, name));
      return bytes.length > 0 ? bytes : null;
    },
    { timeout: 60_000 },
  );
}

test(
  'saves each format with its receipt from the page that started the export',
  { timeout: 180_000 },
  async () => {
    for (const [before, format] of ['Excel', 'CSV', 'JSON', 'NDJSON', 'Parquet'].entries()) {
      await startExport(format);
      const ending = format === 'Excel' ? '.xlsx' : `.${format.toLowerCase()}`;
      // One message covers exports that end within seconds of each other.
      const exportMessage = new RegExp(`accounts saved as \\S+\\${ending}|\\b${before + 1} files saved`);
      await firefox.waitForText(exportMessage, { timeout: 60_000 });
    }
    const records: readonly unknown[] = parse(await file('.csv'), {
      bom: true,
      columns: true,
      record_delimiter: '\r\n',
    });
    expect(records.length).toBeGreaterThan(100);
    const names = await readdir(downloads);
    const json = names.find((name) => /\d\.json$/.test(name)) ?? 'none';
    const parsed: unknown = JSON.parse(await readFile(join(downloads, json), 'utf8'));
    expect(parsed).toHaveLength(records.length);
    expect((await file('.ndjson')).toString().trimEnd().split('\n')).toHaveLength(records.length);
    expect((await file('.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect((await file('.parquet')).subarray(-4).toString()).toBe('PAR1');
    const files = names.filter((name) => !name.endsWith('.receipt.json'));
    expect(files).toHaveLength(5);
    expect(names.filter((name) => name.endsWith('.receipt.json')).sort()).toEqual(
      files.map((name) => `${name}.receipt.json`).sort(),
    );
  },
);

test('continues when the page is closed and saves from a background tab', { timeout: 120_000 }, async () => {
  const before = (await readdir(downloads)).length;
  await startExport('CSV');
  await firefox.openExtensionPage('options.html');
  await until(
    'two more files',
    async () =>
      (await readdir(downloads)).filter((name) => !name.endsWith('.part')).length === before + 2
        ? true
        : null,
    { timeout: 60_000 },
  );
  // The message about them, whatever their number.
  await firefox.waitForRole('button', 'Dismiss');
});
