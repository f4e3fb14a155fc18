import { afterEach, expect, it } from 'vitest';
import type { ProviderName } from '../emulator/exchange.ts';
import type { Platform, Relation } from '../emulator/platforms.ts';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { choosePageMenu } from '../harness/page-menu.ts';
import { guarded, hasEnded, openScene, type Row, type Scene } from './scene.ts';

const COMBINATIONS: readonly (readonly [ProviderName, Platform, Relation])[] = [
  ['sociavault', 'x', 'followers'],
  ['sociavault', 'x', 'following'],
  ['sociavault', 'tiktok', 'followers'],
  ['sociavault', 'tiktok', 'following'],
  ['socialfetch', 'tiktok', 'followers'],
  ['socialfetch', 'tiktok', 'following'],
  ['x-v2', 'x', 'followers'],
  ['x-v2', 'x', 'following'],
  ['x-v1.1', 'x', 'followers'],
  ['x-v1.1', 'x', 'following'],
];

const SIZE = 2500;
const HANDLE = 'list_of_all';

let scene: Scene;
afterEach(() => scene.close());

it.each(COMBINATIONS)(
  '%s: the %s %s of a profile, exactly',
  async (provider, platform, relation) => {
    scene = await openScene();
    const { emulator } = scene;
    emulator.population({ platform, handle: HANDLE, seed: provider, followers: SIZE, following: SIZE });
    await scene.saveKey(provider);
    if (provider === 'x-v2') await scene.askAbove('US dollars', '100');
    // Testing a key of v1.1 is a request like any other.
    const before = emulator.charges(provider);
    const page = await scene.visit(
      platform === 'x' ? `https://x.com/${HANDLE}` : `https://www.tiktok.com/@${HANDLE}`,
    );
    if (relation === 'followers') await clickPageButton(page);
    else await choosePageMenu(page, /^Get following/);
    await waitForPageButton(page, /Complete: 2,500 accounts/, { timeout: 60_000 });

    const snapshot = await scene.snapshot(hasEnded);
    const after = emulator.charges(provider);
    const amount = after.amount - before.amount;
    const charged = after.charged - before.charged;
    expect(snapshot).toMatchObject({
      provider,
      platform,
      relation,
      rows: SIZE,
      unreadable: 0,
      charged: amount,
      maybeCharged: 0,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    });
    const ledger = (await scene.table('ledger')).filter(({ purpose }) => purpose !== 'key-check');
    expect(ledger.reduce((sum, entry) => sum + Number(entry['amount']), 0)).toBe(amount);
    expect(ledger.filter((entry) => Number(entry['amount']) > 0)).toHaveLength(charged);

    const { popup, records } = await scene.exportCsv();
    const truth = Array.from(emulator.accounts(platform, HANDLE, relation), (account, index) => ({
      position: String(index + 1),
      id: account.id,
      handle: guarded(account.handle),
      name: guarded(account.name),
      bio: guarded(account.bio),
      followers: String(account.followers),
    }));
    const named = ({ position, id, handle, name, bio, followers }: Row) => ({
      position,
      id,
      handle,
      name,
      bio,
      followers,
    });
    expect(records.map(named)).toEqual(truth);
    expect(await popup.locator('body').textContent()).toContain('Complete: 2,500 accounts');
  },
  120_000,
);
