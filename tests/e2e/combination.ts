/** A list that a provider can supply, collected and saved as a user does, and compared with the emulator's truth. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProviderName } from '../emulator/exchange.ts';
import type { Platform, Relation } from '../emulator/platforms.ts';
import type { TrueAccount } from '../emulator/population/account.ts';
import { providerNamed } from '../emulator/providers/all.ts';
import { shortenedBio } from '../emulator/providers/x-links.ts';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { choosePageMenu } from '../harness/page-menu.ts';
import { guarded, openScene, type Row, type Scene } from './scene.ts';

export type Combination = readonly [ProviderName, readonly (readonly [Platform, Relation])[]];

const SIZE = 2500;

/** The bio as a provider returns it: some don't state what X's short links lead to. */
function bioFrom(provider: ProviderName, account: TrueAccount, index: number): string | null {
  const isShort = provider === 'socialdata' || (provider === 'twitterapi-io' && index % 3 !== 0);
  return isShort ? shortenedBio(account).text : account.bio;
}

/** Declares the tests of a provider's lists; they share a browser. */
export function collectsExactly(provider: ProviderName, lists: Combination[1]): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
    await scene.saveKey(provider);
    if (provider === 'x-v2') await scene.askAbove('US dollars', '100');
  });
  afterAll(() => scene.close());

  it.each(lists)(
    'collects exactly the %s %s of a profile',
    { timeout: 120_000 },
    async (platform, relation) => {
      const { emulator } = scene;
      const handle = `all_${platform}_${relation}`;
      emulator.population({ platform, handle, seed: provider, followers: SIZE, following: SIZE });
      // Testing a key of v1.1 is also a request, and there may already be a list.
      const before = emulator.charges(provider);
      const page = await scene.visit(
        platform === 'x' ? `https://x.com/${handle}` : `https://www.tiktok.com/@${handle}`,
      );
      if (relation === 'followers') await clickPageButton(page);
      else await choosePageMenu(page, /^Get following/);
      await waitForPageButton(page, /Complete: 2,500 accounts/, { timeout: 60_000 });

      const snapshots = await scene.table('snapshots');
      const snapshot = snapshots.find((row) => row['handle'] === handle);
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
      const ledger = (await scene.table('ledger')).filter(
        ({ snapshotId }) => snapshotId === snapshot?.['id'],
      );
      expect(ledger.reduce((sum, entry) => sum + Number(entry['amount']), 0)).toBe(amount);
      expect(ledger.filter((entry) => Number(entry['amount']) > 0)).toHaveLength(charged);

      const { popup: dashboard, records } = await scene.exportCsv(String(snapshot?.['id']));
      const truth = Array.from(emulator.accounts(platform, handle, relation), (account, index) => ({
        position: String(index + 1),
        id: account.id,
        handle: guarded(account.handle),
        name: guarded(account.name),
        bio: guarded(bioFrom(provider, account, index)),
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
      const keyId = emulator.keyId(emulator.defaultKey(provider));
      const hosts = emulator.log.filter((record) => record.keyId === keyId).map(({ host }) => host);
      expect(new Set(hosts)).toEqual(new Set([providerNamed(provider).hosts[0]]));
      expect(await dashboard.locator('body').textContent()).toContain('Complete: 2,500 accounts');
      await dashboard.close();
      await page.close();
    },
  );
}
