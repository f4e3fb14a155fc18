/** Keys protected by a passphrase, as a user sees them and as they are stored on disk. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { showKeyForm } from '../harness/options-page.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

const PASSPHRASE = 'correct horse battery';
const LIST_PAGE = '/v1/scrape/twitter/followers';

let folder: string;
let scene: Scene;
let key: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followledger-locked-'));
  scene = await openScene({ userDataDir: folder });
  key = `sk_live_${randomBytes(20).toString('hex')}`;
  scene.emulator.key({ provider: 'sociavault', key });
});
afterEach(async () => {
  await scene.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

interface Lock {
  readonly page: Page;
  readonly region: Locator;
  fill(field: string, text: string): Promise<void>;
  click(button: string): Promise<void>;
  shownText(text: RegExp): Promise<void>;
}

async function openLock(): Promise<Lock> {
  const page = await scene.browser.openOptions();
  const region = page.getByRole('region', { name: 'Keys', exact: true });
  await region.waitFor();
  return {
    page,
    region,
    fill: (field, text) => region.getByLabel(field, { exact: true }).fill(text),
    click: (button) => region.getByRole('button', { name: button, exact: true }).click(),
    shownText: (text) => region.getByRole('status').filter({ hasText: text }).waitFor(),
  };
}

async function setPassphrase(passphrase = PASSPHRASE): Promise<void> {
  const lock = await openLock();
  await lock.fill('Passphrase', passphrase);
  await lock.fill('Repeat passphrase', passphrase);
  await lock.click('Lock keys');
  await lock.shownText(/Passphrase set/);
  await lock.page.close();
}

/** Files in the profile that contain any eight-character piece of the key. */
async function filesWithKey(): Promise<string[]> {
  const secret = key.slice('sk_live_'.length);
  const pieces = Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
  const found: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const about = await stat(path).catch((error: unknown) => {
      // The browser has removed it, or it is a lock file without a target.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (about?.isFile() !== true) continue;
    const bytes = await readFile(path);
    if (pieces.some((piece) => bytes.includes(piece) || bytes.includes(Buffer.from(piece, 'utf16le')))) {
      found.push(name);
    }
  }
  return found;
}

/** Parts of the key that can be read from the extension's tables and storage. */
async function readable(): Promise<string> {
  const kept = await scene.watch.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: Record<'local' | 'session', { get(): Promise<unknown> }> };
    };
    return JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()]);
  });
  const rows = await scene.table('keys');
  return kept + JSON.stringify(rows);
}

it('a key saved with a passphrase is nowhere on the disk, and works until it is locked', async () => {
  await setPassphrase();
  await scene.saveKey('sociavault', key);
  expect(await readable()).not.toContain(key.slice(8, 16));
  let pages = 0;
  const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE && (pages += 1) === 5);
  await scene.collect('https://x.com/ada_research');
  await hold.arrived;
  const lock = await openLock();
  await lock.region.getByText('Unlocked', { exact: true }).waitFor();
  await lock.click('Lock now');
  await lock.region.getByText('Locked', { exact: true }).waitFor();
  hold.release();
  const blocked = await scene.snapshot((row) => stateOf(row) === 'blocked');
  // The page in progress is saved, and no further request is sent.
  expect(blocked).toMatchObject({ state: { trouble: { kind: 'locked' } }, rows: 350, pages: 5 });
  expect(scene.requests('sociavault').filter(({ path }) => path === LIST_PAGE)).toHaveLength(5);

  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@ada_research');
  await popup.getByText('Your keys are locked.').first().waitFor();
  const [settings] = await Promise.all([
    scene.browser.context.waitForEvent('page'),
    popup.getByRole('button', { name: 'Unlock' }).click(),
  ]);
  expect(settings.url()).toContain('options.html#keys');
  await settings.close();

  await lock.fill('Passphrase', 'correct horse batterz');
  await lock.click('Unlock');
  await lock.shownText(/Wrong passphrase/);
  expect(stateOf((await scene.table('snapshots'))[0] ?? {})).toBe('blocked');
  await lock.fill('Passphrase', PASSPHRASE);
  await lock.click('Unlock');
  await lock.shownText(/Collections waiting for a key resume/);
  expect(await scene.snapshot(hasEnded)).toMatchObject({
    rows: 2450,
    state: { outcome: { kind: 'complete' } },
  });

  await scene.browser.killBrowser();
  expect(await filesWithKey()).toEqual([]);
  scene = await openScene({ after: scene, userDataDir: folder });
}, 120_000);

it('keys are locked after a restart; the passphrase can be changed, and removing it restores unlocked keys', async () => {
  await setPassphrase();
  await scene.saveKey('sociavault', key);
  await scene.browser.close();
  scene = await openScene({ after: scene, userDataDir: folder });

  let lock = await openLock();
  await lock.region.getByText('Locked', { exact: true }).waitFor();
  const provider = lock.page.getByRole('region', { name: 'SociaVault', exact: true });
  await provider.getByText('Saved, locked').waitFor();
  const before = scene.requests('sociavault').length;
  await showKeyForm(provider);
  await provider.getByRole('button', { name: 'Test key' }).click();
  await provider.getByText('Your keys are locked.').waitFor();
  await provider.getByLabel('API key').fill('sk_live_another_one_0123456789');
  await provider.getByRole('button', { name: 'Save', exact: true }).click();
  await provider.getByText('Your keys are locked.').waitFor();
  expect(scene.requests('sociavault')).toHaveLength(before);

  await lock.fill('Passphrase', PASSPHRASE);
  await lock.click('Unlock');
  await lock.shownText(/Unlocked/);
  await lock.region.getByText('Change or remove the passphrase').click();
  await lock.fill('Current passphrase', 'not the present one');
  await lock.fill('New passphrase', 'another passphrase');
  await lock.fill('Repeat passphrase', 'another passphrase');
  await lock.click('Change passphrase');
  await lock.shownText(/Wrong passphrase/);
  await lock.fill('Current passphrase', PASSPHRASE);
  await lock.click('Change passphrase');
  await lock.shownText(/Passphrase changed/);
  await lock.click('Lock now');
  await lock.region.getByText('Locked', { exact: true }).waitFor();
  await lock.fill('Passphrase', PASSPHRASE);
  await lock.click('Unlock');
  await lock.shownText(/Wrong passphrase/);
  await lock.fill('Passphrase', 'another passphrase');
  await lock.click('Unlock');
  await lock.shownText(/Unlocked/);
  await lock.page.reload();
  lock = await openLock();
  await lock.region.getByText('Change or remove the passphrase').click();
  await lock.fill('Current passphrase', 'another passphrase');
  await lock.click('Remove passphrase');
  await lock.shownText(/Passphrase removed/);
  const [row] = await scene.table('keys');
  expect(row).toMatchObject({ secret: { kind: 'open', key } });

  // Control for the test above: an unprotected key on the disk is found.
  await scene.browser.killBrowser();
  expect(await filesWithKey()).not.toEqual([]);
  scene = await openScene({ after: scene, userDataDir: folder });
}, 120_000);

it('a user who forgot the passphrase can remove the locked keys, and nothing else is deleted', async () => {
  await setPassphrase();
  await scene.saveKey('sociavault', key);
  await scene.collect('https://x.com/page_plus');
  await scene.snapshot(hasEnded);
  const lock = await openLock();
  await lock.click('Lock now');
  await lock.click('Forgot it?');
  await lock.click('Cancel');
  await lock.click('Forgot it?');
  await lock.click('Remove locked keys');
  await lock.shownText(/passphrase removed/);
  expect(await scene.table('keys')).toEqual([]);
  expect(await scene.table('snapshots')).toHaveLength(1);
  await scene.saveKey('sociavault', key);
});
