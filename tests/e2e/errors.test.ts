import type { Page } from 'playwright';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { clickPageButton, waitForPageButton } from '../harness/page-button.ts';
import { captureConsole, type CapturedConsole } from './captured-console.ts';
import { hasEnded, openScene, stateOf, type Row, type Scene } from './scene.ts';

/** Five pages of 70. The error occurs at the fourth. */
const PROFILE = 'steady_sue';
const FOLLOWERS = 350;
const KEPT = 210;
const SECOND_KEY = 'sk_live_second_key_of_the_same_user_01';

let scene: Scene;
let capturedConsole: CapturedConsole;
beforeEach(async () => {
  scene = await openScene({ timezoneId: 'UTC' });
  capturedConsole = captureConsole(scene);
  scene.emulator.population({ platform: 'x', handle: PROFILE, followers: FOLLOWERS, following: 0 });
  scene.emulator.key({ provider: 'x-v2', pageSize: 70 });
});
afterEach(() => scene.close());

function isListPage({ path }: RequestRecord): boolean {
  return path === '/v1/scrape/twitter/followers' || /^\/2\/users\/\d+\/followers$/.test(path);
}

/** Matches the fourth list page and its later attempts. */
function fromFourthPage(): (record: RequestRecord) => boolean {
  const before = new Set<number>();
  return (record) => {
    if (!isListPage(record)) return false;
    if (before.size < 3) before.add(record.n);
    return !before.has(record.n);
  };
}

/** Performs an action while the fourth list page is requested, before its response is decided. */
function beforeFourthPage(act: () => void): void {
  const hold = scene.emulator.hold(fromFourthPage(), 'arrival');
  void hold.arrived.then(() => {
    act();
    hold.release();
  });
}

/** The popup with the profile's card. */
async function openCard(handle: string): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').fill(`@${handle}`);
  return popup;
}

function card(popup: Page) {
  return popup.getByRole('region', { name: 'Profile' });
}

async function collectedIds(): Promise<string[]> {
  const pages = await scene.table('pages');
  return pages.flatMap(({ accounts }) => (accounts as { id: string[] }).id);
}

function trueIds(): string[] {
  return [...scene.emulator.ids('x', PROFILE, 'followers')];
}

/** A new background checks everything that is unfinished. It has done so when it responds to the popup. */
async function restartBackground(): Promise<void> {
  await scene.browser.killWorker();
  const popup = await scene.browser.openPopupPage();
  await popup.getByLabel('Handle or link').waitFor();
  await popup.close();
}

/** Texts that others may see on the screen or receive as a copy contain no key. */
async function expectNoKeyIn(...texts: string[]): Promise<void> {
  const keys = [scene.emulator.defaultKey('sociavault'), scene.emulator.defaultKey('x-v2'), SECOND_KEY];
  await capturedConsole.expectCapture();
  for (const text of [...texts, ...capturedConsole.lines]) {
    for (const key of keys) expect(text).not.toContain(key);
  }
}

async function copiedDetails(popup: Page): Promise<string> {
  await scene.browser.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await popup.bringToFront();
  await card(popup).getByRole('button', { name: 'Copy details' }).click();
  await card(popup).getByRole('button', { name: 'Copied' }).waitFor();
  return popup.evaluate(() => navigator.clipboard.readText());
}

async function expectWhole(): Promise<void> {
  const snapshot = await scene.snapshot(hasEnded);
  expect(snapshot).toMatchObject({
    rows: FOLLOWERS,
    expected: FOLLOWERS,
    duplicates: 0,
    state: { kind: 'ended', outcome: { kind: 'complete' } },
  });
  expect(await collectedIds()).toEqual(trueIds());
  const { amount } = scene.emulator.charges(String(snapshot['provider']));
  expect(Number(snapshot['charged'])).toBeLessThanOrEqual(amount);
  expect(amount).toBeLessThanOrEqual(Number(snapshot['charged']) + Number(snapshot['maybeCharged']));
}

describe('without a key', () => {
  it('the page button opens the settings, and no request is sent', async () => {
    const { browser, emulator } = scene;
    const settings = browser.context.waitForEvent('page', (page) => page.url().endsWith('/options.html'));
    await scene.collect(`https://x.com/${PROFILE}`);
    const page = await settings;
    await page.getByRole('region', { name: 'SociaVault', exact: true }).getByLabel('API key').waitFor();
    expect(emulator.log.filter(({ provider }) => provider !== null)).toEqual([]);
    expect(await scene.table('snapshots')).toEqual([]);
  });

  it('the popup says what to do, and its button opens the settings', async () => {
    const popup = await openCard(PROFILE);
    await card(popup)
      .getByText(/^To collect on X, add your .*SociaVault.* key\. It stays in this browser/)
      .waitFor();
    const settings = scene.browser.context.waitForEvent('page', (page) =>
      page.url().includes('/options.html'),
    );
    await card(popup).getByRole('button', { name: 'Add key' }).click();
    await (await settings).getByRole('region', { name: 'X API v2', exact: true }).waitFor();
    expect(scene.emulator.log.filter(({ provider }) => provider !== null)).toEqual([]);
  });
});

interface ErrorCase {
  readonly provider: ProviderName;
  /** Arranges for the error to occur. */
  readonly arrange: () => void;
  readonly state: 'blocked' | 'waiting';
  readonly kind: string;
  readonly popup: RegExp;
  readonly button: RegExp;
  /** Whether the popup offers to copy the details. */
  readonly copies: boolean;
  /** Fixes the error as a user would, and resumes the run. */
  readonly mend: (popup: Page) => Promise<void>;
}

async function press(popup: Page, name: string): Promise<void> {
  await card(popup).getByRole('button', { name, exact: true }).click();
}

const PARTWAY: Readonly<Record<string, ErrorCase>> = {
  'a rejected key': {
    provider: 'sociavault',
    arrange: () => {
      beforeFourthPage(() => {
        scene.emulator.revoke('sociavault');
      });
    },
    state: 'blocked',
    kind: 'bad-key',
    popup: /^SociaVault refused this key\. 210 accounts are saved\.$/,
    button: /^SociaVault refused this key\. 210 accounts are saved\./,
    copies: true,
    mend: async (popup) => {
      const { context } = scene.browser;
      const settings = context.waitForEvent('page', (page) =>
        page.url().endsWith('/options.html#sociavault'),
      );
      await press(popup, 'Replace key');
      await (await settings).close();
      scene.emulator.key({ provider: 'sociavault', key: SECOND_KEY });
      await scene.saveKey('sociavault', SECOND_KEY);
    },
  },
  'exhausted credits': {
    provider: 'sociavault',
    arrange: () => {
      beforeFourthPage(() => scene.emulator.key({ provider: 'sociavault', balance: 0 }));
    },
    state: 'blocked',
    kind: 'no-credit',
    popup: /^Your SociaVault account has no credits left\. 210 accounts are saved\.$/,
    button: /^Your SociaVault account has no credits left\. 210 accounts are saved\./,
    copies: true,
    mend: async (popup) => {
      await card(popup).getByRole('button', { name: 'Top up' }).waitFor();
      scene.emulator.key({ provider: 'sociavault', balance: 1000 });
      await press(popup, 'Check again');
    },
  },
  'a 429 with its reset time': {
    provider: 'x-v2',
    arrange: () => {
      const fault = { kind: 'status', status: 429, resetInSeconds: 1800 } as const;
      scene.emulator.fault({ when: fromFourthPage(), do: fault });
    },
    state: 'waiting',
    kind: 'too-fast',
    popup: /^X API v2 asked us to slow down\. Resumes at (?:\w+ \d+, )?\d{1,2}:\d{2}/,
    button:
      /^Waiting until (?:\w+ \d+, )?\d{1,2}:\d{2}.*X API v2 asked us to slow down\. 210 accounts are saved\./,
    copies: false,
    mend: (popup) => press(popup, 'Try now'),
  },
  'a 500 with a wait': {
    provider: 'sociavault',
    arrange: () => {
      const fault = { kind: 'status', status: 500, retryAfterSeconds: 1800 } as const;
      scene.emulator.fault({ when: fromFourthPage(), do: fault });
    },
    state: 'waiting',
    kind: 'provider-broken',
    popup: /^SociaVault is having problems \(error 500\)\. Resumes at (?:\w+ \d+, )?\d{1,2}:\d{2}/,
    button:
      /^Waiting until (?:\w+ \d+, )?\d{1,2}:\d{2}.*SociaVault is having problems \(error 500\)\. 210 accounts are saved\./,
    copies: false,
    mend: (popup) => press(popup, 'Try now'),
  },
  'a response that is not JSON': {
    provider: 'sociavault',
    arrange: () =>
      void scene.emulator.fault({ when: fromFourthPage(), do: { kind: 'not-json', charged: true } }),
    state: 'blocked',
    kind: 'unreadable',
    popup: /^SociaVault's response couldn't be read\. The response is saved\. 210 accounts are saved\.$/,
    button: /^SociaVault's response couldn't be read\. The response is saved\. 210 accounts are saved\./,
    copies: true,
    mend: async (popup) => {
      // Reading it again is free and can't help here: it isn't a response of the provider at all.
      const requested = scene.requests('sociavault').length;
      await press(popup, 'Read again');
      await card(popup)
        .getByText(
          /still can't read SociaVault's response\. The response is still saved, and nothing was spent\./,
        )
        .waitFor();
      expect(scene.requests('sociavault')).toHaveLength(requested);
      await press(popup, 'Request again · 1 credit');
    },
  },
};

describe('partway through a list', () => {
  it.each(Object.entries(PARTWAY))(
    '%s: is reported, keeps the collected rows, and the run resumes',
    async (_, runError) => {
      const { emulator } = scene;
      const { provider, kind } = runError;
      await scene.saveKey(provider);
      runError.arrange();
      const page = await scene.collect(`https://x.com/${PROFILE}`);
      const isThere = (row: Row): boolean => stateOf(row) === runError.state;
      const snapshot = await scene.snapshot(isThere);
      expect(snapshot).toMatchObject({ rows: KEPT, pages: 3, state: { trouble: { kind } } });
      if (runError.state === 'waiting') {
        const { until } = snapshot['state'] as { until: number };
        expect(Math.abs(until - Date.now() - 1800_000)).toBeLessThan(30_000);
      }
      const requested = scene.requests(provider).length;

      const popup = await openCard(PROFILE);
      // The first status describes the run; another one may follow with the result of a button.
      const status = card(popup).getByRole('status').first();
      await expect.poll(() => status.textContent(), { timeout: 10_000 }).toMatch(runError.popup);
      const bar = card(popup).getByRole('progressbar');
      expect(await bar.getAttribute('aria-valuetext')).toBe(`${String(KEPT)} of ${String(FOLLOWERS)}`);
      const button = await waitForPageButton(page, runError.button);
      const details = runError.copies ? await copiedDetails(popup) : '';
      if (runError.copies) {
        expect(JSON.parse(details)).toMatchObject({ rows: KEPT, state: { trouble: { kind } } });
      }

      // No further request is sent, not even by a restarted background, and nothing is lost by restarting it.
      await restartBackground();
      expect(await scene.snapshot(isThere)).toMatchObject({ rows: KEPT, pages: 3 });
      expect(scene.requests(provider)).toHaveLength(requested);
      expect(await collectedIds()).toEqual(trueIds().slice(0, KEPT));

      await popup.bringToFront();
      await runError.mend(popup);
      await expectWhole();
      await expect
        .poll(() => card(popup).getByText('Complete').count(), { timeout: 10_000 })
        .toBeGreaterThan(0);
      await waitForPageButton(page, 'Complete: 350 accounts');
      await expectNoKeyIn(button.name, details, (await card(popup).textContent()) ?? '');
      expect(
        emulator.log.filter((record) => isListPage(record) && record.status === 200 && record.rows > 0),
      ).toHaveLength(5);
    },
  );

  it('a 500 without a wait is retried automatically', async () => {
    await scene.saveKey('sociavault');
    const rule = scene.emulator.fault({ when: fromFourthPage(), do: { kind: 'status', status: 500 } });
    await scene.collect(`https://x.com/${PROFILE}`);
    await expectWhole();
    expect(rule.used).toBe(1);
    expect(scene.requests('sociavault').filter(isListPage)).toHaveLength(6);
  });

  it('a response that is not JSON is saved as received', async () => {
    await scene.saveKey('sociavault');
    scene.emulator.fault({ when: fromFourthPage(), do: { kind: 'not-json', charged: true } });
    await scene.collect(`https://x.com/${PROFILE}`);
    const snapshot = await scene.snapshot((row) => stateOf(row) === 'blocked');
    // The response was charged, but doesn't state it.
    const { amount } = scene.emulator.charges('sociavault');
    expect(snapshot).toMatchObject({ charged: amount - 1, maybeCharged: 1 });
    const [raw, ...others] = await rawResponses();
    expect(raw).toContain('Please sign in to the network');
    expect(others).toEqual([]);
  });
});

/** The responses that were paid for and could not be parsed. */
function rawResponses(): Promise<string[]> {
  return scene.watch.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('followledger');
        opening.onerror = () => {
          reject(opening.error ?? new Error('The database did not open.'));
        };
        opening.onsuccess = () => {
          const reading = opening.result.transaction('raw').objectStore('raw').getAll();
          reading.onerror = () => {
            reject(reading.error ?? new Error('The table was not read.'));
          };
          reading.onsuccess = () => {
            const rows = reading.result as { bytes: Uint8Array<ArrayBuffer> }[];
            resolve(rows.map(({ bytes }) => new TextDecoder().decode(bytes)));
            opening.result.close();
          };
        };
      }),
  );
}

interface Final {
  readonly provider: ProviderName;
  readonly handle: string;
  /** Whether its page has a button: X's page for a handle without an account shows no profile. */
  readonly button: boolean;
  readonly kind: string;
  readonly sentence: string;
}

const FINAL: readonly Final[] = [
  {
    provider: 'sociavault',
    handle: 'nobody_here',
    button: false,
    kind: 'no-such-profile',
    sentence: 'X has no profile @nobody_here. Nothing was collected.',
  },
  {
    provider: 'x-v2',
    handle: 'nobody_here',
    button: false,
    kind: 'no-such-profile',
    sentence: 'X has no profile @nobody_here. Nothing was collected.',
  },
  {
    provider: 'sociavault',
    handle: 'locked_lena',
    button: true,
    kind: 'private-profile',
    sentence: "@locked_lena is private, so X doesn't show its follower list. Nothing was collected.",
  },
  {
    provider: 'x-v2',
    handle: 'locked_lena',
    button: true,
    kind: 'private-profile',
    sentence: "@locked_lena is private, so X doesn't show its follower list. Nothing was collected.",
  },
];

describe('at the first request', () => {
  it.each(FINAL)('$handle through $provider: ends with $kind and sends no further request', async (final) => {
    const { provider, handle, button, kind, sentence } = final;
    await scene.saveKey(provider);
    const page = await scene.visit(`https://x.com/${handle}`);
    if (button) await clickPageButton(page);
    else await (await openCard(handle)).getByRole('button', { name: 'Get followers' }).click();
    const outcome = { kind: 'failed', trouble: { kind } };
    expect(await scene.snapshot(hasEnded)).toMatchObject({ rows: 0, state: { kind: 'ended', outcome } });
    const name = button ? (await waitForPageButton(page, sentence)).name : '';
    const requested = scene.requests(provider).length;

    const popup = await openCard(handle);
    await card(popup).getByText(sentence).first().waitFor();
    const details = await copiedDetails(popup);
    expect(JSON.parse(details)).toMatchObject({ rows: 0, state: { outcome: { trouble: { kind } } } });
    await restartBackground();
    expect(scene.requests(provider)).toHaveLength(requested);
    expect(scene.requests(provider).filter((record) => isListPage(record) && record.rows > 0)).toEqual([]);
    await expectNoKeyIn(name, details, (await card(popup).textContent()) ?? '');
  });
});
