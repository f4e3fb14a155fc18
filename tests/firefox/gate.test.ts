/**
 * Keys behind a passphrase, and deleting everything, in a real Firefox with the build as it is: its own prompts are
 * granted by a preference, so what is asked for is really given, and really given back.
 *
 * A temporary add-on does not outlive Firefox, and Firefox takes no other without a signature. So the add-on is
 * reloaded in place of the browser: that ends its background and its session's memory as a restart does.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { asText } from '../harness/marionette.ts';
import { until } from '../harness/until.ts';

const PASSPHRASE = 'correct horse battery';
const PROVIDER = 'https://api.sociavault.com/*';

let emulator: Emulator;
let firefox: Firefox;
beforeAll(async () => {
  emulator = await startEmulator();
  firefox = await Firefox.launch({
    extensionDir: buildFolder('firefox'),
    proxyPort: emulator.httpPort,
    locale: 'en-US',
  });
  await firefox.setWindowSize(1280, 900);
});
afterAll(async () => {
  await firefox.close();
  await emulator.close();
});

interface Kept {
  readonly tables: Readonly<Record<string, number>>;
  readonly keys: string;
  readonly local: readonly string[];
  readonly session: readonly string[];
  readonly files: readonly string[];
  readonly caches: readonly string[];
  readonly alarms: readonly string[];
  readonly given: readonly string[];
}

/** Everything that is kept anywhere, and all leave beyond what the manifest asks for. To be called on a page of ours. */
async function kept(): Promise<Kept> {
  const text = await firefox.evaluate(`return (async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const tables = {};
    let keys = '';
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const rows = await done(database.transaction(table).objectStore(table).getAll());
        if (rows.length > 0) tables[table] = rows.length;
        if (table === 'keys' && rows.length > 0) keys = JSON.stringify(rows);
      }
      database.close();
    }
    const files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    const manifest = browser.runtime.getManifest();
    const { origins, permissions, data_collection } = await browser.permissions.getAll();
    const atInstall = [...manifest.permissions, ...manifest.host_permissions];
    return JSON.stringify({
      tables,
      keys,
      local: Object.keys(await browser.storage.local.get()).sort(),
      session: Object.keys(await browser.storage.session.get()).filter((name) => !name.startsWith('hint:')).sort(),
      files,
      caches: await caches.keys(),
      alarms: (await browser.alarms.getAll()).map(({ name }) => name),
      given: [...origins, ...permissions, ...data_collection].filter((name) => !atInstall.includes(name)).sort(),
    });
  })();`);
  return JSON.parse(asText(text)) as Kept;
}

async function press(name: string, within?: string): Promise<void> {
  const region = within === undefined ? {} : { within: await firefox.waitForRole('region', within) };
  await firefox.click(await firefox.waitForRole('button', name, region));
}

async function type(field: string, text: string, within: string): Promise<void> {
  const region = await firefox.waitForRole('region', within);
  await firefox.fill(await firefox.waitForField(field, { within: region }), text);
}

test('a key that is saved behind a passphrase is not in the tables, and its host is given with the consent', async () => {
  await firefox.openExtensionPage('options.html');
  expect((await kept()).given).toEqual([]);
  await type('Passphrase', PASSPHRASE, 'Keys');
  await type('Repeat passphrase', PASSPHRASE, 'Keys');
  await press('Lock keys', 'Keys');
  await firefox.waitForText('Passphrase set.');
  const key = emulator.defaultKey('sociavault');
  await type('API key', key, 'SociaVault');
  await press('Save', 'SociaVault');
  await firefox.waitForText('The key works and is saved.');
  const { keys, session, given } = await kept();
  expect(keys).toContain('"provider":"sociavault"');
  expect(keys).not.toContain(key.slice(8, 16));
  expect(session).toContain('unlocked');
  expect(given).toEqual(['authenticationInfo', PROVIDER, 'personallyIdentifyingInfo'].sort());
});

test('while it is locked a run stops with a sentence, and asks nobody; the right passphrase lets it go on', async () => {
  await press('Lock now', 'Keys');
  await firefox.waitForText(/^Locked$/m);
  const asked = emulator.log.length;
  await firefox.openExtensionPage('popup.html');
  await firefox.fill(await firefox.waitForField('Handle or link'), '@page_plus');
  await press('Get followers');
  await firefox.waitForText('Your keys are locked.');
  expect(emulator.log.slice(asked).filter(({ provider }) => provider !== null)).toEqual([]);

  await firefox.openExtensionPage('options.html');
  await type('Passphrase', 'correct horse batterz', 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText('Wrong passphrase');
  expect(emulator.log.slice(asked).filter(({ provider }) => provider !== null)).toEqual([]);
  await type('Passphrase', PASSPHRASE, 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText(/^Unlocked$/m);
  await firefox.openExtensionPage('popup.html');
  await firefox.waitForText(/71 accounts/);
});

test('started anew, it is locked again, and the same passphrase opens it', async () => {
  await firefox.goto('about:blank');
  await firefox.evaluateInBrowser(
    `const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    return AddonManager.getAddonByID(arguments[0]).then((addon) => addon.reload()).then(() => null);`,
    [firefox.addonId],
  );
  await until('the add-on to run again', async () =>
    (await firefox.backgroundState()) === 'running' ? true : null,
  );
  await firefox.openExtensionPage('options.html');
  await firefox.waitForText(/^Locked$/m);
  expect((await kept()).session).not.toContain('unlocked');
  await type('Passphrase', PASSPHRASE, 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText(/^Unlocked$/m);
});

test('a key that is removed gives back its host and, as the last, the consent', async () => {
  await press('Remove key', 'SociaVault');
  await firefox.waitForText('Key removed.');
  expect((await kept()).given).toEqual([]);
  await type('API key', emulator.defaultKey('sociavault'), 'SociaVault');
  await press('Save', 'SociaVault');
  await firefox.waitForText('The key works and is saved.');
  expect((await kept()).given).toContain(PROVIDER);
});

test('the leave to notify is given when notifications are turned on, and given back when off', async () => {
  const has = async (given: boolean): Promise<Kept> =>
    until('the leave to change', async () => {
      const now = await kept();
      return now.given.includes('notifications') === given ? now : null;
    });
  for (const turn of [true, false, true]) {
    await firefox.click(await firefox.waitForField('Notify me when a list is done or needs attention'));
    await has(turn);
  }
});

test('deleting everything leaves nothing anywhere', async () => {
  await firefox.evaluate(`return (async () => {
    await caches.open('left-over');
    await browser.alarms.create('left-over', { delayInMinutes: 60 });
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('exports', { create: true });
    await folder.getFileHandle('left-over', { create: true });
  })();`);
  const before = await kept();
  expect(before.given).toEqual(expect.arrayContaining(['authenticationInfo', 'notifications', PROVIDER]));
  expect(before).toMatchObject({ caches: ['left-over'], files: ['exports'] });
  expect(before.alarms).toContain('left-over');
  expect(before.local).toContain('welcomed');
  expect(Object.keys(before.tables)).toEqual(
    expect.arrayContaining(['keys', 'ledger', 'pages', 'settings', 'snapshots']),
  );

  await press('Delete everything', 'Delete everything');
  await press('Delete permanently', 'Delete everything');
  // Its figure is that of an empty database, and is explained.
  await firefox.waitForText(
    /Everything was deleted\. The browser still reports \d+ kB, the size of an empty database\./,
  );
  expect(await kept()).toEqual({
    tables: {},
    keys: '',
    local: [],
    session: [],
    files: [],
    caches: [],
    alarms: [],
    given: [],
  });
});
