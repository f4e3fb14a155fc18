/**
 * Terminates the background while no extension page is open, so that only the browser's alarm can restart it. Uses
 * the production build. Several browsers wait for their alarms in parallel.
 */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { snapshotOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openFaultEnvironment, startRun } from './environment.ts';
import { checkResult } from './check-result.ts';

const ACCOUNTS = 20_000;
/** The alarm fires every 30 s; the rest allows for a busy machine. */
const BACK_WITHIN = 45_000;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function runInBrowser(kills: number, chance: Chance, tally: Tally, waits: number[]): Promise<void> {
  const environment = await openFaultEnvironment({ providers: ['sociavault'] });
  try {
    const { emulator } = environment;
    const handle = 'unwatched';
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    // The list must be long enough not to finish before the last termination.
    emulator.key({ provider: 'sociavault', latencyMs: 25 });
    const raw = await environment.openRaw();
    try {
      const pageActions = (expression: string) => raw.ask('options.html', expression);
      const id = await startRun(pageActions, { platform: 'x', handle, provider: 'sociavault' });
      for (let kill = 0; kill < kills; kill += 1) {
        const before = new Set<number>();
        const some = chance.between(5, 30);
        await emulator.waitFor(
          (record) => isListPage(record) && record.outcome === 'answered' && before.add(record.n).size > some,
          { after: emulator.log.length },
        );
        await sleep(chance.between(0, 60));
        if (!(await raw.killWorker())) {
          tally.breach('there was no background to terminate');
          continue;
        }
        tally.faults += 1;
        const killedAt = performance.now();
        const isLater = (record: RequestRecord): boolean => isListPage(record) && record.arrived > killedAt;
        const back = await Promise.race([
          emulator.waitFor(isLater, { after: emulator.log.length }),
          sleep(BACK_WITHIN).then(() => null),
        ]);
        if (back === null) {
          const state = JSON.stringify((await snapshotOf(pageActions, id))['state']);
          tally.breach(
            `no request was sent within ${String(BACK_WITHIN / 1000)} s; the state of the run is ${state}`,
          );
          break;
        }
        waits.push(back.arrived - killedAt);
      }
      emulator.key({ provider: 'sociavault', latencyMs: 0 });
      await drive(pageActions, id, { interval: 1000 });
      const run = { id, provider: 'sociavault', platform: 'x', handle, from: 0 } as const;
      const result = await checkResult(pageActions, emulator, run, {
        list: 'whole',
        ends: ['complete'],
        exact: false,
      });
      tally.inFlight += Math.min(result.lostResponses, kills);
      tally.add(result);
    } finally {
      await raw.close();
    }
  } finally {
    await environment.close();
  }
}

/** Terminates each of several browsers' backgrounds several times. */
export async function alarms(
  browsers: number,
  killsEach: number,
  chance: Chance,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const waits: number[] = [];
  await Promise.all(Array.from({ length: browsers }, () => runInBrowser(killsEach, chance, tally, waits)));
  report(`alarms: ${String(tally.faults)} terminations`);
  const seconds = waits.map((wait) => wait / 1000).sort((a, b) => a - b);
  tally.note(
    `restarted after ${seconds.map((wait) => wait.toFixed(1)).join(', ')} s by the alarm alone, with no page open`,
  );
  return tally.section('terminations, 30 s alarm');
}
