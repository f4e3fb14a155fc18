/**
 * Starts from the page buttons of several tabs at the same moment. Together they spend no more than is allowed
 * without approval; the other runs wait for approval.
 */
import type { Page } from 'playwright';
import { openMessageSender } from '../harness/content-world.ts';
import { waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { allSnapshots, setPreferences, stateOf, type Row } from './page-actions.ts';
import { Tally, type Section } from './section.ts';
import type { Driven, FaultEnvironment } from './environment.ts';
import type { RunResult } from './check-result.ts';

const TABS = 6;
/** 10 pages and a lookup each. */
const ACCOUNTS = 700;
const PRICE = 11;

function isActive(row: Row): boolean {
  return ['queued', 'resolving', 'running', 'waiting'].includes(stateOf(row).kind);
}

/** The result of a complete list. */
function completeResult(rows: number, charged: number): RunResult {
  const nothing = {
    duplicated: 0,
    outOfOrder: 0,
    invented: 0,
    recharged: 0,
    maybe: 0,
    lostResponses: 0,
    passed: 0,
  };
  return { ...nothing, rows, lost: ACCOUNTS - rows, counted: charged, charged, breaches: [] };
}

/** Runs `rounds` rounds, each with a different approval threshold. */
export async function starts(
  environment: FaultEnvironment,
  { browser, pageActions }: Driven,
  rounds: number,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  emulator.key({ provider: 'sociavault', pageSize: 70 });
  const provider = 'sociavault';
  for (let round = 0; round < rounds; round += 1) {
    const affordable = 1 + (round % 3);
    const handles = Array.from({ length: TABS }, (_, tab) => `starts_${String(round)}_${String(tab)}`);
    const earlier = new Set((await allSnapshots(pageActions)).map(({ id }) => id));
    const spent = (await allSnapshots(pageActions))
      .filter((row) => row['startedFrom'] === 'page' && row['confirmed'] === false)
      .reduce((sum, row) => sum + Number(row['charged']) + Number(row['maybeCharged']), 0);
    const most = spent + affordable * PRICE + 5;
    await setPreferences(pageActions, { askAbove: { credits: most, usd: 0, requests: 0 } });
    const pages: Page[] = [];
    for (const handle of handles) {
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const page = await browser.context.newPage();
      pages.push(page);
      await page.goto(`https://x.com/${handle}`);
      await waitForPageButton(page, 'Get followers');
    }
    const before = emulator.charges(provider).amount;
    const senders = await Promise.all(pages.map((page) => openMessageSender(page, browser.extensionId)));
    await Promise.all(
      senders.map((sender) => sender.send([{ name: 'page.start', request: { relation: 'followers' } }])),
    );
    const rows = await until(
      'all of them to be idle',
      async () => {
        const mine = (await allSnapshots(pageActions)).filter(({ id }) => !earlier.has(id));
        return mine.length === TABS && !mine.some(isActive) ? mine : null;
      },
      { timeout: 60_000 },
    );
    const counted = emulator.charges(provider).amount - before;
    const kinds = rows.map((row) => stateOf(row).kind);
    const ended = rows.filter((row) => stateOf(row).kind === 'ended');
    tally.faults += TABS;
    if (spent + counted > most) {
      tally.breach(`round ${String(round)}: ${String(counted)} spent, ${String(most - spent)} allowed`);
    }
    if (ended.length !== affordable || kinds.some((kind) => kind !== 'ended' && kind !== 'confirming')) {
      tally.breach(
        `round ${String(round)}: ${String(affordable)} lists are affordable, but their states are ${kinds.join()}`,
      );
    }
    const charged = ended.reduce((sum, row) => sum + Number(row['charged']), 0);
    if (charged !== counted) {
      tally.breach(`round ${String(round)}: ledger ${String(charged)}, provider ${String(counted)}`);
    }
    for (const row of ended) tally.add(completeResult(Number(row['rows']), Number(row['charged'])));
    await Promise.all(senders.map((sender) => sender.close()));
    for (const page of pages) await page.close();
    report(`starts at once: round ${String(round + 1)} of ${String(rounds)}`);
  }
  await setPreferences(pageActions, { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 } });
  return tally.section('starts at once');
}
