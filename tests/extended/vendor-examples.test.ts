import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { hasEnded, openScene, type Scene } from '../e2e/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

function vendorText(name: string): string {
  return readFileSync(new URL(`../vendor/${name}.json`, import.meta.url), 'utf8');
}

it('lists the follower in SociaVault’s documented example, and exports its ID digit for digit', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  scene.emulator.serveRaw({
    when: ({ path }) => path === '/v1/scrape/twitter/followers',
    body: vendorText('sociavault-x-followers'),
    rows: 1,
  });
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/ada_research');
  await scene.snapshot(hasEnded);
  const { popup, records, text } = await scene.exportCsv();
  const row = popup.getByRole('list', { name: 'Accounts' }).getByRole('listitem').first();
  const shown = (await row.textContent()) ?? '';
  for (const part of ['Mike', 'silverbackRilaa', '55', 'Nov 27, 2017', 'Metaverse'])
    expect(shown).toContain(part);
  expect(records).toHaveLength(1);
  expect(text).toContain('935125269261766657');
  expect(records[0]).toMatchObject({
    id: '935125269261766657',
    handle: 'silverbackRilaa',
    followers: '55',
    created_at: '2017-11-27T12:36:52.000Z',
    location: 'Metaverse',
  });
});

it('lists the followers in the X API v2 documentation’s example', async () => {
  scene = await openScene();
  scene.emulator.serveRaw({
    when: ({ path }) => /^\/2\/users\/\d+\/followers$/.test(path),
    body: vendorText('x-v2-followers-default-fields'),
    rows: 10,
  });
  await scene.saveKey('x-v2');
  await scene.askAbove('US dollars', '100');
  await scene.collect('https://x.com/ada_research');
  await scene.snapshot(hasEnded);
  const { popup, records } = await scene.exportCsv();
  const rows = popup.getByRole('list', { name: 'Accounts' }).getByRole('listitem');
  expect(await rows.first().textContent()).toContain('TwitterAPI');
  expect(records.map(({ id, handle }) => [id, handle])).toEqual([
    ['6253282', 'TwitterAPI'],
    ['2244994945', 'TwitterDev'],
    ['783214', 'Twitter'],
    ['95731075', 'TwitterSafety'],
    ['3260518932', 'TwitterMoments'],
    ['373471064', 'TwitterMusic'],
    ['791978718', 'OfficialPartner'],
    ['17874544', 'TwitterSupport'],
    ['234489024', 'TwitterComms'],
    ['1526228120', 'TwitterData'],
  ]);
});
