/** A provider that repeats keys, in Firefox: none is stored, saved, or shown. What is repeated where: see the e2e test. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import type { EchoPlace } from '../emulator/echo.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import { asText } from '../harness/marionette.ts';
import { backupText, exportText, keysIn, readKept, type Kept } from '../harness/no-keys.ts';
import { until } from '../harness/until.ts';

const PROFILE = 'repeated_rita';
const UNREAD = 'unread_uma';
const FOLLOWERS = 20;

const keys = {
  current: `sk_live_${randomBytes(20).toString('base64url')}`,
  replaced: `sk_live_${randomBytes(20).toString('base64url')}`,
};

let emulator: Emulator;
let copy: BuildCopy;
let firefox: Firefox;
let downloads: string;

beforeAll(async () => {
  emulator = await startEmulator();
  for (const handle of [PROFILE, UNREAD]) {
    emulator.population({ platform: 'x', handle, followers: FOLLOWERS, following: 0 });
  }
  for (const key of Object.values(keys)) emulator.key({ provider: 'sociavault', key, pageSize: 10 });
  copy = await withGrantedHosts(buildFolder('firefox'));
  downloads = await mkdtemp(join(tmpdir(), 'followledger-downloads-'));
  firefox = await Firefox.launch({
    extensionDir: copy.folder,
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
  await firefox.setWindowSize(1280, 900);
});
afterAll(async () => {
  await firefox.close();
  await copy.remove();
  await emulator.close();
  await rm(downloads, { recursive: true, force: true });
});

function echo(place: EchoPlace): void {
  emulator.clearRules();
  emulator.fault({
    when: ({ provider }) => provider !== null,
    times: Infinity,
    do: { kind: 'echo', in: place },
  });
}

let isKeySaved = false;

async function saveKey(key: string): Promise<void> {
  await firefox.openExtensionPage('options.html');
  const within = await firefox.waitForRole('region', 'SociaVault');
  // A provider with a saved key is folded to a row.
  if (isKeySaved) await firefox.click(await firefox.waitForRole('button', 'Edit', { within }));
  await firefox.fill(await firefox.waitForField('API key', { within }), key);
  await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
  await firefox.waitForText(/The key works and is saved\./);
  isKeySaved = true;
}

/** Collects from the popup, and waits for what the popup then says. */
async function collect(handle: string, shownText: RegExp): Promise<void> {
  await firefox.openExtensionPage('popup.html');
  await firefox.fill(await firefox.waitForField('Handle or link'), `@${handle}`);
  await firefox.click(await firefox.waitForRole('button', /^Get followers/));
  await firefox.waitForText(shownText, { timeout: 30_000 });
}

/** The downloads that end so, once they are whole. */
async function downloaded(ending: string): Promise<readonly [string, Uint8Array]> {
  return until(
    `a file that ends in ${ending}`,
    async () => {
      const names = await readdir(downloads);
      const name = names.find((one) => one.endsWith(ending));
      if (name === undefined || names.some((one) => one.endsWith('.part'))) return null;
      const bytes = await readFile(join(downloads, name));
      return bytes.length > 0 ? ([name, bytes] as const) : null;
    },
    { timeout: 30_000 },
  );
}

function expectNoKey(place: string, text: string): void {
  expect(keysIn(text, keys), place).toEqual([]);
}

/** What stands in the place of keys, as text and read as Latin-1. */
function isMarked(text: string): boolean {
  return text.includes('•••') || text.includes(Buffer.from('•••').toString('latin1'));
}

/**
 * What the process of the present page holds of consoles. All pages of the extension share one process with its event
 * page.
 */
async function consoleText(): Promise<string> {
  return asText(
    await firefox.evaluateAsSystem(`
      const { classes, interfaces } = Components;
      const storage = classes['@mozilla.org/consoleAPI-storage;1'].getService(interfaces.nsIConsoleAPIStorage);
      const said = storage.getEvents().map(({ level, filename, arguments: parts }) =>
        [level, filename, ...parts.map((part) => (typeof part === 'object' ? JSON.stringify(part) : String(part)))].join(' '),
      );
      return [...said, ...Services.console.getMessageArray().map(({ message }) => message)].join('\\n');
    `),
  );
}

test('no key is kept, saved or said, the replaced one included', { timeout: 60_000 }, async () => {
  echo('accounts');
  await saveKey(keys.replaced);
  await saveKey(keys.current);
  await collect(PROFILE, /Complete/);
  echo('data');
  await collect(UNREAD, /couldn't be read/);

  const text = await firefox.evaluate(
    `return (${readKept.toString()})().then((kept) => JSON.stringify(kept));`,
  );
  const { tables, places } = JSON.parse(asText(text)) as Kept;
  const { 'followledger/keys': ownValue = '', ...others } = tables;
  for (const [place, kept] of Object.entries({ ...others, ...places })) expectNoKey(place, kept);
  for (const table of ['snapshots', 'pages', 'raw']) {
    expect(isMarked(others[`followledger/${table}`] ?? ''), table).toBe(true);
  }
  expect(Object.keys(places)).toContain('storage.local');
  expect([ownValue.includes(keys.current), ownValue.includes(keys.replaced)]).toEqual([true, false]);

  await firefox.openExtensionPage('options.html');
  await firefox.click(await firefox.waitForRole('button', 'Save a backup'));
  const [, file] = await downloaded('.ndjson.gz');
  const backup = backupText(file);
  expect([backup.includes('"bytes":"'), isMarked(backup)]).toEqual([true, true]);
  expectNoKey('a backup', backup);

  const list = /[0-9a-f-]{36}/.exec(others['followledger/pages'] ?? '')?.[0] ?? '';
  await firefox.openExtensionPage(`dashboard.html?list=${list}`);
  for (const format of ['CSV', 'Excel', 'Parquet']) {
    await firefox.click(await firefox.waitForRole('button', 'Export'));
    await firefox.click(await firefox.waitForRole('menuitem', format));
    const ending = format === 'Excel' ? '.xlsx' : `.${format.toLowerCase()}`;
    const [name, bytes] = await downloaded(ending);
    const [, receipt] = await downloaded(`${ending}.receipt.json`);
    const exported = await exportText(name, bytes);
    expect(isMarked(exported), name).toBe(true);
    expectNoKey(name, exported);
    expectNoKey('a receipt', Buffer.from(receipt).toString());
  }
  await firefox.evaluate(`console.info({ said: 'a line that is to be heard' });`);
  const consoles = await consoleText();
  expect(consoles.includes('a line that is to be heard')).toBe(true);
  expectNoKey('the consoles', consoles);
});
