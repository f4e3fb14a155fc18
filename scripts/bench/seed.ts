/**
 * Creates lists of any size for screenshots, tests, and measurements. They are written in seconds through the real store
 * into the real extension's database, without any request to a provider.
 *
 *     const copy = await benchExtension(await buildExtension('chrome'));   // or addBenchPage(folder of a copy)
 *     const browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null });
 *     const id = await seedList(browser, { rows: 84_210, pageSize: 70, handle: 'ada_research' });
 *     await browser.openExtensionPage(`dashboard.html?list=${id}`);
 *     …
 *     await browser.close();
 *     await copy.remove();
 *
 * If there already is a copy of a build, call `addBenchPage(copy.folder)` before the browser starts. 1,000,000 accounts
 * take 15 seconds in pages of 1,000, and a minute in pages of 70, SociaVault's page size. `state` is the list's state,
 * complete by default, or for example `{ kind: 'paused' }`. The collector resumes a list in an active state and blocks
 * it, because there is no key.
 */
import type { Account } from '../../lib/model/account.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Chromium } from '../../tests/harness/chromium.ts';
import { BENCH_PAGE } from './extension.ts';
import type { ListOptions } from './page/list.ts';
import type { ManyLists } from './page/many-lists.ts';

export type { ListOptions };

/** Writes a list. @returns its ID, for `dashboard.html?list=` */
export async function seedList(
  browser: Pick<Chromium, 'openExtensionPage'>,
  options: ListOptions,
): Promise<SnapshotId> {
  const page = await browser.openExtensionPage(BENCH_PAGE);
  try {
    return await page.evaluate((list) => globalThis.followledgerBench.seed(list), options);
  } finally {
    await page.close();
  }
}

/** Writes many small lists. @returns the ID of the oldest one, which is displayed last */
export async function seedManyLists(
  browser: Pick<Chromium, 'openExtensionPage'>,
  many: ManyLists,
): Promise<SnapshotId> {
  const page = await browser.openExtensionPage(BENCH_PAGE);
  try {
    return await page.evaluate((lists) => globalThis.followledgerBench.seedMany(lists), many);
  } finally {
    await page.close();
  }
}

/** The accounts that {@link seedList} writes for the same options. */
export async function seededAccounts(
  browser: Pick<Chromium, 'openExtensionPage'>,
  options: ListOptions,
  from: number,
  count: number,
): Promise<readonly Account[]> {
  const page = await browser.openExtensionPage(BENCH_PAGE);
  try {
    return await page.evaluate(
      ([list, first, length]) => globalThis.followledgerBench.accounts(list, first, length),
      [options, from, count] as const,
    );
  } finally {
    await page.close();
  }
}
