/** The whole browser dies (SIGKILL) in the middle of long lists, and is opened again on the same profile. */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { message, snapshotOf, stateOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type Stand } from './environment.ts';
import { judge } from './check-result.ts';

const ACCOUNTS = 20_000;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Kills with a request at the provider (charged or not), or at any moment around an answer. */
async function killAt(stand: Stand, driven: Driven, chance: Chance): Promise<void> {
  const { emulator } = stand;
  const after = emulator.log.length;
  const how = chance.pick(['uncharged', 'charged', 'after-answer', 'after-answer'] as const);
  if (how !== 'after-answer') {
    const skip = chance.between(0, 8);
    const seen = new Set<number>();
    const isMeant = (record: RequestRecord): boolean => isListPage(record) && seen.add(record.n).size > skip;
    const hold = emulator.hold(isMeant, how === 'charged' ? 'decided' : 'arrival');
    await hold.arrived;
    await driven.browser.killBrowser();
    hold.release();
    return;
  }
  const skip = chance.between(0, 12);
  const seen = new Set<number>();
  await emulator.waitFor(
    (record) => isListPage(record) && record.outcome === 'answered' && seen.add(record.n).size > skip,
    { after },
  );
  await sleep(chance.between(0, 20));
  await driven.browser.killBrowser();
}

/** Collects lists until the browser has died so many times. The stand's browser must be closed. */
export async function browserKills(
  stand: Stand,
  kills: number,
  chance: Chance,
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = stand;
  let driven = await stand.open();
  try {
    for (let lists = 0; tally.faults < kills; lists += 1) {
      const handle = `crashed_${String(lists)}`;
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const from = emulator.log.length;
      const id = await startRun(driven.hands, { platform: 'x', handle, provider: 'sociavault' });
      let deaths = 0;
      // The list has 286 pages; each life leaves at least a third of them to the next.
      while (tally.faults < kills && Number((await snapshotOf(driven.hands, id))['pages']) < 200) {
        const { kind } = stateOf(await snapshotOf(driven.hands, id));
        if (kind === 'ended') break;
        if (kind === 'blocked' || kind === 'waiting')
          await message(driven.hands, 'run.resume', { snapshotId: id });
        await killAt(stand, driven, chance);
        tally.faults += 1;
        deaths += 1;
        driven = await stand.open();
      }
      tell(`browser: ${String(tally.faults)} of ${String(kills)} deaths`);
      await drive(driven.hands, id);
      const run = { id, provider: 'sociavault', platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: false } as const;
      const verdict = await judge(driven.hands, emulator, run, demands);
      tally.inFlight += Math.min(verdict.lostAnswers, deaths);
      tally.add(verdict);
    }
  } finally {
    await driven.browser.close();
  }
  return tally.section('browser killed');
}
