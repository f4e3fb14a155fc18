/** Collecting many profiles: from pasted lines to one file, and the queue. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axeFindings } from '../harness/axe.ts';
import { until } from '../harness/until.ts';
import { openScene, readCsv, type Row, type Scene } from './scene.ts';

const GOOD = 90;
const handles = Array.from({ length: GOOD }, (_, index) => `crowd_${String(index)}`);
/** Profiles that fail, each in its own way. */
const BAD = [
  'nobody_here',
  'nobody_else',
  'locked_lena',
  'bad_status',
  'bad_refused',
  'bad_json',
  'bad_empty',
  'bad_cut',
  'bad_gateway',
  'bad_cursor',
] as const;

let scene: Scene;
let page: Page;
let downloads: string;

const asks =
  (handle: string) => (record: { readonly path: string; readonly query: Readonly<Record<string, string>> }) =>
    JSON.stringify([record.path, record.query]).includes(handle);

beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'followledger-many-'));
  scene = await openScene({ timezoneId: 'UTC' });
  const { emulator } = scene;
  handles.forEach((handle, index) => {
    // They share accounts: the newest of one are among the older ones of another.
    emulator.population({
      platform: 'x',
      handle,
      seed: 'crowd',
      followers: (index * 7) % 90,
      following: 0,
      offset: index,
    });
  });
  for (const handle of BAD.filter((name) => name.startsWith('bad_'))) {
    emulator.population({ platform: 'x', handle, followers: 150, following: 0 });
  }
  const times = 1_000;
  emulator.fault({
    when: asks('bad_status'),
    do: { kind: 'status', status: 500, retryAfterSeconds: 0 },
    times,
  });
  emulator.fault({ when: asks('bad_refused'), do: { kind: 'status', status: 400 }, times });
  emulator.fault({ when: asks('bad_json'), do: { kind: 'not-json', charged: true }, times });
  emulator.fault({ when: asks('bad_empty'), do: { kind: 'empty-200' }, times });
  emulator.fault({ when: asks('bad_cut'), do: { kind: 'cut' }, times });
  emulator.fault({ when: asks('bad_gateway'), do: { kind: 'gateway', status: 524 }, times });
  emulator.fault({ when: asks('bad_cursor'), do: { kind: 'repeat-page' }, times });
  await scene.saveKey('sociavault');
  page = await scene.browser.openExtensionPage('dashboard.html?view=many');
  const session = await scene.browser.context.browser()?.newBrowserCDPSession();
  await session?.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
}, 90_000);

afterAll(async () => {
  await scene.close();
  await rm(downloads, { recursive: true, force: true });
});

/** The file whose name matches, once it is complete. */
async function saved(pattern: RegExp): Promise<Buffer> {
  const name = await until(
    `a file ${String(pattern)}`,
    async () => (await readdir(downloads)).find((file) => pattern.test(file)) ?? null,
    { timeout: 60_000 },
  );
  return until('its content', async () => {
    const content = await readFile(join(downloads, name));
    return content.length > 0 ? content : null;
  });
}

it('says what each line is, before anything is sent', async () => {
  await page.getByRole('heading', { name: 'Collect many', level: 1 }).waitFor();
  const requests = scene.requests('sociavault').length;
  await page
    .getByLabel('Handles or links')
    .fill('@crowd_1\nhttps://x.com/crowd_2\ntwitter.com/CROWD_1\nada.clips\nno profile\n');
  const table = page.getByRole('table', { name: 'Lines' });
  await table.getByRole('cell', { name: 'Same profile as in line 1' }).waitFor();
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => Array.from(row.querySelectorAll('td'), (cell) => cell.textContent).join(' | ')),
    );
  expect(cells).toEqual([
    '1 | @crowd_1 | @crowd_1',
    '2 | https://x.com/crowd_2 | @crowd_2',
    '3 | twitter.com/CROWD_1 | Same profile as in line 1',
    '4 | ada.clips | Only on TikTok. Choose that platform to collect it.',
    '5 | no profile | Not a handle or a link to a profile',
  ]);
  await page.getByText('2 profiles to collect · 1 repeated · 2 refused').waitFor();
  expect(await page.getByRole('button', { name: 'Collect 2 profiles' }).isEnabled()).toBe(true);
  expect(scene.requests('sociavault').length).toBe(requests);
  expect(await axeFindings(page)).toEqual([]);
});

it('reads a CSV file, and lets the column be chosen', async () => {
  const csv = 'name,handle,manager\r\n"Crowd, One",crowd_1,@ada_research\r\nTwo,crowd_2,@bob_metrics\r\n';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByText('2 profiles to collect').waitFor();
  await page.getByLabel('Column with the profiles').selectOption('manager');
  await page.getByRole('cell', { name: '@bob_metrics' }).first().waitFor();
  await page.locator('input[type=file]').setInputFiles({
    name: 'a.xlsx',
    mimeType: 'application/zip',
    buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0]),
  });
  await page.getByText('a.xlsx isn').waitFor();
});

it('collects 100 profiles of which ten fail: 90 exact lists within the limit', async () => {
  await page.reload();
  await page.getByLabel('Handles or links').fill([...handles, ...BAD].join('\n'));
  await page.getByText('100 profiles to collect').waitFor();
  await page.getByRole('radio', { name: 'All', exact: true }).check({ force: true });
  await page.getByText('at least 200 credits').waitFor();
  await page.getByLabel('Spend at most, on all of them together').fill('400');
  await page.getByRole('button', { name: 'Collect 100 profiles' }).click();
  await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
  const isDone = ({ state }: Row): boolean => {
    const { kind } = state as { kind: string };
    return kind === 'ended' || kind === 'blocked';
  };
  let last: Row[] = [];
  const rows = await until(
    'all good profiles to end',
    async () => {
      last = await scene.table('snapshots');
      const found = last;
      return found.filter(isDone).length >= 99 ? found : null;
    },
    { timeout: 240_000, interval: 500 },
    () => JSON.stringify(last.filter((row) => !isDone(row)).map(({ handle, state }) => [handle, state])),
  );
  const complete = rows.filter(({ state }) => JSON.stringify(state).includes('"complete"'));
  expect(complete.map(({ handle }) => handle).sort()).toEqual([...handles].sort());
  for (const { handle, rows: count } of complete) {
    expect(count, String(handle)).toBe([...scene.emulator.ids('x', String(handle), 'followers')].length);
  }
  expect(scene.emulator.charges('sociavault').amount).toBeLessThanOrEqual(400);
}, 300_000);

it('saves all lists as one file with exactly their accounts, and as one file each', async () => {
  const lists = (await scene.table('snapshots')).filter(({ rows }) => Number(rows) > 0);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page
    .getByRole('group', { name: 'One file for all' })
    .getByRole('menuitem', { name: 'CSV', exact: true })
    .click();
  const records = readCsv((await saved(/^followledger_lists_.*\.csv$/)).toString('utf8'));
  const wanted = new Map<string, number>();
  for (const { handle } of lists) {
    for (const id of scene.emulator.ids('x', String(handle), 'followers'))
      wanted.set(id, (wanted.get(id) ?? 0) + 1);
  }
  const found = new Map(
    records.map((record) => [String(record['id']), String(record['lists']).split('; ').length]),
  );
  expect(records.length).toBe(found.size);
  const crowd = [...wanted].filter(([id]) =>
    handles.some((handle) => [...scene.emulator.ids('x', handle, 'followers')].includes(id)),
  );
  for (const [id, count] of crowd) expect(found.get(id)).toBe(count);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page
    .getByRole('group', { name: 'One file for each list (ZIP)' })
    .getByRole('menuitem', { name: 'CSV', exact: true })
    .click();
  const files = unzipSync(await saved(/^followledger_lists_.*\.zip$/));
  const names = Object.keys(files);
  expect(names.filter((name) => name.endsWith('.csv'))).toHaveLength(lists.length);
  expect(names.filter((name) => name.endsWith('.csv.receipt.json'))).toHaveLength(lists.length);
  for (const { handle } of lists.filter((list) => handles.includes(String(list['handle'])))) {
    const name = names.find((file) => file.includes(`_${String(handle)}_`) && file.endsWith('.csv'));
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(files[name ?? '']);
    expect(readCsv(text).map(({ id }) => id)).toEqual([
      ...scene.emulator.ids('x', String(handle), 'followers'),
    ]);
  }
}, 120_000);

it('shows why profiles failed, and is free of accessibility errors', async () => {
  await page.getByText('X has no profile @nobody_here.', { exact: false }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

it('the queue changes its order by keyboard, and the focus stays', async () => {
  const { emulator } = scene;
  for (let n = 0; n < 5; n += 1) {
    emulator.population({ platform: 'x', handle: `later_${String(n)}`, followers: 10, following: 0 });
  }
  const hold = emulator.hold(asks('later_0'));
  await page.goto(page.url().replace(/\?.*/, '?view=many'));
  await page.getByLabel('Handles or links').fill('later_0\nlater_1\nlater_2\nlater_3\nlater_4');
  await page.getByRole('button', { name: 'Collect 5 profiles' }).click();
  await hold.arrived;
  const queue = await scene.browser.openExtensionPage('dashboard.html?view=queue');
  const order = () =>
    queue
      .getByRole('region', { name: 'Next with SociaVault' })
      .locator('li')
      .evaluateAll((items) => items.map((item) => /later_\d/.exec(item.textContent)?.[0]));
  const becomes = (...expected: readonly string[]) =>
    until('the order', async () =>
      JSON.stringify(await order()) === JSON.stringify(expected) ? true : null,
    );
  await becomes('later_1', 'later_2', 'later_3', 'later_4');
  await queue.getByRole('button', { name: 'Next: @later_4' }).focus();
  await queue.keyboard.press('Enter');
  await becomes('later_4', 'later_1', 'later_2', 'later_3');
  await queue.getByRole('button', { name: 'Move down: @later_4' }).focus();
  await queue.keyboard.press('Enter');
  await becomes('later_1', 'later_4', 'later_2', 'later_3');
  await queue.getByText('Moved to place 2 of 4').waitFor({ state: 'attached' });
  expect(await queue.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Move down: @later_4',
  );
  expect(await axeFindings(queue)).toEqual([]);
  hold.release();
  const ended = await until('the others to end', async () => {
    const found = (await scene.table('snapshots')).filter(({ handle }) =>
      /^later_[1-4]$/.test(String(handle)),
    );
    return found.every(({ endedAt }) => endedAt !== null) ? found : null;
  });
  const byEnd = ended.toSorted((a, b) => Number(a['endedAt']) - Number(b['endedAt']));
  expect(byEnd.map(({ handle }) => handle)).toEqual(['later_1', 'later_4', 'later_2', 'later_3']);
  await queue.close();
});

it('several handles in the ordinary field offer to collect many', async () => {
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill('@ada_research, @bob_metrics');
  const opened = scene.browser.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Collect many' }).click();
  const many = await opened;
  await many.getByText('2 profiles to collect').waitFor();
  await many.close();
  await popup.close();
});

it('a batch has its own line in the spending history', async () => {
  await page.goto(page.url().replace(/\?.*/, '?view=spending'));
  const table = page.getByRole('table', { name: 'Collect many' });
  await table.getByRole('link', { name: /^100 profiles/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
});
