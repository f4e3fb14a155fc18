/**
 * The background dies while no page of ours is open, and nothing but the browser's alarm starts it again, in the build
 * as it is. Several browsers wait for their alarms side by side.
 */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { snapshotOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openStand, startRun } from './environment.ts';
import { judge } from './check-result.ts';

const ACCOUNTS = 20_000;
/** The alarm comes every 30 s; the rest is for a busy machine. */
const BACK_WITHIN = 45_000;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function oneBrowser(kills: number, chance: Chance, tally: Tally, waits: number[]): Promise<void> {
  const stand = await openStand({ providers: ['sociavault'] });
  try {
    const { emulator } = stand;
    const handle = 'unwatched';
    emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
    // So that the list is not over before its last kill.
    emulator.key({ provider: 'sociavault', latencyMs: 25 });
    const raw = await stand.openRaw();
    try {
      const hands = (expression: string) => raw.ask('options.html', expression);
      const id = await startRun(hands, { platform: 'x', handle, provider: 'sociavault' });
      for (let kill = 0; kill < kills; kill += 1) {
        const before = new Set<number>();
        const some = chance.between(5, 30);
        await emulator.waitFor(
          (record) => isListPage(record) && record.outcome === 'answered' && before.add(record.n).size > some,
          { after: emulator.log.length },
        );
        await sleep(chance.between(0, 60));
        if (!(await raw.killWorker())) {
          tally.breach('there was no background to kill');
          continue;
        }
        tally.faults += 1;
        const killedAt = performance.now();
        const isLater = (record: RequestRecord): boolean => isListPage(record) && record.came > killedAt;
        const back = await Promise.race([
          emulator.waitFor(isLater, { after: emulator.log.length }),
          sleep(BACK_WITHIN).then(() => null),
        ]);
        if (back === null) {
          const state = JSON.stringify((await snapshotOf(hands, id))['state']);
          tally.breach(
            `nothing was asked for within ${String(BACK_WITHIN / 1000)} s; the run stands as ${state}`,
          );
          break;
        }
        waits.push(back.came - killedAt);
      }
      emulator.key({ provider: 'sociavault', latencyMs: 0 });
      await drive(hands, id, { interval: 1000 });
      const run = { id, provider: 'sociavault', platform: 'x', handle, from: 0 } as const;
      const verdict = await judge(hands, emulator, run, { list: 'whole', ends: ['complete'], exact: false });
      tally.inFlight += Math.min(verdict.lostAnswers, kills);
      tally.add(verdict);
    } finally {
      await raw.close();
    }
  } finally {
    await stand.close();
  }
}

/** So many deaths in so many browsers. */
export async function alarms(
  browsers: number,
  killsEach: number,
  chance: Chance,
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const waits: number[] = [];
  await Promise.all(Array.from({ length: browsers }, () => oneBrowser(killsEach, chance, tally, waits)));
  tell(`alarms: ${String(tally.faults)} deaths`);
  const seconds = waits.map((wait) => wait / 1000).sort((a, b) => a - b);
  tally.note(
    `back after ${seconds.map((wait) => wait.toFixed(1)).join(', ')} s, by the alarm alone, no page open`,
  );
  return tally.section('deaths, 30 s alarm');
}
