/** A hostile provider: nothing that it sends runs, is followed, is loaded, or reveals a key. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright';
import { DuckDBInstance } from '@duckdb/node-api';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { guarded, hasEnded, openScene, readCsv, stateOf, type Row, type Scene } from './scene.ts';

const LIST_PAGE = '/v1/scrape/twitter/followers';
const TRACKER = 'tracker.example';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  for (const provider of ['sociavault', 'socialfetch', 'x-v2'] as const) await scene.saveKey(provider);
});
afterAll(() => scene.close());

/** The only snapshot of a profile. */
function snapshotOf(handle: string, wanted: (row: Row) => boolean): Promise<Row> {
  let last: Row | undefined;
  return until(
    `the list of ${handle}`,
    async () => {
      last = (await scene.table('snapshots')).find((row) => row['handle'] === handle);
      return last !== undefined && wanted(last) ? last : null;
    },
    { timeout: 60_000 },
    () => JSON.stringify(last),
  );
}

/** Starts a list from the popup. */
async function start(handle: string, link = `@${handle}`): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  const field = popup.getByLabel('Handle or link');
  const back = popup.getByRole('button', { name: 'All lists' });
  await back.or(field).first().waitFor();
  if (await back.isVisible()) await back.click();
  await field.fill(link);
  await popup.getByRole('button', { name: 'Get followers' }).click();
  return popup;
}

function requestsTo(host: string): RequestRecord[] {
  return scene.emulator.log.filter((record) => record.host === host);
}

const RUN = 'globalThis.planted = true';

/** Text that would be an element, run, and send a request if anything treated it as markup. */
function planted(name: string): string {
  return `<b data-planted>${name}</b><img src="https://${TRACKER}/${name}" onerror="${RUN}"><script>${RUN}</script>`;
}

const GOOD_LINK = 'https://good.example/about';
const LINKS = [
  GOOD_LINK,
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  ` javascript:${RUN}`,
  `java\nscript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `vbscript:${RUN}`,
  `//${TRACKER}/`,
  'http://plain.example/',
  'blob:https://x.com/1',
  `https:\\\\javascript:${RUN}`,
] as const;

const GOOD_PICTURE = 'https://pbs.twimg.com/profile_images/1/good_normal.jpg';
const PICTURES = [
  GOOD_PICTURE,
  `https://${TRACKER}/a.png`,
  `https://pbs.twimg.com.${TRACKER}/b.png`,
  `https://pbs.twimg.com@${TRACKER}/c.png`,
  `http://${TRACKER}/d.png`,
  `//${TRACKER}/e.png`,
  `https://${TRACKER}\\@pbs.twimg.com/f.png`,
  `https://tiktokcdn.com.${TRACKER}/g.png`,
  `https://pbs.twimg.com:8443/h.png`,
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.planted=true"/>',
  `javascript:${RUN}`,
] as const;
const ROWS = LINKS.length;

/** Fields that identify a response: without them it would be another response, not a hostile one. */
const KEPT = new Set(
  (
    'rest_id id id_str uid platformUserId secUid __typename created_at createdAt create_time accountCreatedAt entryId ' +
    'entryType itemType type sortIndex direction cursorType value bottom top nextCursor lookupStatus endpoint'
  ).split(' '),
);
const LINK_FIELDS = new Set(['url', 'expanded_url', 'display_url']);
const PICTURE_FIELDS = new Set(['image_url', 'profile_image_url_https', 'profile_image_url', 'avatarUrl']);

/** The same response with markup in every text, and a link or picture from the lists above in every place for one. */
function poisoned(body: unknown): unknown {
  let row = -1;
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      if (KEPT.has(name)) return value;
      if (LINK_FIELDS.has(name)) return LINKS[row % ROWS] ?? '';
      if (PICTURE_FIELDS.has(name)) return PICTURES[row % ROWS] ?? '';
      return planted(name);
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, name));
    if (value === null || typeof value !== 'object') return value;
    if ('rest_id' in value || 'platformUserId' in value || 'username' in value) row += 1;
    // Places that the normal response leaves out if an account has no value.
    const places = { location: { location: '' }, website: { url: '' } };
    const filled = 'rest_id' in value ? { ...places, ...value, verification: { verified_type: '' } } : value;
    return Object.fromEntries(Object.entries(filled).map(([key, inner]) => [key, walk(inner, key)]));
  };
  return walk(body, '');
}

/** The effects of the planted text in a page: elements, code that ran, invalid links. */
function plantedEffects(page: Page) {
  return page.evaluate(() => ({
    elements: document.querySelectorAll('[data-planted], [onerror], [onload]').length,
    ran: 'planted' in globalThis,
    links: Array.from(document.querySelectorAll('a'), (link) => link.href).filter(
      (href) => !href.startsWith('https://'),
    ),
    pictures: Array.from(document.images, (image) => image.src).filter(
      (source) => !source.startsWith('https://pbs.twimg.com/'),
    ),
  }));
}
const NOTHING = { elements: 0, ran: false, links: [], pictures: [] };

/** Exports the list on the page. @returns the path of the file */
async function exported(page: Page, format: string): Promise<string> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download', (file) => !file.suggestedFilename().includes('receipt')),
    page.getByRole('menuitem', { name: format, exact: true }).click(),
  ]);
  return download.path();
}

async function websitesInParquet(path: string): Promise<unknown[]> {
  const duck = await (await DuckDBInstance.create()).connect();
  try {
    const read = await duck.runAndReadAll(`SELECT website FROM read_parquet('${path}') ORDER BY position`);
    return read.getColumnsJS()[0] ?? [];
  } finally {
    duck.closeSync();
  }
}

/** Errors of extension pages: planted text that throws is an effect too. */
function captureErrors(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error())));
  context.on('dialog', (dialog) => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return errors;
}

describe('markup, links, and pictures', () => {
  const HANDLE = 'planted_list';
  let errors: string[];
  let dashboard: Page;
  beforeAll(async () => {
    const { emulator, browser } = scene;
    errors = captureErrors(browser.context);
    emulator.population({ platform: 'x', handle: HANDLE, followers: ROWS, following: 0 });
    // Of the shapes in which X has been seen, the one with a separate place for every field.
    emulator.key({ provider: 'sociavault', style: { userShape: 'C' } });
    emulator.fault({
      when: ({ path }) => path === LIST_PAGE || path === '/v1/scrape/twitter/profile',
      times: 2,
      do: { kind: 'edit', edit: poisoned },
    });
    const options = await browser.openOptions();
    // It takes effect once it is saved.
    await options.getByLabel('Show profile pictures').click();
    await options.getByRole('checkbox', { name: 'Show profile pictures', checked: true }).waitFor();
    await options.close();
    const popup = await start(HANDLE);
    await snapshotOf(HANDLE, hasEnded);
    await popup.close();
    dashboard = await browser.openExtensionPage('dashboard.html');
    await dashboard
      .getByRole('button', { name: /\bfrom / })
      .first()
      .click();
    await dashboard.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(ROWS).waitFor();
  });

  it('are displayed as text in the popup, the table, and the details, and every link leads to https', async () => {
    const popup = await scene.browser.openPopupPage();
    await popup
      .getByRole('button', { name: /\bfrom / })
      .first()
      .click();
    const list = popup.getByRole('list', { name: 'Accounts' });
    await list.getByText(planted('name')).first().waitFor();
    expect(await list.textContent()).toContain(`@${planted('screen_name')}`);
    expect(await plantedEffects(popup)).toEqual(NOTHING);
    await popup.close();

    const grid = dashboard.getByRole('grid', { name: 'Accounts' });
    const shown = (await grid.textContent()) ?? '';
    for (const field of ['name', 'screen_name', 'description', 'location']) {
      expect(shown).toContain(planted(field));
    }
    expect(await plantedEffects(dashboard)).toEqual(NOTHING);

    const details = dashboard.getByRole('complementary', { name: 'Account' });
    const websites: string[] = [];
    for (const [index, link] of LINKS.entries()) {
      await grid
        .locator(`[aria-rowindex="${String(index + 2)}"]`)
        .getByRole('gridcell')
        .nth(2)
        .click();
      await details
        .getByText((index + 1).toString(), { exact: true })
        .first()
        .waitFor();
      const written = details.locator('dd', { has: dashboard.locator('bdi') }).allTextContents();
      expect((await written).join('\n')).toContain(link);
      for (const field of ['description', 'location', 'verified_type']) {
        expect((await details.textContent())?.toLowerCase()).toContain(planted(field).toLowerCase());
      }
      expect(await plantedEffects(dashboard)).toEqual(NOTHING);
      const hrefs = await details.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      // The handle's own link leads to a profile on X, however it is spelled.
      expect(hrefs.shift()).toBe(`https://x.com/${encodeURIComponent(planted('screen_name'))}`);
      websites.push(...hrefs.map(String));
    }
    expect(websites).toEqual([GOOD_LINK]);
    expect(errors).toEqual([]);
  });

  it('load pictures only from the platforms, enforced by the code and by the policy', async () => {
    // Control: the one valid picture is loaded, and requests elsewhere would have been recorded.
    await scene.emulator.waitFor(({ host }) => host === 'pbs.twimg.com');
    expect(requestsTo('pbs.twimg.com').map(({ path }) => path)).toContain(
      '/profile_images/1/good_normal.jpg',
    );
    const known = scene.emulator.log.length;
    const elsewhere = await scene.visit(`https://${TRACKER}/control`);
    await elsewhere.close();
    expect(scene.emulator.log.slice(known).some(({ path }) => path === '/control')).toBe(true);

    const hosts = new Set(scene.emulator.log.map(({ host }) => host));
    const loud = [...hosts].filter((host) => host.includes(TRACKER));
    expect(loud).toEqual([TRACKER]);
    expect(requestsTo(TRACKER).filter(({ path }) => path !== '/control' && path !== '/favicon.ico')).toEqual(
      [],
    );
    expect(requestsTo('pbs.twimg.com').filter(({ path }) => path.endsWith('/h.png'))).toEqual([]);

    // If the code were wrong, the browser would still refuse.
    const refused = await dashboard.evaluate(
      (host) =>
        new Promise<string>((resolve) => {
          document.addEventListener(
            'securitypolicyviolation',
            (event) => {
              resolve(`${event.effectiveDirective} ${event.blockedURI}`);
            },
            { once: true },
          );
          new Image().src = `https://${host}/policy.png`;
        }),
      TRACKER,
    );
    expect(refused).toBe(`img-src https://${TRACKER}/policy.png`);
    expect(requestsTo(TRACKER).filter(({ path }) => path === '/policy.png')).toEqual([]);
  });

  it('are text in every file, and never a formula', async () => {
    const read = async (format: string): Promise<string> =>
      readFile(await exported(dashboard, format), 'utf8');
    const csv = readCsv(await read('CSV'));
    const json = JSON.parse(await read('JSON')) as Row[];
    const lines = (await read('NDJSON')).trimEnd().split('\n');
    for (const rows of [json, lines.map((line) => JSON.parse(line) as Row)]) {
      expect(rows.map(({ website }) => website)).toEqual(LINKS);
      expect(new Set(rows.map(({ bio }) => bio))).toEqual(new Set([planted('description')]));
    }
    expect(csv.map(({ website }) => website)).toEqual(LINKS.map(guarded));
    expect(csv.every(({ name }) => name === planted('name'))).toBe(true);

    const [header, ...cells] = await readSheet(await exported(dashboard, 'Excel'), 'accounts', {
      trim: false,
    });
    const website = header?.indexOf('website') ?? -1;
    expect(cells.map((row) => row[website])).toEqual(LINKS);
    expect(await websitesInParquet(await exported(dashboard, 'Parquet'))).toEqual(LINKS);
  });

  it("are displayed as text where the provider's own message is shown", async () => {
    const handle = 'planted_words';
    scene.emulator.population({ platform: 'x', handle, followers: 10, following: 0 });
    scene.emulator.fault({
      when: ({ path, provider }) => provider === 'sociavault' && path === LIST_PAGE,
      do: { kind: 'status', status: 403, message: planted('said') },
    });
    const popup = await start(handle);
    const card = popup.getByRole('region', { name: 'Profile' });
    await card.getByText('<b data-planted>said</b>').waitFor();
    expect(await plantedEffects(popup)).toEqual(NOTHING);
    const page = await scene.visit(`https://x.com/${handle}`);
    await waitForPageButton(page, /^This SociaVault key isn't allowed to read/);
    expect(await page.locator('[data-planted]').count()).toBe(0);
    await page.close();
    await popup.close();
    expect(errors).toEqual([]);
  });
});

/** Names of the cookies that the browser stores for a host. */
async function cookiesOf(url: string): Promise<string[]> {
  return (await scene.browser.context.cookies(url)).map(({ name }) => name);
}

it('a provider’s cookie is not stored, and an existing one is not sent', async () => {
  const { emulator, browser } = scene;
  const url = 'https://api.sociavault.com/';
  const handle = 'cookie_list';
  emulator.population({ platform: 'x', handle, followers: 210, following: 0 });
  // As for a user who is signed in with the provider.
  const mine = {
    name: 'signed_in',
    value: 'yes',
    domain: '.sociavault.com',
    path: '/',
    secure: true,
  } as const;
  await browser.context.addCookies([{ ...mine, sameSite: 'None' }]);
  const setCookie = ['who=you; Path=/; Secure; SameSite=None', 'here=1; Domain=sociavault.com; Path=/'];
  emulator.fault({
    when: ({ provider }) => provider === 'sociavault',
    times: Infinity,
    do: { kind: 'headers', headers: { 'set-cookie': setCookie } },
  });
  const before = emulator.log.length;
  const popup = await start(handle);
  expect(await snapshotOf(handle, hasEnded)).toMatchObject({ rows: 210 });
  await popup.close();
  const requested = emulator.log.slice(before).filter(({ provider }) => provider === 'sociavault');
  expect(requested.length).toBeGreaterThanOrEqual(4);
  expect(requested.flatMap(({ cookies }) => cookies)).toEqual([]);
  expect(requested.some(({ headers }) => 'referer' in headers)).toBe(false);
  expect(await cookiesOf(url)).toEqual(['signed_in']);

  // Control: a tab at that host sends the existing one, and would store the others.
  const tab = await scene.visit(`${url}v1/scrape/twitter/profile`);
  await tab.close();
  expect(emulator.log.findLast(({ path }) => path === '/v1/scrape/twitter/profile')?.cookies).toEqual([
    'signed_in',
  ]);
  emulator.clearRules();
});

describe('a redirect', () => {
  const TARGETS = [
    ['another host', 301, `https://${TRACKER}/caught`],
    ['another host', 302, `https://${TRACKER}/caught`],
    ['another host, the same request', 307, `https://${TRACKER}/caught`],
    ['another host, for good', 308, `https://${TRACKER}/caught`],
    ['plain HTTP', 307, 'http://api.sociavault.com/caught'],
    ['another path of its own', 307, '/caught'],
    ['this computer', 307, 'http://127.0.0.1:1/caught'],
  ] as const;

  it.each(TARGETS)('to %s (%i) is not followed, for any request with a key', async (_, status, to) => {
    const { emulator, browser } = scene;
    const handle = 'led_astray';
    emulator.population({ platform: 'x', handle, followers: 70, following: 0 });
    const rule = emulator.fault({
      when: ({ provider }) => provider === 'sociavault',
      times: Infinity,
      do: { kind: 'redirect', to, status },
    });
    const before = emulator.log.length;
    const options = await browser.openOptions();
    const region = options.getByRole('region', { name: 'SociaVault', exact: true });
    await region.getByRole('button', { name: 'Test key' }).click();
    await region.getByText('redirected to another address. Your key was not sent there.').waitFor();
    await options.close();
    expect(rule.used).toBe(1);
    expect(emulator.log.slice(before).map(({ path }) => path)).not.toContain('/caught');
    emulator.clearRules();
  });

  it('of a lookup blocks the run with a message, and costs nothing', async () => {
    const { emulator } = scene;
    const handle = 'led_astray';
    emulator.fault({
      when: ({ provider }) => provider === 'sociavault',
      times: Infinity,
      do: { kind: 'redirect', to: `https://${TRACKER}/caught` },
    });
    const popup = await start(handle);
    expect(await snapshotOf(handle, (row) => stateOf(row) === 'blocked')).toMatchObject({
      charged: 0,
      // The redirecting server may have passed the request on before.
      maybeCharged: 1,
      state: { trouble: { kind: 'redirect-refused' } },
    });
    await popup.getByText('Your key was not sent there.').first().waitFor();
    await popup.close();
    expect(requestsTo(TRACKER).filter(({ path }) => path === '/caught')).toEqual([]);
    emulator.clearRules();
  });
});

describe('a cursor with line breaks', () => {
  const TAIL =
    '|1\r\nX-Planted: yes\r\nHost: tracker.example\r\n\r\nGET /planted HTTP/1.1\r\n&user_id=1#?/../%0d%0a';
  const CASES: readonly (readonly [ProviderName, string, string, (body: unknown) => unknown])[] = [
    [
      'sociavault',
      'cursor',
      `1${TAIL}`,
      (body) => {
        const response = body as { data: { cursor: object } };
        return {
          ...response,
          data: { ...response.data, cursor: { ...response.data.cursor, bottom: `1${TAIL}` } },
        };
      },
    ],
    ['x-v2', 'pagination_token', TAIL, (body) => ({ ...(body as object), meta: { next_token: TAIL } })],
  ];

  it.each(CASES)(
    'is sent to %s unchanged, encoded, and without an additional header',
    async (provider, name, cursor, edit) => {
      const { emulator, browser } = scene;
      const handle = `lines_${provider.slice(0, 4).replace('-', '_')}`;
      emulator.population({ platform: 'x', handle, followers: 210, following: 0 });
      emulator.key({ provider: 'x-v2', pageSize: 70 });
      if (provider === 'x-v2') {
        const options = await browser.openOptions();
        const region = options.getByRole('region', { name: 'SociaVault', exact: true });
        await region.getByRole('button', { name: 'Remove key' }).click();
        await region.getByText('Key removed.').waitFor();
        await options.close();
      }
      const isPage = ({ path }: RequestRecord): boolean => path === LIST_PAGE || path.endsWith('/followers');
      const before = emulator.log.length;
      emulator.fault({ when: isPage, do: { kind: 'edit', edit } });
      const popup = await start(handle);
      const second = await emulator.waitFor(
        (record) => record.n > before && isPage(record) && record.query[name] !== undefined,
      );
      await popup.close();
      expect(second).toMatchObject({ provider, method: 'GET' });
      expect(second.query[name]).toBe(cursor);
      const [first] = emulator.log.slice(before).filter(isPage);
      expect(second.path).toBe(first?.path);
      expect(Object.keys(second.headers).sort()).toEqual(Object.keys(first?.headers ?? {}).sort());
      expect(Object.keys(second.headers)).not.toContain('x-planted');
      expect(second.query['user_id']).toBe(first?.query['user_id']);
      expect(second.host).toBe(first?.host);
      expect(emulator.log.slice(before).filter(({ path }) => path.includes('planted'))).toEqual([]);
      emulator.clearRules();
    },
  );
});

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
    const popup = await start(handle);
    expect(await snapshotOf(handle, (row) => stateOf(row) === 'blocked')).toMatchObject({
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
    expect(await snapshotOf(handle, hasEnded)).toMatchObject({
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
    const popup = await start(handle);
    const blocked = await snapshotOf(handle, (row) => stateOf(row) === 'blocked');
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
    await snapshotOf(handle, (row) => stateOf(row) === 'confirming');
    expect(emulator.log).toHaveLength(requested);
    await popup.close();
  });
});
