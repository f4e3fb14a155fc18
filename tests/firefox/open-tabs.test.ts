/** Tabs that stay open in Firefox while the extension is removed and installed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';

const PROFILE = 'ada_research';

let emulator: Emulator;
let copy: BuildCopy;
let firefox: Firefox;
let tab: string;

beforeAll(async () => {
  emulator = await startEmulator();
  copy = await withGrantedHosts(buildFolder('firefox'));
  firefox = await Firefox.launch({
    extensionDir: copy.folder,
    proxyPort: emulator.httpPort,
    locale: 'en-US',
  });
  await firefox.setWindowSize(1280, 900);
  tab = await firefox.presentTab();
  await firefox.goto(`https://x.com/${PROFILE}`);
  await firefox.waitForPageButton('Get followers');
  await firefox.evaluate('document.documentElement.dataset.neverLoadedAgain = "true";');
});

afterAll(async () => {
  await firefox.close();
  await copy.remove();
  await emulator.close();
});

test('the page cannot detect what makes the button remove itself', async () => {
  const seen = await firefox.evaluate(
    'return document.getAnimations().length + document.documentElement.getAnimations({ subtree: true }).length;',
  );
  expect(seen).toBe(0);
});

test('removing the extension removes the button from an open page', async () => {
  await firefox.uninstall();
  await firefox.waitForNoPageButton();
});

test('installing the extension adds a working button to a tab that was already open', async () => {
  await firefox.install(copy.folder);
  await firefox.switchTo(tab);
  await firefox.waitForPageButton('Get followers');
});

test('an update leaves one button', async () => {
  // Installed over itself: Firefox ends the old version and starts the new one.
  await firefox.install(copy.folder);
  await firefox.switchTo(tab);
  await firefox.waitForPageButton('Get followers');
  expect(await firefox.evaluate('return document.documentElement.dataset.neverLoadedAgain;')).toBe('true');
});
