/** Files of several lists, from the message of a page to the saved file, and graphs from the menu of a list. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiptSchema } from '../../lib/export/receipt/shape.ts';
import { until } from '../harness/until.ts';
import { chooseFromMenu } from './open-list.ts';
import { hasEnded, openScene, readCsv, type Row, type Scene } from './scene.ts';

let scene: Scene;
let page: Page;
let downloads: string;
/** The IDs of the profile's followers in each list. */
let before: readonly string[];
let after: readonly string[];
/** The two lists, newest first. */
let lists: readonly Row[];

function population(offset: number, followers: number): readonly string[] {
  scene.emulator.population({ platform: 'x', handle: 'changing', followers, following: 0, offset });
  return [...scene.emulator.ids('x', 'changing', 'followers')];
}

beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'followledger-lists-'));
  scene = await openScene({ timezoneId: 'UTC' });
  before = population(20, 180);
  await scene.saveKey('sociavault');
  await scene.collect('https://x.com/changing');
  const { id } = await scene.snapshot(hasEnded);
  after = population(0, 190);
  page = await scene.browser.openExtensionPage(`dashboard.html?list=${String(id)}`);
  await chooseFromMenu(page, 'Collect again');
  const ended = await until('two ended lists', async () => {
    const found = await scene.table('snapshots');
    return found.length === 2 && found.every(hasEnded) ? found : null;
  });
  lists = ended.toSorted((a, b) => Number(b['startedAt']) - Number(a['startedAt']));
  const session = await scene.browser.context.browser()?.newBrowserCDPSession();
  await session?.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
});

afterAll(async () => {
  await scene.close();
  await rm(downloads, { recursive: true, force: true });
});

/** Sends the message that a page sends. @returns the reply */
function order(format: string, change: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const ids = lists.map(({ id }) => String(id));
  const request = {
    id: crypto.randomUUID(),
    // The oldest: the background finds the newest itself.
    snapshotId: ids.at(-1),
    format,
    columns: null,
    exact: false,
    chosen: null,
    lists: ids.toReversed(),
    filter: null,
    sort: null,
    ...change,
  };
  return page.evaluate(
    (message) =>
      (
        globalThis as unknown as {
          chrome: { runtime: { sendMessage: (message: unknown) => Promise<unknown> } };
        }
      ).chrome.runtime.sendMessage(message),
    { name: 'export.start', request },
  );
}

async function saved(name: RegExp): Promise<{ readonly name: string; readonly text: string }> {
  const file = await until(
    `the file ${String(name)}`,
    async () => (await readdir(downloads)).find((one) => name.test(one)) ?? null,
    { timeout: 60_000 },
  );
  return { name: file, text: await readFile(join(downloads, file), 'utf8') };
}

const both = (): ReadonlySet<string> => new Set([...before, ...after]);

it('a table of two lists has each account once, and says in which lists it is', async () => {
  await order('csv');
  const { name, text } = await saved(/^followledger_lists_\d{4}-\d\d-\d\d\.csv$/);
  const records = readCsv(text);
  expect(records.map(({ id }) => id)).toEqual([...after, ...before.filter((id) => !after.includes(id))]);
  expect(Object.keys(records[0] ?? {}).at(-1)).toBe('lists');
  const names = lists.map(
    ({ startedAt }) => `changing followers ${new Date(Number(startedAt)).toISOString().slice(0, 19)}Z`,
  );
  for (const { id, lists: listed } of records) {
    const members = [after, before].flatMap((ids, at) => (ids.includes(String(id)) ? [names[at]] : []));
    expect(listed).toBe(members.join('; '));
  }
  const { text: receiptText } = await saved(/^followledger_lists_.*\.csv\.receipt\.json$/);
  const receipt = receiptSchema.parse(JSON.parse(receiptText));
  expect(receipt).toMatchObject({ file: name, file_rows: both().size, list_id: lists[0]?.['id'] });
  expect(receipt.file_lists?.map((one) => one.split(' (')[0])).toEqual(names);
  const status = page.getByRole('status', { name: 'Exports' });
  await status.getByText(`${String(both().size)} accounts saved as ${name}`).waitFor();
});

it('a graph of two lists of one profile has each account and each edge once', async () => {
  await order('gexf');
  await order('edges');
  const { text } = await saved(/^followledger_graph_\d{4}-\d\d-\d\d\.gexf$/);
  using document = XmlDocument.fromString(text);
  const ids = (path: string, attribute: string) =>
    document
      .find(path, { g: 'http://gexf.net/1.3' })
      .flatMap((node) => (node instanceof XmlElement ? [node.attr(attribute)?.value] : []));
  const accounts = [...both()].map((id) => `x:${id}`);
  const profile = `x:${String(lists[0]?.['profileId'])}`;
  expect(ids('//g:node', 'id').toSorted()).toEqual([...accounts, profile].toSorted());
  expect(ids('//g:edge', 'source').toSorted()).toEqual(accounts.toSorted());
  expect(new Set(ids('//g:edge', 'target'))).toEqual(new Set([profile]));
  const edges = await saved(/^followledger_edges_\d{4}-\d\d-\d\d\.csv$/);
  const rows: Row[] = parse(edges.text, { columns: true });
  expect(rows.map(({ source }) => source).toSorted()).toEqual(accounts.toSorted());
  expect(Object.keys(rows[0] ?? {})).toEqual([
    'source',
    'target',
    'relation',
    'followed_after',
    'followed_before',
  ]);
  await saved(/^followledger_edges_.*\.csv\.receipt\.json$/);
});

it('an order for lists that are not there, or for a part of several, is refused', async () => {
  const refused = { ok: false };
  expect(await order('csv', { lists: ['00000000-0000-4000-8000-000000000000'] })).toMatchObject(refused);
  expect(await order('csv', { chosen: 3 })).toMatchObject(refused);
  expect(await order('csv', { lists: Array.from({ length: 1_001 }, () => lists[0]?.['id']) })).toMatchObject(
    refused,
  );
});

it('the menu of a list saves its graph', async () => {
  for (const file of await readdir(downloads)) await rm(join(downloads, file));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Graph', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edges (CSV)', exact: true }).click();
  const { text } = await saved(/^followledger_edges_\d{4}-\d\d-\d\d(?: \(1\))?\.csv$/);
  const rows: Row[] = parse(text, { columns: true });
  const shown = [before, after].find((ids) => ids.length === rows.length) ?? [];
  expect(rows.map(({ source }) => source).toSorted()).toEqual(shown.map((id) => `x:${id}`).toSorted());
});
