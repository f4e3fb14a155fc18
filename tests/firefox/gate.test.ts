/**
 * Keys protected by a passphrase, and deleting everything, in a real Firefox with the production build. A
 * preference grants the browser's own prompts, so every requested permission is really granted and really removed.
 * A temporary add-on doesn't survive a restart of Firefox, and Firefox accepts no other add-on without a signature.
 * So the add-on is reloaded instead: that ends its background and its session storage like a restart.
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

interface StoredState {
  readonly tables: Readonly<Record<string, number>>;
  readonly keys: string;
  readonly local: readonly string[];
  readonly session: readonly string[];
  readonly files: readonly string[];
  readonly caches: readonly string[];
  readonly alarms: readonly string[];
  readonly granted: readonly string[];
}

/**
 * Everything that is stored anywhere, and all permissions beyond the required ones. Must be called on an extension
 * page.
 */
async function storedState(): Promise<StoredState> {
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
      granted: [...origins, ...permissions, ...data_collection].filter((name) => !atInstall.includes(name)).sort(),
    });
  })();`);
  return JSON.parse(asText(text)) as StoredState;
}

async function press(name: string, within?: string): Promise<void> {
  const region = within === undefined ? {} : { within: await firefox.waitForRole('region', within) };
  await firefox.click(await firefox.waitForRole('button', name, region));
}

async function type(field: string, text: string, within: string): Promise<void> {
  const region = await firefox.waitForRole('region', within);
  await firefox.fill(await firefox.waitForField(field, { within: region }), text);
}

test('a key saved with a passphrase is not in the tables, and its host permission is granted together with the data consent', async () => {
  await firefox.openExtensionPage('options.html');
  expect((await storedState()).granted).toEqual([]);
  await type('Passphrase', PASSPHRASE, 'Keys');
  await type('Repeat passphrase', PASSPHRASE, 'Keys');
  await press('Lock keys', 'Keys');
  await firefox.waitForText('Passphrase set.');
  const key = emulator.defaultKey('sociavault');
  await type('API key', key, 'SociaVault');
  await press('Save', 'SociaVault');
  await firefox.waitForText('The key works and is saved.');
  const { keys, session, granted } = await storedState();
  expect(keys).toContain('"provider":"sociavault"');
  expect(keys).not.toContain(key.slice(8, 16));
  expect(session).toContain('unlocked');
  expect(granted).toEqual(['authenticationInfo', PROVIDER, 'personallyIdentifyingInfo'].sort());
});

test('while keys are locked a run stops with a message and sends no request; the right passphrase resumes it', async () => {
  await press('Lock now', 'Keys');
  await firefox.waitForText(/^Locked$/m);
  const requested = emulator.log.length;
  await firefox.openExtensionPage('popup.html');
  await firefox.fill(await firefox.waitForField('Handle or link'), '@page_plus');
  await press('Get followers');
  await firefox.waitForText('Your keys are locked.');
  expect(emulator.log.slice(requested).filter(({ provider }) => provider !== null)).toEqual([]);

  await firefox.openExtensionPage('options.html');
  await type('Passphrase', 'correct horse batterz', 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText('Wrong passphrase');
  expect(emulator.log.slice(requested).filter(({ provider }) => provider !== null)).toEqual([]);
  await type('Passphrase', PASSPHRASE, 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText(/^Unlocked$/m);
  await firefox.openExtensionPage('popup.html');
  await firefox.waitForText(/^71\nComplete/m);
});

test('after a restart keys are locked again, and the same passphrase unlocks them', async () => {
  await firefox.goto('about:blank');
  await firefox.evaluateInBrowser(
    `const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    return AddonManager.getAddonByID(arguments[0]).then((addon) => addon.reload()).then(() => null);`,
    [firefox.addonId],
  );
  await until('the add-on to restart', async () =>
    (await firefox.backgroundState()) === 'running' ? true : null,
  );
  await firefox.openExtensionPage('options.html');
  await firefox.waitForText(/^Locked$/m);
  expect((await storedState()).session).not.toContain('unlocked');
  await type('Passphrase', PASSPHRASE, 'Keys');
  await press('Unlock', 'Keys');
  await firefox.waitForText(/^Unlocked$/m);
});

test('removing a key removes its host permission and, with the last key, the data consent', async () => {
  await press('Edit', 'SociaVault');
  await press('Remove key', 'SociaVault');
  await firefox.waitForText('Key removed.');
  expect((await storedState()).granted).toEqual([]);
  await type('API key', emulator.defaultKey('sociavault'), 'SociaVault');
  await press('Save', 'SociaVault');
  await firefox.waitForText('The key works and is saved.');
  expect((await storedState()).granted).toContain(PROVIDER);
});

test('the notification permission is granted when notifications are turned on, and removed when they are turned off', async () => {
  const has = async (granted: boolean): Promise<StoredState> =>
    until('the permission to change', async () => {
      const now = await storedState();
      return now.granted.includes('notifications') === granted ? now : null;
    });
  for (const turn of [true, false, true]) {
    await firefox.click(await firefox.waitForField('Notify me when a list is done or needs attention'));
    await has(turn);
  }
});

test('deleting everything leaves no data anywhere', async () => {
  await firefox.evaluate(`return (async () => {
    await caches.open('left-over');
    await browser.alarms.create('left-over', { delayInMinutes: 60 });
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('exports', { create: true });
    await folder.getFileHandle('left-over', { create: true });
  })();`);
  const before = await storedState();
  expect(before.granted).toEqual(expect.arrayContaining(['authenticationInfo', 'notifications', PROVIDER]));
  expect(before).toMatchObject({ caches: ['left-over'], files: ['exports'] });
  expect(before.alarms).toContain('left-over');
  expect(before.local).toContain('welcomed');
  expect(Object.keys(before.tables)).toEqual(
    expect.arrayContaining(['keys', 'ledger', 'pages', 'settings', 'snapshots']),
  );

  await press('Delete everything', 'Delete everything');
  await press('Delete permanently', 'Delete everything');
  // The message explains the reported size, which is that of an empty database.
  await firefox.waitForText(
    /Everything was deleted\. The browser still reports \d+ kB, the size of an empty database\./,
  );
  expect(await storedState()).toEqual({
    tables: {},
    keys: '',
    local: [],
    session: [],
    files: [],
    caches: [],
    alarms: [],
    granted: [],
  });
});
