import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { comparable, expectedRecord, hasEnded, openScene, type Scene } from './scene.ts';

const COLUMNS =
  'position,id,handle,name,bio,location,website,followers,following,posts,likes,listed,verified,verified_type,private,created_at,language,region,profile_url,avatar_url,platform,source_handle,source_id,relation,provider,collected_at,followed_after,followed_before';

describe.each(['sociavault', 'x-v2'] as const)('from a click to a file through %s', (provider) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene.close());

  it('collects exactly the followers, in order, with an exact ledger', async () => {
    const { emulator } = scene;
    await scene.saveKey(provider);
    if (provider === 'x-v2') await scene.askAbove('US dollars', '100');
    const page = await scene.collect('https://x.com/ada_research');
    await waitForPageButton(page, 'Complete: 2,450 accounts', { timeout: 30_000 });
    const snapshot = await scene.snapshot(hasEnded);
    const { amount } = emulator.charges(provider);
    expect(snapshot).toMatchObject({
      rows: 2450,
      expected: 2450,
      duplicates: 0,
      unreadable: 0,
      charged: amount,
      maybeCharged: 0,
      state: { kind: 'ended', outcome: { kind: 'complete' } },
    });
    const ledger = await scene.table('ledger');
    expect(ledger.reduce((sum, entry) => sum + Number(entry['amount']), 0)).toBe(amount);
    expect(ledger.every(({ status }) => status === 'charged')).toBe(true);
  });

  it('exports them as CSV, digit for digit', async () => {
    const { name, text, records } = await scene.exportCsv();
    expect(name).toMatch(/^followledger_x_ada_research_followers_\d{4}-\d{2}-\d{2}\.csv$/);
    expect(text.slice(0, text.indexOf('\r\n'))).toBe(`\uFEFF${COLUMNS}`);
    const truth = Array.from(scene.emulator.accounts('x', 'ada_research', 'followers'), expectedRecord);
    expect(records.map(comparable)).toEqual(truth);
    const owner = { platform: 'x', source_handle: 'ada_research', relation: 'followers', provider };
    expect(records[0]).toMatchObject(owner);
    expect(records.every((record) => record['platform'] === 'x' && record['provider'] === provider)).toBe(
      true,
    );
  });

  it('opens the existing list instead of paying again', async () => {
    const requests = scene.requests(provider).length;
    const page = await scene.visit('https://x.com/ada_research');
    await clickPageButton(page, 'Complete');
    const list = await scene.browser.context.waitForEvent('page', (opened) =>
      opened.url().includes('dashboard.html?list='),
    );
    await list.getByRole('status').first().waitFor();
    expect(scene.requests(provider)).toHaveLength(requests);
  });
});
