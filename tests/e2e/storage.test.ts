/** Failing storage in a real Chromium: it is reported, nothing is lost, and no request is sent in the meantime. */
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { DISK_IS_FULL } from '../harness/full-disk.ts';
import { until } from '../harness/until.ts';
import { damaged, storedDatabase, writeDatabase } from '../harness/stored-database.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

const PROFILE = 'steady_sue';
const FOLLOWERS = 350;
const LIST_PAGE = '/v1/scrape/twitter/followers';
const FULL = /Storage is full\./;

let scene: Scene;
async function open(options: { readonly fillableDisk?: boolean } = {}): Promise<void> {
  scene = await openScene({ timezoneId: 'UTC', ...options });
  scene.emulator.population({ platform: 'x', handle: PROFILE, followers: FOLLOWERS, following: 0 });
}
afterEach(() => scene.close());

function listPages(): number {
  return scene.emulator.log.filter(({ path }) => path === LIST_PAGE).length;
}

/** Limits the extension's storage to this many more bytes; `null` removes the limit. */
async function allowOnly(bytes: number | null): Promise<void> {
  const { context, extensionId } = scene.browser;
  const session = await context.newCDPSession(scene.watch);
  const origin = `chrome-extension://${extensionId}`;
  if (bytes === null) await session.send('Storage.overrideQuotaForOrigin', { origin });
  else {
    const usage = await scene.watch.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes });
  }
  // The override ends with its session.
  sessions.push(session);
}
const sessions: unknown[] = [];

/** Makes the background's writes fail, or succeed again. */
async function fillDisk(full: boolean): Promise<void> {
  await scene.watch.evaluate(
    ([key, value]) => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { session: { set(items: Record<string, boolean>): Promise<void> } } };
      };
      return chrome.storage.session.set({ [key]: value });
    },
    [DISK_IS_FULL, full] as const,
  );
}

function badge(): Promise<string> {
  return scene.watch.evaluate(() => {
    const { chrome } = globalThis as unknown as {
      chrome: { action: { getBadgeText(of: Record<string, never>): Promise<string> } };
    };
    return chrome.action.getBadgeText({});
  });
}

async function expectComplete(): Promise<void> {
  const snapshot = await scene.snapshot(hasEnded, 45_000);
  expect(snapshot).toMatchObject({
    rows: FOLLOWERS,
    duplicates: 0,
    maybeCharged: 0,
    state: { kind: 'ended', outcome: { kind: 'complete' } },
  });
  const pages = await scene.table('pages');
  expect(pages.flatMap(({ accounts }) => (accounts as { id: string[] }).id)).toEqual([
    ...scene.emulator.ids('x', PROFILE, 'followers'),
  ]);
  expect(scene.emulator.charges('sociavault').amount).toBe(snapshot['charged']);
}

describe('without free space', () => {
  it('no request is sent; the run reports it, and resumes when there is space', async () => {
    await open();
    await scene.saveKey('sociavault');
    await allowOnly(1_000_000);
    await scene.collect(`https://x.com/${PROFILE}`);
    const blocked = await scene.snapshot((row) => stateOf(row) === 'blocked');
    expect(blocked).toMatchObject({ state: { trouble: { kind: 'storage', name: 'full' } } });
    await until('the badge', async () => ((await badge()) === '!' ? true : null));
    const popup = await scene.browser.openPopupPage();
    await popup.getByLabel('Handle or link').fill(`@${PROFILE}`);
    await popup.getByRole('status').filter({ hasText: FULL }).first().waitFor();
    const before = Number(blocked['updatedAt']);
    await popup.getByRole('button', { name: 'Try again' }).click();
    await scene.snapshot((row) => stateOf(row) === 'blocked' && Number(row['updatedAt']) > before);
    expect(listPages()).toBe(0);
    expect(await scene.table('ledger')).toEqual([]);
    await allowOnly(null);
    await popup.getByRole('button', { name: 'Try again' }).click();
    await expectComplete();
  });

  it('a received page is kept in memory until it can be saved, and the list completes by itself', async () => {
    await open({ fillableDisk: true });
    await scene.saveKey('sociavault');
    const hold = scene.emulator.hold(({ path }) => path === LIST_PAGE && listPages() === 3, 'decided');
    await scene.collect(`https://x.com/${PROFILE}`);
    await hold.arrived;
    await fillDisk(true);
    hold.release();
    await until('the badge', async () => ((await badge()) === '!' ? true : null), { timeout: 30_000 });
    const popup = await scene.browser.openPopupPage();
    await popup.getByRole('alert').filter({ hasText: FULL }).waitFor();
    expect(await scene.table('pages')).toHaveLength(2);
    const requested = listPages();
    const options = await scene.browser.openOptions();
    await options.getByRole('alert').filter({ hasText: FULL }).waitFor();
    await fillDisk(false);
    await popup.getByRole('alert').filter({ hasText: FULL }).waitFor({ state: 'detached', timeout: 45_000 });
    await expectComplete();
    expect(listPages()).toBe(5);
    expect(requested).toBe(3);
  });
});

describe('a database of another version', () => {
  async function restart(): Promise<Page> {
    await scene.browser.killWorker();
    return scene.browser.openPopupPage();
  }

  it('of version 1 is upgraded unchanged, once the older tab that blocks it is closed', async () => {
    await open();
    const { watch } = scene;
    await watch.goto(`chrome-extension://${scene.browser.extensionId}/manifest.json`);
    // A tab of the older version that never closes its connection.
    const stored = await storedDatabase(1);
    await watch.evaluate(writeDatabase, { name: 'followledger', stored, held: true });
    const popup = await restart();
    await popup
      .getByRole('alert')
      .filter({ hasText: 'Another tab is still running an older version' })
      .waitFor();
    await until('the badge', async () => ((await badge()) === '!' ? true : null));
    await watch.evaluate(() => {
      (globalThis as unknown as { held: IDBDatabase }).held.close();
    });
    await popup
      .getByRole('button', { name: /\bfrom / })
      .first()
      .waitFor();
    expect(await popup.getByRole('alert').filter({ hasText: /\S/ }).count()).toBe(0);
    await popup.getByText('Ada_Research').first().waitFor();
    expect(await scene.table('ledger')).toHaveLength(9);
  });

  it('that is newer is left alone; an open page says that it is outdated', async () => {
    await open();
    const options = await scene.browser.openOptions();
    await options.getByRole('region', { name: 'SociaVault', exact: true }).waitFor();
    await scene.watch.evaluate(async () => {
      const opening = indexedDB.open('followledger', 990);
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      opening.result.close();
    });
    await options
      .getByRole('alert')
      .filter({ hasText: 'Followledger was updated in another tab. Reload this page.' })
      .waitFor();
    const popup = await restart();
    await popup.getByRole('alert').filter({ hasText: 'Your data was saved by a newer version' }).waitFor();
    await options.getByRole('button', { name: 'Reload' }).click();
    await options.getByRole('alert').filter({ hasText: 'Your data was saved by a newer version' }).waitFor();
    await until('the badge', async () => ((await badge()) === '!' ? true : null));
  });

  it('that cannot be upgraded stays unchanged, and the failure is reported', async () => {
    await open();
    const stored = damaged(await storedDatabase(1));
    await scene.watch.evaluate(writeDatabase, { name: 'followledger', stored });
    const popup = await restart();
    await popup.getByRole('alert').filter({ hasText: "couldn't be upgraded to this version" }).waitFor();
    await until('the badge', async () => ((await badge()) === '!' ? true : null));
    expect(await scene.watch.evaluate(() => indexedDB.databases())).toContainEqual({
      name: 'followledger',
      version: 10,
    });
  });
});
