/**
 * Starts from the page buttons of several tabs at the same moment: together they spend no more than may be spent without
 * approval, and the others ask.
 */
import type { Page } from 'playwright';
import { voiceIn } from '../harness/content-world.ts';
import { waitForPageButton } from '../harness/page-button.ts';
import { until } from '../harness/until.ts';
import { allSnapshots, prefer, stateOf, type Row } from './page-actions.ts';
import { Tally, type Section } from './section.ts';
import type { Driven, Stand } from './environment.ts';
import type { Verdict } from './check-result.ts';

const TABS = 6;
/** 10 pages and a look-up each. */
const ACCOUNTS = 700;
const PRICE = 11;

function moves(row: Row): boolean {
  return ['queued', 'resolving', 'running', 'waiting'].includes(stateOf(row).kind);
}

/** What a list that is whole came to. */
function whole(rows: number, charged: number): Verdict {
  const nothing = {
    duplicated: 0,
    outOfOrder: 0,
    invented: 0,
    recharged: 0,
    maybe: 0,
    lostAnswers: 0,
    passed: 0,
  };
  return { ...nothing, rows, lost: ACCOUNTS - rows, counted: charged, charged, breaches: [] };
}

/** So many rounds, each with another amount that may be spent without approval. */
export async function starts(
  stand: Stand,
  { browser, hands }: Driven,
  rounds: number,
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = stand;
  emulator.key({ provider: 'sociavault', pageSize: 70 });
  const provider = 'sociavault';
  for (let round = 0; round < rounds; round += 1) {
    const fits = 1 + (round % 3);
    const handles = Array.from({ length: TABS }, (_, tab) => `starts_${String(round)}_${String(tab)}`);
    const earlier = new Set((await allSnapshots(hands)).map(({ id }) => id));
    const spent = (await allSnapshots(hands))
      .filter((row) => row['startedFrom'] === 'page' && row['confirmed'] === false)
      .reduce((sum, row) => sum + Number(row['charged']) + Number(row['maybeCharged']), 0);
    const most = spent + fits * PRICE + 5;
    await prefer(hands, { askAbove: { credits: most, usd: 0, requests: 0 } });
    const pages: Page[] = [];
    for (const handle of handles) {
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const page = await browser.context.newPage();
      pages.push(page);
      await page.goto(`https://x.com/${handle}`);
      await waitForPageButton(page, 'Get followers');
    }
    const before = emulator.charges(provider).amount;
    const voices = await Promise.all(pages.map((page) => voiceIn(page, browser.extensionId)));
    await Promise.all(
      voices.map((voice) => voice.say([{ name: 'page.start', request: { relation: 'followers' } }])),
    );
    const rows = await until(
      'all of them to rest',
      async () => {
        const mine = (await allSnapshots(hands)).filter(({ id }) => !earlier.has(id));
        return mine.length === TABS && !mine.some(moves) ? mine : null;
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
    if (ended.length !== fits || kinds.some((kind) => kind !== 'ended' && kind !== 'confirming')) {
      tally.breach(`round ${String(round)}: ${String(fits)} lists fit, and they are ${kinds.join()}`);
    }
    const charged = ended.reduce((sum, row) => sum + Number(row['charged']), 0);
    if (charged !== counted) {
      tally.breach(`round ${String(round)}: ledger ${String(charged)}, provider ${String(counted)}`);
    }
    for (const row of ended) tally.add(whole(Number(row['rows']), Number(row['charged'])));
    await Promise.all(voices.map((voice) => voice.close()));
    for (const page of pages) await page.close();
    tell(`starts at once: round ${String(round + 1)} of ${String(rounds)}`);
  }
  await prefer(hands, { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 } });
  return tally.section('starts at once');
}
