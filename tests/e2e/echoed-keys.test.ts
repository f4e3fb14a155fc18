/**
 * A provider that repeats every key that ever reached it, in every spelling: in accounts, facts, sentences, cursors,
 * headers, and in responses that can't be read. After that no key is anywhere but in the table of keys, and there only
 * the ones that are saved: not in the browser's storage, a backup, an exported file, a console, or the copied details.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EchoPlace } from '../emulator/echo.ts';
import type { RequestRecord } from '../emulator/exchange.ts';
import { backupText, exportText, keysIn, readKept, type Keys } from '../harness/no-keys.ts';
import { until } from '../harness/until.ts';
import { showKeyForm } from '../harness/options-page.ts';
import { captureConsole, type CapturedConsole } from './captured-console.ts';
import { hasEnded, openScene, stateOf, type Row, type Scene } from './scene.ts';

const PASSPHRASE = 'correct horse battery';
const X = 'repeated_rita';
const TIKTOK = 'repeated.rob';
/** Three pages. */
const FOLLOWERS = 30;
const PAGE_SIZE = 10;

/** A key as a provider gives it: long and random. */
function newKey(prefix: string): string {
  return `${prefix}${randomBytes(20).toString('base64url')}`;
}

interface AllKeys extends Keys {
  readonly current: string;
  readonly replaced: string;
  readonly removed: string;
  readonly 'other provider’s': string;
}

let folder: string;
let scene: Scene;
let captured: CapturedConsole;
let keys: AllKeys;

async function openEcho(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'followledger-echoed-'));
  scene = await openScene({ logFile: join(folder, 'browser.log'), timezoneId: 'UTC' });
  captured = captureConsole(scene);
  await scene.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  keys = {
    current: newKey('sk_live_'),
    replaced: newKey('sk_live_'),
    removed: newKey('sfk_'),
    // With escapes of its own, as X's have them.
    'other provider’s': `${newKey('AAAAAAAAAAAAAAAAAAAAA')}%2F${randomBytes(12).toString('hex')}%3D`,
  };
  const { emulator } = scene;
  emulator.key({ provider: 'sociavault', key: keys.current, pageSize: PAGE_SIZE });
  emulator.key({ provider: 'sociavault', key: keys.replaced, pageSize: PAGE_SIZE });
  emulator.key({ provider: 'socialfetch', key: keys.removed, pageSize: PAGE_SIZE });
  emulator.key({ provider: 'x-v2', key: keys['other provider’s'] });
  for (const handle of [X, 'refused_rae', 'cursor_cam', 'unread_uma']) {
    emulator.population({ platform: 'x', handle, followers: FOLLOWERS, following: 0 });
  }
  emulator.population({ platform: 'tiktok', handle: TIKTOK, followers: FOLLOWERS, following: 0 });
}

async function closeEcho(): Promise<void> {
  await scene.close();
  await rm(folder, { recursive: true, force: true });
}

/** Each step has the time limit of a test. */
function useEcho(): void {
  beforeAll(openEcho);
  afterAll(closeEcho);
}

/** From now on everything is repeated there. */
function echo(place: EchoPlace | 'refusal'): void {
  scene.emulator.clearRules();
  scene.emulator.fault({
    when: ({ provider }) => provider !== null,
    times: Infinity,
    do: { kind: 'echo', in: place },
  });
}

function isListPage({ path }: RequestRecord): boolean {
  return path.endsWith('/followers');
}

/** Holds back a response to a page of a list, counted from 1, from now on. */
function holdPage(number: number) {
  let pages = 0;
  return scene.emulator.hold((record) => isListPage(record) && (pages += 1) === number, 'decided');
}

function listOf(handle: string, wanted: (row: Row) => boolean): Promise<Row> {
  let last: Row | undefined;
  return until(
    `the list of ${handle}`,
    async () => {
      last = (await scene.table('snapshots')).find((row) => row['handle'] === handle);
      return last !== undefined && wanted(last) ? last : null;
    },
    { timeout: 30_000 },
    () => JSON.stringify(last),
  );
}

/** The popup with a profile's card in it. */
async function openCard(link: string): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  const field = popup.getByLabel('Handle or link');
  const back = popup.getByRole('button', { name: 'All lists' });
  await back.or(field).first().waitFor();
  if (await back.isVisible()) await back.click();
  await field.fill(link);
  return popup;
}

async function start(link: string): Promise<void> {
  const popup = await openCard(link);
  await popup.getByRole('button', { name: 'Get followers' }).click();
  await popup.getByRole('button', { name: 'Get followers' }).waitFor({ state: 'hidden' });
  await popup.close();
}

async function removeKey(provider: string): Promise<void> {
  const page = await scene.browser.openOptions();
  const region = page.getByRole('region', { name: provider, exact: true });
  await showKeyForm(region);
  await region.getByRole('button', { name: 'Remove key' }).click();
  await region.getByText('Key removed.').waitFor();
  await page.close();
}

/** The part of the options page where keys are locked: does something there, and waits for what it says. */
async function atTheLock(fields: Readonly<Record<string, string>>, button: string, shownText: string) {
  const page = await scene.browser.openOptions();
  const region = page.getByRole('region', { name: 'Keys', exact: true });
  for (const [field, text] of Object.entries(fields)) {
    await region.getByLabel(field, { exact: true }).fill(text);
  }
  await region.getByRole('button', { name: button, exact: true }).click();
  await region.getByText(shownText).first().waitFor();
  await page.close();
}

/** What the popup shows of a list, and what "Copy details" puts into the clipboard. */
async function detailsOf(link: string): Promise<string> {
  const popup = await openCard(link);
  await popup.bringToFront();
  const card = popup.getByRole('region', { name: 'Profile' });
  await card.getByRole('button', { name: 'Copy details' }).click();
  await card.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await popup.evaluate(() => navigator.clipboard.readText());
  expect(copied.length).toBeGreaterThan(50);
  const text = `${copied}\n${await popup.content()}`;
  await popup.close();
  return text;
}

/** A download as bytes. */
async function saved(page: Page, wanted: RegExp, act: () => Promise<void>): Promise<[string, Uint8Array]> {
  const [download] = await Promise.all([
    page.waitForEvent('download', (file) => wanted.test(file.suggestedFilename())),
    act(),
  ]);
  return [download.suggestedFilename(), await readFile(await download.path())];
}

const FORMATS = { CSV: 'csv', Excel: 'xlsx', JSON: 'json', NDJSON: 'ndjson', Parquet: 'parquet' } as const;

/** The control: something stands in the place of keys. Bytes are read as Latin-1. */
function isMarked(text: string): boolean {
  return text.includes('•••') || text.includes(Buffer.from('•••').toString('latin1'));
}

function expectNoKey(place: string, text: string): void {
  expect(keysIn(text, keys), place).toEqual([]);
}

/** Everything that is stored, saved, and shown contains something of the echo, and no key. */
async function expectNoKeyAnywhere(id: string, inTable: readonly string[]): Promise<void> {
  const { tables, places } = await scene.watch.evaluate(readKept);
  const { 'followledger/keys': ownValue = '', ...others } = tables;
  expect(Object.keys(others)).toEqual(
    expect.arrayContaining(
      ['snapshots', 'pages', 'raw', 'ledger', 'traces'].map((name) => `followledger/${name}`),
    ),
  );
  expect(Object.keys(places)).toEqual(expect.arrayContaining(['storage.local', 'storage.session']));
  for (const [place, text] of Object.entries({ ...others, ...places })) expectNoKey(place, text);
  for (const table of ['snapshots', 'pages', 'raw']) {
    expect(isMarked(others[`followledger/${table}`] ?? ''), table).toBe(true);
  }
  const present = Object.entries(keys).filter(([, key]) => ownValue.includes(key));
  expect(present.map(([which]) => which)).toEqual(inTable);
  const removed = Object.fromEntries(Object.entries(keys).filter(([which]) => !inTable.includes(which)));
  expect(keysIn(ownValue, removed)).toEqual([]);

  const options = await scene.browser.openOptions();
  const region = options.getByRole('region', { name: 'Backup', exact: true });
  const [, file] = await saved(options, /\.ndjson\.gz$/, () =>
    region.getByRole('button', { name: 'Save a backup' }).click(),
  );
  const backup = backupText(file);
  expect([backup.includes('"bytes":"'), isMarked(backup)]).toEqual([true, true]);
  expectNoKey('a backup', backup);
  expectNoKey('the options page', await options.content());
  await options.close();

  const dashboard = await scene.browser.openExtensionPage(`dashboard.html?list=${id}`);
  await dashboard.getByLabel('Accounts', { exact: true }).waitFor();
  for (const [format, ending] of Object.entries(FORMATS)) {
    const receipt = dashboard.waitForEvent('download', (one) => one.suggestedFilename().includes('receipt'));
    const [name, bytes] = await saved(dashboard, new RegExp(`\\.${ending}$(?<!receipt\\.json)`), async () => {
      await dashboard.getByRole('button', { name: 'Export', exact: true }).click();
      await dashboard.getByRole('menuitem', { name: format, exact: true }).click();
    });
    const text = await exportText(name, bytes);
    expect(isMarked(text), name).toBe(true);
    expectNoKey(name, text);
    expectNoKey('a receipt', await readFile(await (await receipt).path(), 'utf8'));
  }
  expectNoKey('the dashboard', await dashboard.content());
  await dashboard.close();

  for (const handle of ['refused_rae', 'cursor_cam', 'unread_uma']) {
    expectNoKey(`the details of ${handle}`, await detailsOf(`@${handle}`));
  }

  await captured.expectCapture();
  expectNoKey('the consoles', captured.lines.join('\n'));
  // The browser writes its log a moment after the console's line has been captured.
  const log = await until("the line in the browser's log", async () => {
    const text = await readFile(join(folder, 'browser.log'), 'utf8');
    return text.includes('a line to capture') ? text : null;
  });
  expectNoKey("the browser's log", log);
}

/** Saves keys, and loses one of them while its response is on the way. */
async function collectWithRemovedKey(): Promise<void> {
  echo('accounts');
  await scene.saveKey('socialfetch', keys.removed);
  const onTheWay = holdPage(2);
  await start(`https://www.tiktok.com/@${TIKTOK}`);
  await onTheWay.arrived;
  await removeKey('SocialFetch');
  onTheWay.release();
  expect(await listOf(TIKTOK, (row) => stateOf(row) === 'blocked')).toMatchObject({
    state: { trouble: { kind: 'no-key' } },
    // What was paid for is kept.
    pages: 2,
  });
}

/** Collects with a key that is replaced while its first response is on the way. @returns the list's ID */
async function collectWithReplacedKey(afterwards: () => Promise<void>): Promise<string> {
  await scene.saveKey('x-v2', keys['other provider’s']);
  await scene.saveKey('sociavault', keys.replaced);
  const first = holdPage(1);
  const second = holdPage(2);
  await start(`@${X}`);
  await first.arrived;
  await scene.saveKey('sociavault', keys.current);
  first.release();
  await second.arrived;
  await afterwards();
  second.release();
  return String((await listOf(X, (row) => Number(row['pages']) >= 2))['id']);
}

/** Responses that say no, have no usable cursor, or can't be read. */
async function collectWhatFails(): Promise<void> {
  echo('refusal');
  await start('@refused_rae');
  const refused = await listOf('refused_rae', (row) => stateOf(row) === 'blocked');
  expect(refused).toMatchObject({ state: { trouble: { kind: 'bad-key' } } });
  // The control: the provider's sentence is there, and four keys were in it.
  expect(JSON.stringify(refused['state'])).toMatch(/Bad key •••(?: and •••){3}/);
  echo('cursor');
  await start('@cursor_cam');
  await listOf('cursor_cam', (row) => stateOf(row) === 'blocked');
  echo('data');
  await start('@unread_uma');
  expect(await listOf('unread_uma', (row) => stateOf(row) === 'blocked')).toMatchObject({
    state: { trouble: { kind: 'unreadable' } },
  });
}

describe('keys that are removed and replaced while responses are on the way', () => {
  useEcho();
  let id: string;

  it('are not needed for what was already paid for', async () => {
    await collectWithRemovedKey();
    id = await collectWithReplacedKey(() => Promise.resolve());
    expect(await listOf(X, hasEnded)).toMatchObject({ rows: FOLLOWERS });
  });

  it('are redacted in responses that fail', collectWhatFails);

  it('are left nowhere', () => expectNoKeyAnywhere(id, ['current', 'other provider’s']));
});

describe('keys behind a passphrase that are locked while responses are on the way', () => {
  useEcho();
  let id: string;

  it('block the run until they are unlocked', async () => {
    await atTheLock(
      { Passphrase: PASSPHRASE, 'Repeat passphrase': PASSPHRASE },
      'Lock keys',
      'Passphrase set',
    );
    await collectWithRemovedKey();
    id = await collectWithReplacedKey(() => atTheLock({}, 'Lock now', 'Locked'));
    expect(await listOf(X, (row) => stateOf(row) === 'blocked')).toMatchObject({
      state: { trouble: { kind: 'locked' } },
      pages: 2,
    });
    await atTheLock({ Passphrase: PASSPHRASE }, 'Unlock', 'Collections waiting for a key resume');
    expect(await listOf(X, hasEnded)).toMatchObject({ rows: FOLLOWERS });
  });

  it('are redacted in responses that fail', collectWhatFails);

  it('are left nowhere', async () => {
    await atTheLock({}, 'Lock now', 'Locked');
    await expectNoKeyAnywhere(id, []);
  });
});

describe('a key that was tested and never saved', () => {
  useEcho();

  it('is recognized too', async () => {
    const options = await scene.browser.openOptions();
    const region = options.getByRole('region', { name: 'SociaVault', exact: true });
    await showKeyForm(region);
    await region.getByLabel('API key').fill(keys.replaced);
    await region.getByRole('button', { name: 'Test key' }).click();
    await region.getByText('The key works').waitFor();
    await options.close();
    expect(await scene.table('keys')).toEqual([]);
    await scene.saveKey('sociavault', keys.current);
    echo('accounts');
    await start(`@${X}`);
    expect(await listOf(X, hasEnded)).toMatchObject({ rows: FOLLOWERS });
    const { tables } = await scene.watch.evaluate(readKept);
    const { 'followledger/keys': ownValue = '', ...others } = tables;
    expect(ownValue.includes(keys.replaced)).toBe(false);
    for (const [place, text] of Object.entries(others)) expectNoKey(place, text);
    expect(isMarked(others['followledger/pages'] ?? '')).toBe(true);
  });
});
