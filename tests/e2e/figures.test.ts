/** One source for each figure: accounts, spending, and balance are the same number in every place at the same moment. */
import type { Locator, Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProviderName } from '../emulator/exchange.ts';
import { pageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { showTab } from './open-list.ts';
import { hasEnded, openScene, type Scene } from './scene.ts';

const PROFILE = 'https://x.com/ada_research';
const FOLLOWERS = 2_450;
const BALANCE = 5_000;

let scene: Scene;
afterEach(() => scene.close());

/** The first number in a text: `980 of 2,450` is 980. */
function numberIn(text: string | null): number | null {
  const [found] = /\d[\d,]*/.exec(text ?? '') ?? [];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

/** The number before a unit: `980 of 2,450 · 15 credits` is 15. */
function amountIn(text: string, unit: string): number | null {
  return numberIn(new RegExp(`(\\d[\\d,]*) ${unit}`).exec(text)?.[1] ?? null);
}

const TIME = /[A-Z][a-z]{2} \d{1,2}, \d\d:\d\d\s[AP]M/gu;

/** A list's line without the times that it was collected at: `Followers from Nov 29, 02:05 PM`. */
function withoutTimes(line: string): string {
  return line.replaceAll(TIME, '');
}

/** A figure by its place. */
type Figures = Readonly<Record<string, number | null>>;

/** All pages that show figures, open at the same time. */
interface Places {
  readonly profile: Page;
  readonly lists: Page;
  readonly list: Page;
  readonly dashboard: Page;
  readonly history: Page;
  readonly options: Page;
  readonly provider: string;
  readonly unit: 'credit' | 'request';
}

async function openPlaces(profile: Page, provider: string, unit: Places['unit']): Promise<Places> {
  const { browser } = scene;
  const [row] = await scene.table('snapshots');
  const id = String(row?.['id']);
  const dashboard = await browser.openExtensionPage(`dashboard.html?list=${id}`);
  await showTab(dashboard, 'Receipt');
  const [lists, list, history, options] = await Promise.all([
    browser.openExtensionPage('popup.html'),
    browser.openExtensionPage(`popup.html?list=${id}`),
    browser.openExtensionPage('dashboard.html?view=spending'),
    browser.openOptions(),
  ]);
  return { profile, lists, list, dashboard, history, options, provider, unit };
}

function text(locator: Locator): Promise<string> {
  return locator.first().innerText();
}

/** How many accounts each place says that the list has. */
async function accounts({ profile, lists, list, dashboard }: Places): Promise<Figures> {
  const line = (page: Page): Locator => page.locator('.snapshot-line');
  return {
    'page button': numberIn((await pageButton(profile))?.name ?? null),
    'popup, list of lists': numberIn(withoutTimes(await text(line(lists)))),
    'popup, list': numberIn(await text(list.getByRole('status'))),
    sidebar: numberIn(withoutTimes(await text(line(dashboard)))),
    header: numberIn(await text(dashboard.locator('.pill'))),
    receipt: numberIn((await text(receiptLine(dashboard, 'Accounts listed'))).replace(/^\D+/u, '')),
  };
}

function receiptLine(dashboard: Page, label: string): Locator {
  return dashboard.locator('.receipt-sheet dl > div').filter({ hasText: label });
}

/** Cells of a table row as numbers; without a number, 0. */
async function cells(rows: Locator): Promise<number[][]> {
  const all = await rows.evaluateAll((found) =>
    found.map((row) => Array.from(row.querySelectorAll('td.number'), (cell) => cell.textContent)),
  );
  return all.map((row) => row.map((cell) => numberIn(cell) ?? 0));
}

function sum(rows: readonly (readonly number[])[], column: number): number {
  return rows.reduce((total, row) => total + (row[column] ?? 0), 0);
}

/** What each place says that the list cost. */
async function spending({ list, dashboard, history, unit }: Places, isDone: boolean): Promise<Figures> {
  const items = await cells(dashboard.locator('.line-items tbody tr'));
  const [total = []] = await cells(dashboard.locator('.line-items tfoot tr'));
  const lines = await cells(
    history.getByRole('table', { name: 'By list' }).locator('tbody tr', { hasText: 'ada_research' }),
  );
  return {
    ...(isDone ? {} : { 'popup, list': amountIn(await text(list.getByRole('status')), unit) }),
    ...(isDone ? {} : { dashboard: amountIn(await text(dashboard.locator('.run [role=status]')), unit) }),
    'popup, receipt': numberIn((await text(list.locator('.receipt > summary'))).split('·').at(2) ?? null),
    'receipt, total': total[1] ?? null,
    'receipt, items': sum(items, 1),
    'spending history': sum(lines, 1),
    // Nothing was lost, and a request in progress costs nothing until it is settled.
    'spending history, with what may have been charged': sum(lines, 1) + sum(lines, 2),
  };
}

async function requests({ dashboard, history }: Places): Promise<Figures> {
  const [total = []] = await cells(dashboard.locator('.line-items tfoot tr'));
  const lines = await cells(
    history.getByRole('table', { name: 'By list' }).locator('tbody tr', { hasText: 'ada_research' }),
  );
  return {
    'receipt, total': total[0] ?? null,
    'receipt, items': sum(await cells(dashboard.locator('.line-items tbody tr')), 0),
    'spending history': sum(lines, 0),
  };
}

/** What each place says of this month. */
async function month({ history, options, provider, unit }: Places): Promise<Figures> {
  const region = options.getByRole('region', { name: provider, exact: true });
  const panel = history.locator('.providers-this-month li', { hasText: provider });
  const [row = []] = await cells(
    history.getByRole('table', { name: 'Spending history' }).locator('tbody tr', { hasText: provider }),
  );
  return {
    settings: amountIn(await text(region.locator('.limit-bar')), unit),
    'spending history': amountIn(await text(panel.locator('.limit-bar')), unit),
    'totals by month': row[1] ?? null,
  };
}

async function balances({ history, options, provider }: Places): Promise<Figures> {
  const region = options.getByRole('region', { name: provider, exact: true });
  const panel = history.locator('.providers-this-month li', { hasText: provider });
  const left = (shown: string): number | null => numberIn(/about ([\d,]+) /.exec(shown)?.[1] ?? null);
  return { settings: left(await text(region)), 'spending history': left(await text(panel)) };
}

/** Pages update at most once a second, so each may need a moment until it shows what is stored. */
async function expectEverywhere(what: string, wanted: number, look: () => Promise<Figures>): Promise<void> {
  let last: Figures = {};
  await until(
    `${what} to be ${String(wanted)} everywhere`,
    async () => {
      last = await look();
      return Object.values(last).every((figure) => figure === wanted) ? true : null;
    },
    { timeout: 15_000, interval: 100 },
    () => JSON.stringify(last),
  );
}

interface Case {
  readonly provider: ProviderName;
  readonly name: string;
  readonly unit: Places['unit'];
  /** The path whose request is held halfway, and which request it is. */
  readonly path: string;
  readonly held: number;
}

const CASES: readonly Case[] = [
  {
    provider: 'sociavault',
    name: 'SociaVault',
    unit: 'credit',
    path: '/v1/scrape/twitter/followers',
    held: 9,
  },
  // Lists IDs, and looks up the accounts of each page before it requests the next one.
  { provider: 'x-v1.1', name: 'X API v1.1', unit: 'request', path: '/1.1/users/lookup.json', held: 9 },
];

describe.each(CASES)('with $name', ({ provider, name, unit, path, held }) => {
  it('while a list is collected and after it, every place shows the same figures', async () => {
    scene = await openScene({ timezoneId: 'UTC' });
    const { emulator } = scene;
    if (unit === 'credit') emulator.key({ provider, balance: BALANCE });
    await scene.saveKey(provider);
    const tested = emulator.charges(provider).amount;
    let arrived = 0;
    const hold = emulator.hold((record) => record.path === path && (arrived += 1) === held);
    const profile = await scene.collect(PROFILE);
    await hold.arrived;
    const places = await openPlaces(profile, name, unit);
    await profile.bringToFront();

    const check = async (rows: number, isDone: boolean): Promise<void> => {
      const paid = emulator.charges(provider).amount;
      await expectEverywhere('accounts', rows, () => accounts(places));
      await expectEverywhere('spending', paid - tested, () => spending(places, isDone));
      await expectEverywhere('this month', paid, () => month(places));
      if (unit === 'credit') {
        await expectEverywhere('the balance', BALANCE - paid, () => balances(places));
      }
      const sent = emulator.log.filter((record) => record.provider === provider && record.charged > 0);
      await expectEverywhere('requests', sent.length - tested + (isDone ? 0 : 1), () => requests(places));
    };
    const row = await scene.snapshot(({ filled }) => Number(filled) > 0);
    expect(Number(row['filled'])).toBeLessThan(FOLLOWERS);
    await check(Number(row['filled']), false);
    hold.release();
    await scene.snapshot(hasEnded, 60_000);
    await check(FOLLOWERS, true);
  });
});

/** Records what the dashboard's header, sidebar, status, and receipt show together, in every frame that is drawn. */
async function recordFrames(dashboard: Page): Promise<() => Promise<string[][]>> {
  await dashboard.evaluate((time) => {
    const seen = new Set<string>();
    Reflect.set(globalThis, 'seenFigures', seen);
    const first = (selector: string, pattern: RegExp): string => {
      const shown = (document.querySelector(selector)?.textContent ?? '').replaceAll(
        new RegExp(time, 'gu'),
        '',
      );
      return pattern.exec(shown)?.[1] ?? '';
    };
    const look = (): void => {
      const rows = Array.from(document.querySelectorAll('.receipt-sheet dl > div')).find((line) =>
        line.textContent.startsWith('Accounts listed'),
      );
      seen.add(
        [
          first('.pill', /([\d,]+)/),
          first('.snapshot-line', /([\d,]+)/),
          /([\d,]+)/.exec(rows?.textContent ?? '')?.[1] ?? '',
          first('.run [role=status]', /^([\d,]+) of/),
          first('.run [role=status]', /([\d,]+) credit/),
          first('.line-items tfoot td:last-child', /([\d,]+)/),
        ].join(' '),
      );
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, TIME.source);
  return () =>
    dashboard.evaluate(() =>
      Array.from(Reflect.get(globalThis, 'seenFigures') as Set<string>, (frame) => frame.split(' ')),
    );
}

it('in no frame of the dashboard do two places show different figures', async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  await scene.saveKey('sociavault');
  const { emulator } = scene;
  let arrived = 0;
  const holdPage = (nth: number) =>
    emulator.hold(({ path }) => path === '/v1/scrape/twitter/followers' && (arrived += 1) === nth);
  let hold = holdPage(3);
  await scene.collect(PROFILE);
  await hold.arrived;
  const [row] = await scene.table('snapshots');
  const dashboard = await scene.browser.openExtensionPage(`dashboard.html?list=${String(row?.['id'])}`);
  await showTab(dashboard, 'Receipt');
  await dashboard.locator('.line-items tbody tr').first().waitFor();
  const frames = await recordFrames(dashboard);
  // In steps, each of which is drawn before the next one, and then at full speed.
  for (let step = 0; step < 4; step += 1) {
    const before = await dashboard.locator('.pill').innerText();
    const last = hold;
    arrived = 0;
    hold = holdPage(3);
    last.release();
    await hold.arrived;
    await until('the header to follow', async () =>
      (await dashboard.locator('.pill').innerText()) === before ? null : true,
    );
  }
  hold.release();
  await dashboard.locator('.pill', { hasText: 'Complete · 2,450' }).waitFor({ timeout: 60_000 });
  const seen = await frames();
  const differing = seen.filter(([pill, sidebar, receipt, status, spent, total]) => {
    const rows = [sidebar, receipt, ...(status === '' ? [] : [status])];
    return rows.some((shown) => shown !== pill) || (spent !== '' && spent !== total);
  });
  expect(differing).toEqual([]);
  expect(seen.length).toBeGreaterThan(4);
});
