/** A whole collection in a real Firefox. Its event page is terminated midway and restarted only by its alarm. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import type { Transferable } from '../harness/marionette.ts';
import { unknownCharges } from '../harness/unknown-charges.ts';
import { until } from '../harness/until.ts';
import { USE_FROM_PAGES } from '../harness/used-from-pages.ts';

const PROFILE = 'ada_research';
const ROWS = 2450;
const LIST_PAGE = '/v1/scrape/twitter/followers';

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

/** Reads whole tables from an extension page, bypassing all code of the extension. */
async function tables(...names: string[]): Promise<Readonly<Record<string, readonly Row[]>>> {
  const read: Transferable = await firefox.evaluate(
    `return new Promise((resolve, reject) => {
      const opening = indexedDB.open('followledger');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const database = opening.result;
        const transaction = database.transaction(arguments[0]);
        const found = {};
        for (const name of arguments[0]) {
          transaction.objectStore(name).getAll().onsuccess = ({ target }) => {
            // Big integers and bytes can't be serialized.
            found[name] = JSON.stringify(target.result, (_, value) => (typeof value === 'bigint' ? String(value) : value));
          };
        }
        transaction.onerror = () => reject(transaction.error);
        transaction.oncomplete = () => { database.close(); resolve(found); };
      };
    });`,
    [names],
  );
  return Object.fromEntries(
    Object.entries(read as Readonly<Record<string, string>>).map(([name, text]) => [
      name,
      JSON.parse(text) as Row[],
    ]),
  );
}
type Row = Readonly<Record<string, unknown>>;

test('without a key the popup says what to do', async () => {
  await firefox.openExtensionPage('popup.html');
  await firefox.fill(await firefox.waitForField('Handle or link'), `@${PROFILE}`);
  await firefox.waitForText(/To collect on X, add your .*SociaVault.* key\./);
  await firefox.waitForRole('button', 'Add key');
});

test('the settings save a key, and the popup is ready', async () => {
  await firefox.openExtensionPage('options.html');
  const within = await firefox.waitForRole('region', 'SociaVault');
  await firefox.fill(await firefox.waitForField('API key', { within }), emulator.defaultKey('sociavault'));
  await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
  await firefox.waitForText(/The key works and is saved\. About 5,000 credits left\./);
  await firefox.evaluate(USE_FROM_PAGES);
  await firefox.openExtensionPage('popup.html');
  await firefox.fill(await firefox.waitForField('Handle or link'), `@${PROFILE}`);
  await firefox.waitForRole('button', 'Get followers');
});

test('the page has one button, however often it renders again', async () => {
  await firefox.goto(`https://x.com/${PROFILE}`);
  await firefox.waitForPageButton('Get followers');
  for (const body of [
    'return __rerender();',
    'return __go("/bob_metrics");',
    `return __go("/${PROFILE}");`,
  ]) {
    await firefox.evaluate(body);
    await firefox.waitForPageButton('Get followers');
  }
  await firefox.evaluate('return __go("/home");');
  await firefox.waitForNoPageButton();
});

test('a click collects the list although the event page is terminated and only the alarm restarts it', async () => {
  let pages = 0;
  const hold = emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 10, 'decided');
  await firefox.goto(`https://x.com/${PROFILE}`);
  await firefox.clickPageButton('Get followers');
  await hold.arrived;
  await firefox.terminateBackground();
  await until('the event page to stop', async () =>
    (await firefox.backgroundState()) === 'stopped' ? true : null,
  );
  hold.release();
  await firefox.waitForPageButton(/^Complete: 2,450 accounts/, { timeout: 55_000, interval: 250 });
}, 90_000);

test("the list is exact, and the ledger matches the provider's count", async () => {
  await firefox.openExtensionPage('options.html');
  const { snapshots = [], pages = [], ledger = [] } = await tables('snapshots', 'pages', 'ledger');
  const [snapshot, ...others] = snapshots;
  expect(others).toEqual([]);
  expect(snapshot).toMatchObject({
    rows: ROWS,
    duplicates: 0,
    state: { kind: 'ended', outcome: { kind: 'complete' } },
  });
  const ids = pages.flatMap(({ accounts }) => (accounts as { id: string[] }).id);
  expect(ids).toEqual([...emulator.ids('x', PROFILE, 'followers')]);
  // The response in progress when the event page was terminated was paid for, and may be paid for again.
  const { amount } = emulator.charges('sociavault');
  const charged = Number(snapshot?.['charged']);
  const maybe = Number(snapshot?.['maybeCharged']);
  const { lost, resent } = unknownCharges(ledger);
  expect(lost).toBe(1);
  // Without any latency, the first request after a restart may look like one that the browser repeated.
  expect(resent).toBeLessThanOrEqual(1);
  expect(amount).toBe(charged + 1);
  expect(ledger.filter(({ status }) => status === 'sent')).toEqual([]);
  expect(ledger.reduce((sum, entry) => sum + Number(entry['amount']), 0)).toBe(charged + maybe);
});

test('the popup shows the outcome and the accounts', async () => {
  await firefox.openExtensionPage('popup.html');
  await firefox.click(await firefox.waitForRole('button', /\bfrom /));
  await firefox.waitForText('Complete: 2,450 accounts.');
  await firefox.waitForRole('list', 'Accounts');
  const [newest] = emulator.accounts('x', PROFILE, 'followers');
  await firefox.waitForText(`@${newest?.handle ?? ''}`);
});

test('the dashboard shows the accounts', async () => {
  await firefox.openExtensionPage('dashboard.html');
  await firefox.click(await firefox.waitForRole('button', /\bfrom /));
  await firefox.waitForText('Complete: 2,450 accounts.');
  const [newest] = emulator.accounts('x', PROFILE, 'followers');
  await firefox.waitForText(newest?.handle ?? 'no account');
});

test('the welcome page offers a sample, which is displayed like any list', async () => {
  await firefox.openExtensionPage('welcome.html');
  await firefox.waitForRole('region', 'SociaVault');
  await firefox.click(await firefox.waitForRole('button', 'Try a sample'));
  await firefox.waitForRole('grid', 'Accounts');
  await firefox.waitForText('Sample: 2,400 made-up accounts.');
  await firefox.fill(await firefox.waitForField('Search'), 'zazolc');
  await firefox.waitForText(/^\d+ of 2,400$/m);
});
