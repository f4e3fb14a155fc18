/** Kills the whole browser (SIGKILL) during long lists and reopens it on the same profile. */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { message, snapshotOf, stateOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

const ACCOUNTS = 20_000;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Kills the browser while the provider has a request (charged or not), or at a random moment around a response. */
async function killAt(environment: FaultEnvironment, driven: Driven, chance: Chance): Promise<void> {
  const { emulator } = environment;
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

/** Collects lists until the browser has been killed `kills` times. The environment's browser must be closed. */
export async function browserKills(
  environment: FaultEnvironment,
  kills: number,
  chance: Chance,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  let driven = await environment.open();
  try {
    for (let lists = 0; tally.faults < kills; lists += 1) {
      const handle = `crashed_${String(lists)}`;
      emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
      const from = emulator.log.length;
      const id = await startRun(driven.pageActions, { platform: 'x', handle, provider: 'sociavault' });
      let deaths = 0;
      // The list has 286 pages; each browser session leaves at least a third of the rest to the next.
      while (tally.faults < kills && Number((await snapshotOf(driven.pageActions, id))['pages']) < 200) {
        const { kind } = stateOf(await snapshotOf(driven.pageActions, id));
        if (kind === 'ended') break;
        if (kind === 'blocked' || kind === 'waiting')
          await message(driven.pageActions, 'run.resume', { snapshotId: id });
        await killAt(environment, driven, chance);
        tally.faults += 1;
        deaths += 1;
        driven = await environment.open();
      }
      report(`browser: ${String(tally.faults)} of ${String(kills)} kills`);
      await drive(driven.pageActions, id);
      const run = { id, provider: 'sociavault', platform: 'x', handle, from } as const;
      const demands = { list: 'whole', ends: ['complete'], exact: false } as const;
      const result = await checkResult(driven.pageActions, emulator, run, demands);
      tally.inFlight += Math.min(result.lostResponses, deaths);
      tally.add(result);
    }
  } finally {
    await driven.browser.close();
  }
  return tally.section('browser killed');
}
