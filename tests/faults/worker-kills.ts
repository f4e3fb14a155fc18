/** The background dies at random moments of long lists, and the next event starts it again. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { until } from '../harness/until.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { cursorOffered, message, snapshotOf, stateOf, underWay } from './page-actions.ts';
import { cursorOf, isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type Stand } from './environment.ts';
import { judge } from './check-result.ts';

export interface KillPlan {
  readonly provider: 'sociavault' | 'x-v2';
  readonly rowsAPage: number;
  readonly accounts: number;
  readonly kills: number;
}

/** When the background is to die, seen from the provider. */
const MOMENTS = ['unsent', 'uncharged', 'charged', 'after-answer', 'after-answer', 'any'] as const;
type Moment = (typeof MOMENTS)[number];

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function isOver({ hands }: Driven, id: string): Promise<boolean> {
  return stateOf(await snapshotOf(hands, id)).kind === 'ended';
}

async function goesOn({ hands }: Driven, id: string): Promise<boolean> {
  return !['ended', 'blocked', 'waiting'].includes(stateOf(await snapshotOf(hands, id)).kind);
}

interface Killing {
  readonly stand: Stand;
  readonly driven: Driven;
  readonly provider: ProviderName;
  readonly id: string;
  readonly chance: Chance;
}

/** Waits for the moment, and kills. @returns false when the run ended first, or none was alive */
async function killAt(moment: Moment, { stand, driven, provider, id, chance }: Killing): Promise<boolean> {
  const { emulator } = stand;
  const after = emulator.log.length;
  const isOurs = (record: RequestRecord): boolean => record.provider === provider && isListPage(record);
  const isAnswered = (record: RequestRecord): boolean => isOurs(record) && record.outcome === 'answered';
  const over = new AbortController();
  const ended = until(
    'the end of the run',
    // One that asks the user, or waits, is looked after by whoever kills.
    async () => (over.signal.aborted || !(await goesOn(driven, id)) ? ('over' as const) : null),
    { timeout: 60_000, interval: 20 },
  );
  try {
    switch (moment) {
      case 'unsent': {
        // Every request needs a connection of its own, and no connection comes to anything.
        emulator.keepConnections(false);
        try {
          if ((await Promise.race([emulator.waitFor(isAnswered, { after }), ended])) === 'over') return false;
          const shut = stand.door.shut();
          try {
            if ((await Promise.race([shut.arrived, ended])) === 'over') return false;
            return await driven.browser.killWorker();
          } finally {
            shut.open();
          }
        } finally {
          emulator.keepConnections(true);
        }
      }
      case 'uncharged':
      case 'charged': {
        const hold = emulator.hold(isOurs, moment === 'charged' ? 'decided' : 'arrival');
        try {
          if ((await Promise.race([hold.arrived, ended])) === 'over') return false;
          return await driven.browser.killWorker();
        } finally {
          hold.release();
        }
      }
      case 'after-answer': {
        const skip = chance.between(0, 4);
        const delay = chance.between(0, chance.pick([20, 60]));
        let answered = 0;
        const isMeant = (record: RequestRecord): boolean => isAnswered(record) && (answered += 1) > skip;
        if ((await Promise.race([emulator.waitFor(isMeant, { after }), ended])) === 'over') return false;
        await sleep(delay);
        return await driven.browser.killWorker();
      }
      case 'any': {
        if ((await Promise.race([sleep(chance.between(0, 90)), ended])) === 'over') return false;
        return await driven.browser.killWorker();
      }
    }
  } finally {
    over.abort();
    await ended;
  }
}

type Hit = 'before' | 'flying' | 'settling' | 'between';

/** Where a run was when it was killed: what stands in the ledger, held against what reached the provider since. */
async function hitOf({ stand, driven, provider, id }: Killing, born: number): Promise<Hit> {
  if ((await underWay(driven.hands)) === 0) return 'between';
  const cursor = await cursorOffered(driven.hands, id);
  const asked = stand.emulator.log
    .slice(born)
    .findLast((record) => record.provider === provider && isListPage(record) && cursorOf(record) === cursor);
  if (asked === undefined) return 'before';
  return asked.outcome === 'answered' ? 'settling' : 'flying';
}

/** Collects lists until so many kills have hit a run that was going on. */
export async function workerKills(
  stand: Stand,
  driven: Driven,
  { provider, rowsAPage, accounts, kills }: KillPlan,
  chance: Chance,
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = stand;
  const { hands } = driven;
  const hits: Record<Hit, number> = { before: 0, flying: 0, settling: 0, between: 0 };
  emulator.key({ provider, pageSize: rowsAPage });
  for (let lists = 0; tally.faults < kills; lists += 1) {
    const handle = `killed_${String(rowsAPage)}_${String(lists)}`;
    emulator.population({ platform: 'x', handle, followers: accounts, following: 0 });
    const from = emulator.log.length;
    let born = from;
    const id = await startRun(hands, { platform: 'x', handle, provider });
    while (tally.faults < kills && !(await isOver(driven, id))) {
      const state = stateOf(await snapshotOf(hands, id));
      // Three losses at one cursor, and the user decides: go on. Nothing else may stop it.
      if (state.kind === 'blocked' || state.kind === 'waiting') {
        const trouble = String((state['trouble'] as { kind?: unknown } | undefined)?.kind);
        if (trouble !== 'lost-answers' && trouble !== 'unreachable') {
          tally.breach(`a kill left the run ${state.kind}: ${JSON.stringify(state['trouble'])}`);
        }
        await message(hands, 'run.resume', { snapshotId: id });
      }
      const killing = { stand, driven, provider, id, chance };
      const killed = await killAt(chance.pick(MOMENTS), killing);
      if (!killed) continue;
      if (await isOver(driven, id)) break;
      tally.faults += 1;
      const hit = await hitOf(killing, born);
      born = emulator.log.length;
      hits[hit] += 1;
      if (hit !== 'between') tally.inFlight += 1;
      if (tally.faults % 20 === 0) tell(`${provider}: ${String(tally.faults)} of ${String(kills)} kills`);
      // The next event starts the background again.
      await message(hands, 'popup.active-profile', {});
    }
    await drive(hands, id);
    const run = { id, provider, platform: 'x', handle, from } as const;
    tally.add(await judge(hands, emulator, run, { list: 'whole', ends: ['complete'], exact: false }));
  }
  // With a handful of kills chance may leave one out. Between two steps there is next to nothing to be hit: a page and
  // the next request are one write.
  if (kills >= 40) {
    for (const hit of ['before', 'flying', 'settling'] as const) {
      if (hits[hit] === 0) tally.breach(`no kill was ${hit}`);
    }
  }
  tally.note(
    `hit before sending ${String(hits.before)}, in flight ${String(hits.flying)}, around the transaction ${String(hits.settling)}, between steps ${String(hits.between)}`,
  );
  return tally.section(`worker kills, pages of ${String(rowsAPage)}`);
}
