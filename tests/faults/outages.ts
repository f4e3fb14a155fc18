/** What goes away half-way and comes back: the network, and the leave to reach the provider. */
import { until } from '../harness/until.ts';
import type { RequestRecord } from '../emulator/exchange.ts';
import { drive } from './drive-run.ts';
import { snapshotOf, stateOf, troubleOf, type Row } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type Stand } from './environment.ts';
import { judge } from './check-result.ts';

const ACCOUNTS = 560;

interface Coming {
  readonly name: string;
  readonly goes: () => Promise<void>;
  readonly comes: () => Promise<void>;
  /** The state in which the run waits for it. */
  readonly state: 'waiting' | 'blocked';
  readonly trouble: string;
  /** Whether the request that was under way may be lost with it. */
  readonly loses: boolean;
}

/** The page of the browser where a user takes a site away from an extension, and gives it back. */
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

/** Takes each away at the fourth page, and gives it back; nobody presses anything. */
export async function comings(stand: Stand, driven: Driven, tell: (line: string) => void): Promise<Section> {
  const tally = new Tally();
  const { emulator } = stand;
  const { hands, browser } = driven;
  const things: readonly Coming[] = [
    {
      name: 'offline for a while',
      goes: () => browser.context.setOffline(true),
      comes: () => browser.context.setOffline(false),
      state: 'waiting',
      trouble: 'offline',
      loses: true,
    },
    {
      name: 'permission withdrawn half-way',
      goes: () => siteAccess(driven, false),
      comes: () => siteAccess(driven, true),
      state: 'blocked',
      trouble: 'no-permission',
      loses: true,
    },
  ];
  for (const [index, thing] of things.entries()) {
    const provider = 'sociavault';
    const handle = `away_${String(index)}`;
    emulator.key({ provider, pageSize: 70 });
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    const from = emulator.log.length;
    const seen = new Set<number>();
    const fourth = (record: RequestRecord): boolean =>
      record.n > from && isListPage(record) && seen.add(record.n).size === 4;
    const hold = emulator.hold(fourth, 'decided');
    const id = await startRun(hands, { platform: 'x', handle, provider });
    await hold.arrived;
    await thing.goes();
    hold.release();
    let last: Row | undefined;
    await until(
      `the run to wait (${thing.name})`,
      async () => {
        last = await snapshotOf(hands, id);
        return stateOf(last).kind === thing.state && troubleOf(last) === thing.trouble ? true : null;
      },
      { timeout: 60_000 },
      () => JSON.stringify(last?.['state']),
    );
    const asked = emulator.log.filter(isListPage).length;
    await thing.comes();
    const back = performance.now();
    await drive(hands, id, {
      mend: () => Promise.reject(new Error(`${thing.name}: it did not go on by itself`)),
      // The first request may still find no network: it is tried again by itself.
      waitsFor: [thing.trouble, 'unreachable'],
    });
    const next = emulator.log.filter(isListPage)[asked];
    tally.faults += 1;
    tally.note(`${thing.name}: asked again ${String(Math.round((next?.came ?? NaN) - back))} ms after`);
    const run = { id, provider, platform: 'x', handle, from } as const;
    const demands = { list: 'whole', ends: ['complete'], exact: !thing.loses } as const;
    const verdict = await judge(hands, emulator, run, demands);
    tally.inFlight += verdict.lostAnswers;
    tally.add(verdict);
    tell(thing.name);
  }
  return tally.section('away for a while');
}
