/** What the tests of a hostile provider share. */
import type { Page } from 'playwright';
import type { RequestRecord } from '../emulator/exchange.ts';
import { until } from '../harness/until.ts';
import type { Row, Scene } from './scene.ts';

export const LIST_PAGE = '/v1/scrape/twitter/followers';
export const TRACKER = 'tracker.example';

/** The only snapshot of a profile. */
export function snapshotOf(scene: Scene, handle: string, wanted: (row: Row) => boolean): Promise<Row> {
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
export async function start(scene: Scene, handle: string, link = `@${handle}`): Promise<Page> {
  const popup = await scene.browser.openPopupPage();
  const field = popup.getByLabel('Handle or link');
  const back = popup.getByRole('button', { name: 'All lists' });
  await back.or(field).first().waitFor();
  if (await back.isVisible()) await back.click();
  await field.fill(link);
  await popup.getByRole('button', { name: 'Get followers' }).click();
  return popup;
}

export function requestsTo(scene: Scene, host: string): RequestRecord[] {
  return scene.emulator.log.filter((record) => record.host === host);
}
