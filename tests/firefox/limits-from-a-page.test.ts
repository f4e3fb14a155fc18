/** In Firefox, content scripts can write all of `storage.local`: nothing there makes a run cost more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts, type BuildCopy } from '../harness/granted-hosts.ts';
import {
  INTRUDE,
  INTRUDER_IS_HERE,
  raisingLimits,
  startingCheaply,
  withIntruder,
  type PageAction,
  type Outcome,
} from '../harness/intruder.ts';
import { asText } from '../harness/marionette.ts';
import { until } from '../harness/until.ts';
import { USE_FROM_PAGES } from '../harness/used-from-pages.ts';

const ALLOWED = 20;

let emulator: Emulator;
let copy: BuildCopy;
let firefox: Firefox;
/** An extension page, from which the tables are read, and the page of a profile. */
let extensionPage: string;
let profile: string;
beforeAll(async () => {
  emulator = await startEmulator();
  copy = await withGrantedHosts(buildFolder('firefox'));
  await withIntruder(copy);
  firefox = await Firefox.launch({
    extensionDir: copy.folder,
    proxyPort: emulator.httpPort,
    locale: 'en-US',
  });
  await firefox.setWindowSize(1280, 900);
  extensionPage = await firefox.presentTab();
  profile = await firefox.newTab();
});
afterAll(async () => {
  await firefox.close();
  await copy.remove();
  await emulator.close();
});

type Row = Readonly<Record<string, unknown>>;

async function table(name: string): Promise<readonly Row[]> {
  await firefox.switchTo(extensionPage);
  const text = await firefox.evaluate(
    `return new Promise((resolve, reject) => {
      const opening = indexedDB.open('followledger');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction(arguments[0]).objectStore(arguments[0]).getAll();
        reading.onerror = () => reject(reading.error);
        reading.onsuccess = () => { opening.result.close(); resolve(JSON.stringify(reading.result)); };
      };
    });`,
    [name],
  );
  return JSON.parse(asText(text)) as Row[];
}

async function visit(handle: string): Promise<void> {
  await firefox.switchTo(profile);
  await firefox.goto(`https://x.com/${handle}`);
  await until('the intruder', async () =>
    (await firefox.evaluate(INTRUDER_IS_HERE)) === true ? true : null,
  );
}

async function intrude(actions: readonly PageAction[]): Promise<readonly Outcome[]> {
  await firefox.switchTo(profile);
  return JSON.parse(asText(await firefox.evaluate(INTRUDE, [JSON.stringify(actions)]))) as Outcome[];
}

function kindOf({ state }: Row): unknown {
  return typeof state === 'object' && state !== null && 'kind' in state ? state.kind : null;
}

/** Waits until all runs are idle. @returns what they cost, by the provider's own count */
async function whenAllIdle(): Promise<number> {
  await until(
    'all runs to be idle',
    async () => {
      const rows = await table('snapshots');
      const rest = ['ended', 'confirming', 'blocked', 'paused'];
      return rows.length > 0 && rows.every((row) => rest.includes(String(kindOf(row)))) ? true : null;
    },
    { timeout: 30_000, interval: 250 },
  );
  return emulator.charges('sociavault').amount;
}

test('a compromised content script raises no limit, and starts nothing beyond it', async () => {
  await firefox.switchTo(extensionPage);
  await firefox.openExtensionPage('options.html');
  const within = await firefox.waitForRole('region', 'SociaVault');
  await firefox.fill(await firefox.waitForField('API key', { within }), emulator.defaultKey('sociavault'));
  await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
  await firefox.waitForText(/The key works and is saved\./);
  await firefox.evaluate(USE_FROM_PAGES);
  const field = await firefox.waitForField('Ask before spending more than, credits');
  await firefox.fill(field, String(ALLOWED));
  await firefox.click(await firefox.waitForField('Ask before spending more than, requests'));
  const kept = { key: 'askAbove', value: { credits: ALLOWED, usd: 5e6, requests: 1000 } };
  const settings = await until('the limit to be saved', async () => {
    const rows = await table('settings');
    return rows.some((row) => JSON.stringify(row) === JSON.stringify(kept)) ? rows : null;
  });
  const spentBefore = emulator.charges('sociavault').amount;
  await visit('bob_metrics');
  // Control: here such a script really can write, and read what it wrote.
  const [written, read] = await intrude(raisingLimits([]));
  expect(written).toEqual({ done: null });
  expect(read).toMatchObject({ done: { preferences: { askAbove: { credits: 1e9 } } } });
  await intrude(startingCheaply('bob_metrics'));
  const first = (await whenAllIdle()) - spentBefore;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(ALLOWED);

  const ids = (await table('snapshots')).map(({ id }) => String(id));
  await intrude(raisingLimits(ids));
  // A restarted background reads everything again.
  await firefox.terminateBackground();
  await until('the event page to stop', async () =>
    (await firefox.backgroundState()) === 'stopped' ? true : null,
  );
  await intrude([...raisingLimits(ids), ...startingCheaply('bob_metrics')]);
  await whenAllIdle();
  await visit('ada_research');
  await intrude([...raisingLimits(ids), ...startingCheaply('ada_research')]);
  expect((await whenAllIdle()) - spentBefore).toBeLessThanOrEqual(ALLOWED);
  expect(await table('settings')).toEqual(settings);
});
