/** Outages partway through a run: the network, and the permission to reach the provider. */
import { until } from '../harness/until.ts';
import type { RequestRecord } from '../emulator/exchange.ts';
import { drive } from './drive-run.ts';
import { snapshotOf, stateOf, errorKindOf, type Row } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

const ACCOUNTS = 560;

interface Outage {
  readonly name: string;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** The state in which the run waits for it. */
  readonly state: 'waiting' | 'blocked';
  readonly trouble: string;
  /** Whether the outage may lose the request in progress. */
  readonly loses: boolean;
}

/** The browser's page where a user withdraws an extension's site access and grants it again. */
async function siteAccess({ browser }: Driven, granted: boolean): Promise<void> {
  const page = await browser.context.newPage();
  try {
    await page.goto('chrome://extensions');
    await page.evaluate(
      `new Promise((resolve) => chrome.developerPrivate.updateExtensionConfiguration(
        { extensionId: ${JSON.stringify(browser.extensionId)}, hostAccess: ${granted ? "'ON_ALL_SITES'" : "'ON_CLICK'"} },
        () => resolve(chrome.runtime.lastError?.message ?? null)))`,
    );
  } finally {
    await page.close();
  }
}

/** Causes each outage at the fourth page and ends it. The run must resume without a user action. */
export async function outages(
  environment: FaultEnvironment,
  driven: Driven,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  const { pageActions, browser } = driven;
  const cases: readonly Outage[] = [
    {
      name: 'offline for a while',
      begin: () => browser.context.setOffline(true),
      end: () => browser.context.setOffline(false),
      state: 'waiting',
      trouble: 'offline',
      loses: true,
    },
    {
      name: 'permission withdrawn partway',
      begin: () => siteAccess(driven, false),
      end: () => siteAccess(driven, true),
      state: 'blocked',
      trouble: 'no-permission',
      loses: true,
    },
  ];
  for (const [index, outage] of cases.entries()) {
    const provider = 'sociavault';
    const handle = `away_${String(index)}`;
    emulator.key({ provider, pageSize: 70 });
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    const from = emulator.log.length;
    const seen = new Set<number>();
    const fourth = (record: RequestRecord): boolean =>
      record.n > from && isListPage(record) && seen.add(record.n).size === 4;
    const hold = emulator.hold(fourth, 'decided');
    const id = await startRun(pageActions, { platform: 'x', handle, provider });
    await hold.arrived;
    await outage.begin();
    hold.release();
    let last: Row | undefined;
    await until(
      `the run to wait (${outage.name})`,
      async () => {
        last = await snapshotOf(pageActions, id);
        return stateOf(last).kind === outage.state && errorKindOf(last) === outage.trouble ? true : null;
      },
      { timeout: 60_000 },
      () => JSON.stringify(last?.['state']),
    );
    const requested = emulator.log.filter(isListPage).length;
    await outage.end();
    const back = performance.now();
    await drive(pageActions, id, {
      fix: async (_, error) => {
        // A first request that still finds no network is the second loss in a row: the user decides (decision 0057).
        if (outage.state === 'waiting' && error === 'lost-answers') return;
        throw new Error(`${outage.name}: it did not resume by itself, but stopped for ${error}`);
      },
      // The first request may still find no network: it is retried automatically.
      waitsFor: [outage.trouble, 'unreachable'],
    });
    const next = emulator.log.filter(isListPage)[requested];
    tally.faults += 1;
    tally.note(
      `${outage.name}: requested again ${String(Math.round((next?.arrived ?? NaN) - back))} ms after`,
    );
    const run = { id, provider, platform: 'x', handle, from } as const;
    const demands = { list: 'whole', ends: ['complete'], exact: !outage.loses } as const;
    const result = await checkResult(pageActions, emulator, run, demands);
    tally.inFlight += result.lostResponses;
    tally.add(result);
    report(outage.name);
  }
  return tally.section('temporary outages');
}
