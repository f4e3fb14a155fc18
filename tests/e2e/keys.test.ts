import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROVIDERS, providerNamed } from '../emulator/providers/all.ts';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { choosePageMenu } from '../harness/page-menu.ts';
import { useFromPages } from '../harness/used-from-pages.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

/** The hosts that each key was sent to, in everything the browser requested. */
function hostsOfKeys(): Map<string, Set<string>> {
  const hosts = new Map<string, Set<string>>();
  for (const { keyId, host } of scene.emulator.log) {
    if (keyId === null) continue;
    hosts.set(keyId, (hosts.get(keyId) ?? new Set()).add(host));
  }
  return hosts;
}

it('each key is sent to its own provider and nowhere else', async () => {
  const { emulator } = scene;
  const providers = PROVIDERS.map(({ id }) => id);
  for (const provider of providers) await scene.saveKey(provider);
  const x = await scene.collect('https://x.com/page_plus');
  await waitForPageButton(x, /^Complete/);
  await choosePageMenu(x, /^Get following/);
  const tiktok = await scene.collect('https://www.tiktok.com/@ada.clips');
  await waitForPageButton(tiktok, /^Complete/, { timeout: 30_000 });
  for (const provider of providers) {
    const key = emulator.keyId(emulator.defaultKey(provider));
    expect(hostsOfKeys().get(key), provider).toEqual(new Set([providerNamed(provider).hosts[0]]));
  }
});

it('a redirect is refused: the other host receives nothing, and the run reports it', async () => {
  const { emulator } = scene;
  await scene.saveKey('sociavault');
  emulator.fault({
    when: ({ path }) => path === '/v1/scrape/twitter/followers',
    times: Infinity,
    do: { kind: 'redirect', to: 'https://api.x.com/2/users/1/followers' },
  });
  const page = await scene.visit('https://x.com/ada_research');
  await clickPageButton(page);
  const blocked = await scene.snapshot((row) => stateOf(row) === 'blocked');
  expect(blocked).toMatchObject({
    state: { trouble: { kind: 'redirect-refused' } },
    rows: 0,
    charged: 0,
    // The redirecting server may have passed the request on before.
    maybeCharged: 1,
  });
  expect(emulator.log.filter(({ host }) => host === 'api.x.com')).toEqual([]);
  await waitForPageButton(page, /redirect|another (?:address|host)|elsewhere/i);
});

it('plain HTTP is refused except on this computer', async () => {
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'SociaVault', exact: true });
  await region.getByText('Advanced').click();
  const field = region.getByLabel('API base URL');
  await field.fill('http://api.sociavault.com');
  expect(await region.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  await field.fill(scene.emulator.baseUrl('sociavault'));
  await region.getByLabel('API key').fill(scene.emulator.defaultKey('sociavault'));
  await region.getByRole('button', { name: 'Save', exact: true }).click();
  await region.getByRole('button', { name: 'Remove key' }).and(options.locator(':enabled')).waitFor();
  await useFromPages(options);
  await scene.collect('https://x.com/page_plus');
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    rows: 71,
    state: { outcome: { kind: 'complete' } },
  });
  expect(scene.requests('sociavault').every(({ host }) => host === '127.0.0.1')).toBe(true);
});

it('no stored or displayed text contains a key, except its own table', async () => {
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const key = scene.emulator.defaultKey('sociavault');
  const tables = await Promise.all(
    (['snapshots', 'pages', 'ledger'] as const).map((name) => scene.table(name)),
  );
  expect(JSON.stringify(tables)).not.toContain(key);
  const { text } = await scene.exportCsv();
  expect(text).not.toContain(key);
  const options = await scene.browser.openOptions();
  await options.getByText('Saved, ends in').first().waitFor();
  expect(await options.content()).not.toContain(key);
  // Control: the emulator received exactly this key.
  expect(scene.emulator.keyId(key)).toBe(scene.requests('sociavault')[0]?.keyId);
});

it('the balance after a test and the one beside the key are one figure, also after more is spent', async () => {
  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'SociaVault', exact: true });
  const beside = region.getByText(/Saved, ends in/);
  const message = region.getByRole('status').filter({ hasText: 'The key works' });
  const left = async (from: typeof beside): Promise<string | undefined> =>
    /about ([\d,]+) credits left/i.exec(await from.innerText())?.[1];
  await region.getByLabel('API key').fill(scene.emulator.defaultKey('sociavault'));
  await region.getByRole('button', { name: 'Test key' }).click();
  // Of a key that is not saved, the message alone knows the balance.
  await message.getByText("The key works; it isn't saved yet. About 5,000 credits left.").waitFor();
  await region.getByRole('button', { name: 'Save', exact: true }).click();
  await message.getByText('The key works and is saved. About 5,000 credits left.').waitFor();
  expect(await left(beside)).toBe('5,000');

  await useFromPages(options);
  await scene.collect('https://x.com/page_plus');
  const { charged } = await scene.snapshot(hasEnded);
  const now = (5000 - Number(charged)).toLocaleString('en-US');
  expect(now).not.toBe('5,000');
  await beside.filter({ hasText: `about ${now} credits left` }).waitFor();
  expect(await left(message)).toBe(now);

  await region.getByRole('button', { name: 'Test key' }).click();
  await message.getByText(/^The key works\. About/).waitFor();
  expect(await left(message)).toBe(await left(beside));
});
