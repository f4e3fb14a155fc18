/**
 * Lists of any size for screenshots, tests and measurements, written in seconds through the real store into the real
 * extension's database. Nobody is asked, nothing is paid.
 *
 *     const copy = await benchExtension(await buildExtension('chrome'));   // or addBenchPage(folder of a copy)
 *     const browser = await launchChromium({ extensionDir: copy.folder, tlsPort: null });
 *     const id = await seedList(browser, { rows: 84_210, pageSize: 70, handle: 'ada_research' });
 *     await browser.openExtensionPage(`dashboard.html?list=${id}`);
 *     …
 *     await browser.close();
 *     await copy.remove();
 *
 * Where there is a copy of a build already (a stage, a test's own), `addBenchPage(copy.folder)` before the browser
 * starts is all that is needed. 1,000,000 accounts in pages of 1,000 take a quarter of a minute; pages of 70, as
 * SociaVault gives them, a minute. `state` says how the list stands: complete if it is not said, else for example
 * `{ kind: 'paused' }`. One that is not at rest is taken on by the collector, and blocked for want of a key.
 */
import type { Account } from '../../lib/model/account.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Chromium } from '../../tests/harness/chromium.ts';
import { BENCH_PAGE } from './extension.ts';
import type { ListOptions } from './page/list.ts';
import type { ManyLists } from './page/many-lists.ts';

export type { ListOptions };

/** Writes a list. @returns its id, for `dashboard.html?list=` */
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

/** Writes many small lists. @returns the oldest one's id: it stands at the end of them all */
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

/** The accounts that {@link seedList} writes for the same options: what is true of them. */
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
