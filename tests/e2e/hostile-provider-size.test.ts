/** A provider sends a page of 1,000,000 rows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showKeyForm } from '../harness/options-page.ts';
import { LIST_PAGE, snapshotOf, start } from './hostile-provider.ts';
import { hasEnded, openScene, stateOf, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  for (const provider of ['sociavault', 'socialfetch', 'x-v2'] as const) await scene.saveKey(provider);
});
afterAll(() => scene.close());

describe('a page of 1,000,000 rows', () => {
  const MILLION = 1_000_000;
  const idAt = (index: number): string => String(1_000_000_000_000_000_000n + BigInt(index));

  it('of more than 32 MB is not read to its end: the run reports it, and keeps the collected rows', async () => {
    const { emulator } = scene;
    const handle = 'million_wide';
    emulator.population({ platform: 'x', handle, followers: 210, following: 0 });
    await scene.saveKey('sociavault');
    const entries = Array.from({ length: MILLION }, (_, index) => ({
      entryId: `user-${String(index)}`,
      content: { itemContent: { user_results: { result: { rest_id: idAt(index) } } } },
    }));
    const body = JSON.stringify({
      success: true,
      credits_used: 1,
      data: {
        cursor: { bottom: '0|1', top: '-1|1' },
        result: { timeline: { instructions: [{ type: 'TimelineAddEntries', entries }] } },
      },
    });
    let pages = 0;
    emulator.serveRaw({
      when: ({ path }) => path === LIST_PAGE && (pages += 1) === 2,
      times: 1,
      body,
      rows: MILLION,
      charge: 1,
    });
    const popup = await start(scene, handle);
    expect(await snapshotOf(scene, handle, (row) => stateOf(row) === 'blocked')).toMatchObject({
      rows: 70,
      charged: 2,
      maybeCharged: 1,
      state: { trouble: { kind: 'too-large', megabytes: 32 } },
    });
    const card = popup.getByRole('region', { name: 'Profile' });
    await card
      .getByText('SociaVault sent a response larger than 32 MB, so it was discarded.')
      .first()
      .waitFor();
    await card.getByText('70 accounts are saved.').first().waitFor();
    await card.getByRole('button', { name: 'Try again' }).click();
    expect(await snapshotOf(scene, handle, hasEnded)).toMatchObject({
      rows: 210,
      state: { outcome: { kind: 'complete' } },
    });
    await popup.close();
  });

  it('that fits into 32 MB is not a page either: it is saved as received, and not paid per row', async () => {
    const { emulator } = scene;
    const handle = 'million_thin';
    emulator.population({ platform: 'x', handle, followers: 140, following: 0 });
    await scene.saveKey('x-v2');
    const options = await scene.browser.openOptions();
    const region = options.getByRole('region', { name: 'SociaVault', exact: true });
    await showKeyForm(region);
    await region.getByRole('button', { name: 'Remove key' }).click();
    await region.getByText('Key removed.').waitFor();
    await options.close();
    const data = Array.from({ length: MILLION }, (_, index) => ({ id: idAt(index) }));
    const body = JSON.stringify({ data, meta: {} });
    expect(body.length).toBeLessThan(32 * 1024 * 1024);
    emulator.serveRaw({
      when: ({ path }) => path.endsWith('/followers'),
      times: 1,
      body,
      rows: MILLION,
      charge: 1,
    });
    const popup = await start(scene, handle);
    const blocked = await snapshotOf(scene, handle, (row) => stateOf(row) === 'blocked');
    // The approval threshold is US$5, including the lookup: 499 rows were requested, and no more are counted.
    expect(blocked).toMatchObject({
      rows: 0,
      pages: 0,
      charged: 10_000,
      maybeCharged: 4_990_000,
      state: { trouble: { kind: 'unreadable' } },
    });
    const card = popup.getByRole('region', { name: 'Profile' });
    await card.getByText("X API v2's response couldn't be read. The response is saved.").first().waitFor();
    const requested = emulator.log.length;
    await card.getByRole('button', { name: 'Request again' }).click();
    await snapshotOf(scene, handle, (row) => stateOf(row) === 'confirming');
    expect(emulator.log).toHaveLength(requested);
    await popup.close();
  });
});
