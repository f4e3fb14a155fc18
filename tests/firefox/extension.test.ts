/** The built extension in a real Firefox: the page button, the pages of the extension, and one whole collection. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';

let emulator: Emulator;
let copy: BuildCopy;
let firefox: Firefox;

beforeAll(async () => {
  emulator = await startEmulator();
  copy = await withGrantedHosts(buildFolder('firefox'));
  firefox = await Firefox.launch({
    extensionDir: copy.folder,
    proxyPort: emulator.httpPort,
    locale: 'en-US',
  });
  await firefox.setWindowSize(1280, 900);
});

afterAll(async () => {
  await firefox.close();
  await copy.remove();
  await emulator.close();
});

test('a profile carries exactly one button, and pages that are no profile carry none', async () => {
  await firefox.goto('https://x.com/ada_research');
  const button = await firefox.waitForPageButton('Get followers');
  expect(button.box.height).toBeGreaterThanOrEqual(24);
  await firefox.goto('https://x.com/home');
  await firefox.waitForNoPageButton();
});

test('the options page has one region a provider, and keeps a key', async () => {
  await firefox.openExtensionPage('options.html');
  for (const name of ['SocialFetch', 'X API v2', 'X API v1.1']) await firefox.waitForRole('region', name);
  const within = await firefox.waitForRole('region', 'SociaVault');
  await firefox.fill(await firefox.waitForField('API key', { within }), emulator.defaultKey('sociavault'));
  await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
  await emulator.waitFor(({ path, status }) => path.startsWith('/v1/credits') && status === 200);
  await firefox.waitForRole('button', 'Remove key', { within });
});

test('a click on the button collects the list, through the death of the event page', async () => {
  const hold = emulator.hold(
    ({ provider }) => provider === 'sociavault' && emulator.charges(provider).requests > 12,
  );
  await firefox.goto('https://x.com/ada_research');
  await firefox.clickPageButton('Get followers');
  await hold.arrived;
  await firefox.terminateBackground();
  hold.release();
  // Any event starts the background again; it goes on with what it finds unfinished.
  await firefox.goto('https://x.com/ada_research');
  await firefox.waitForPageButton(/^Complete: 2,450 accounts/, { timeout: 50_000 });
});

test('the popup lists the accounts', async () => {
  await firefox.openExtensionPage('popup.html');
  await firefox.click(await firefox.waitForRole('button', /list of /));
  await firefox.waitForRole('list', 'Accounts');
  const [newest] = emulator.accounts('x', 'ada_research', 'followers');
  await firefox.waitForText(`@${newest?.handle ?? ''}`);
});

test('the dashboard opens', async () => {
  await firefox.openExtensionPage('dashboard.html');
  await firefox.waitForText('Ada Research');
});
