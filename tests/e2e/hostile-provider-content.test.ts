/** A hostile provider sends markup, links, and pictures: none runs, and none is loaded from elsewhere. */
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright';
import { DuckDBInstance } from '@duckdb/node-api';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForPageButton } from '../harness/page-button.ts';
import { LIST_PAGE, TRACKER, requestsTo, snapshotOf, start } from './hostile-provider.ts';
import { guarded, hasEnded, openScene, readCsv, type Row, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  for (const provider of ['sociavault', 'socialfetch', 'x-v2'] as const) await scene.saveKey(provider);
});
afterAll(() => scene.close());

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
    const popup = await start(scene, HANDLE);
    await snapshotOf(scene, HANDLE, hasEnded);
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
    expect(requestsTo(scene, 'pbs.twimg.com').map(({ path }) => path)).toContain(
      '/profile_images/1/good_normal.jpg',
    );
    const known = scene.emulator.log.length;
    const elsewhere = await scene.visit(`https://${TRACKER}/control`);
    await elsewhere.close();
    expect(scene.emulator.log.slice(known).some(({ path }) => path === '/control')).toBe(true);

    const hosts = new Set(scene.emulator.log.map(({ host }) => host));
    const loud = [...hosts].filter((host) => host.includes(TRACKER));
    expect(loud).toEqual([TRACKER]);
    expect(
      requestsTo(scene, TRACKER).filter(({ path }) => path !== '/control' && path !== '/favicon.ico'),
    ).toEqual([]);
    expect(requestsTo(scene, 'pbs.twimg.com').filter(({ path }) => path.endsWith('/h.png'))).toEqual([]);

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
    expect(requestsTo(scene, TRACKER).filter(({ path }) => path === '/policy.png')).toEqual([]);
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
    const popup = await start(scene, handle);
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
