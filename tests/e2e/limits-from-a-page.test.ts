/** An attacker who controls the content script cannot make a run cost more than was allowed before. */
import type { Page } from 'playwright';
import { afterEach, expect, it } from 'vitest';
import {
  INTRUDE,
  INTRUDER_IS_HERE,
  raisingLimits,
  startingCheaply,
  type PageAction,
  type Outcome,
} from '../harness/intruder.ts';
import { until } from '../harness/until.ts';
import { openScene, stateOf, type Scene } from './scene.ts';

const ALLOWED = 20;

let scene: Scene;
afterEach(() => scene.close());

function inPage(page: Page, body: string, ...args: readonly string[]): Promise<unknown> {
  return page.evaluate(`(function () { ${body} }).apply(null, ${JSON.stringify(args)})`);
}

async function intrude(page: Page, actions: readonly PageAction[]): Promise<readonly Outcome[]> {
  return JSON.parse(String(await inPage(page, INTRUDE, JSON.stringify(actions)))) as Outcome[];
}

async function openWithIntruder(url: string): Promise<Page> {
  const page = await scene.visit(url);
  await until('the intruder', async () => ((await inPage(page, INTRUDER_IS_HERE)) === true ? true : null));
  return page;
}

/** Waits until all runs are idle. @returns what they cost, by the provider's own count */
async function whenAllIdle(): Promise<number> {
  await until(
    'all runs to be idle',
    async () => {
      const rows = await scene.table('snapshots');
      return rows.length > 0 &&
        rows.every((row) => ['ended', 'confirming', 'blocked', 'paused'].includes(String(stateOf(row))))
        ? true
        : null;
    },
    { timeout: 30_000 },
  );
  return scene.emulator.charges('sociavault').amount;
}

it('a compromised content script raises no limit, and starts nothing beyond it', async () => {
  scene = await openScene({ intruder: true });
  await scene.saveKey('sociavault');
  await scene.askAbove('credits', String(ALLOWED));
  const settings = await scene.table('settings');
  expect(settings).toContainEqual({ key: 'askAbove', value: { credits: ALLOWED, usd: 5e6, requests: 1000 } });
  const spentBefore = scene.emulator.charges('sociavault').amount;
  const tab = await openWithIntruder('https://x.com/bob_metrics');
  const outcomes = await intrude(tab, raisingLimits([]));
  // Chromium denies content scripts access to every storage area that the extension doesn't expose.
  const stores = outcomes.slice(0, 8).map((outcome) => ('failed' in outcome ? 'failed' : 'done'));
  expect(stores.slice(0, 4)).toEqual(['failed', 'failed', 'failed', 'failed']);
  await intrude(tab, startingCheaply('bob_metrics'));
  const first = (await whenAllIdle()) - spentBefore;
  // It did start, and the limit ended it.
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThanOrEqual(ALLOWED);

  const ids = (await scene.table('snapshots')).map(({ id }) => String(id));
  await intrude(tab, raisingLimits(ids));
  // A restarted background reads everything again.
  await scene.browser.killWorker();
  await intrude(tab, [...raisingLimits(ids), ...startingCheaply('bob_metrics')]);
  await whenAllIdle();
  const other = await openWithIntruder('https://x.com/ada_research');
  await intrude(other, [...raisingLimits(ids), ...startingCheaply('ada_research')]);
  expect((await whenAllIdle()) - spentBefore).toBeLessThanOrEqual(ALLOWED);
  expect(await scene.table('settings')).toEqual(settings);
});

it('with the button turned off, no message from a page starts anything', async () => {
  scene = await openScene({ intruder: true });
  await scene.saveKey('sociavault');
  const options = await scene.browser.openOptions();
  await options.getByRole('checkbox', { name: 'Hide the button on profile pages' }).click();
  await until('the preference to be saved', async () =>
    (await scene.table('settings')).some(({ key, value }) => key === 'pageButton' && value === false)
      ? true
      : null,
  );
  const sent = scene.requests('sociavault').length;
  const tab = await openWithIntruder('https://x.com/page_plus');
  const outcomes = await intrude(tab, startingCheaply('page_plus'));
  expect(outcomes).toHaveLength(5);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ done: { ok: true, response: { run: null } } });
  expect(await scene.table('snapshots')).toEqual([]);
  expect(scene.requests('sociavault')).toHaveLength(sent);
});
