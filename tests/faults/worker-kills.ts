/** Terminates the background at random moments of long lists; the next event restarts it. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import { until } from '../harness/until.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { cursorOffered, message, snapshotOf, stateOf, requestsInProgress } from './page-actions.ts';
import { cursorOf, isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

export interface KillPlan {
  readonly provider: 'sociavault' | 'x-v2';
  readonly rowsPerPage: number;
  readonly accounts: number;
  readonly kills: number;
}

/** When to terminate the background, as seen from the provider. */
const MOMENTS = ['unsent', 'uncharged', 'charged', 'after-answer', 'after-answer', 'any'] as const;
type Moment = (typeof MOMENTS)[number];

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function isFinished({ pageActions }: Driven, id: string): Promise<boolean> {
  return stateOf(await snapshotOf(pageActions, id)).kind === 'ended';
}

async function isActive({ pageActions }: Driven, id: string): Promise<boolean> {
  return !['ended', 'blocked', 'waiting'].includes(stateOf(await snapshotOf(pageActions, id)).kind);
}

interface TerminationContext {
  readonly environment: FaultEnvironment;
  readonly driven: Driven;
  readonly provider: ProviderName;
  readonly id: string;
  readonly chance: Chance;
}

/**
 * Waits for the moment and terminates the background. @returns false if the run ended first or no background was
 * running
 */
async function killAt(
  moment: Moment,
  { environment, driven, provider, id, chance }: TerminationContext,
): Promise<boolean> {
  const { emulator } = environment;
  const after = emulator.log.length;
  const isOurs = (record: RequestRecord): boolean => record.provider === provider && isListPage(record);
  const hasResponse = (record: RequestRecord): boolean => isOurs(record) && record.outcome === 'answered';
  const over = new AbortController();
  const ended = until(
    'the end of the run',
    // The caller handles a run that needs approval or waits.
    async () => (over.signal.aborted || !(await isActive(driven, id)) ? ('over' as const) : null),
    { timeout: 60_000, interval: 20 },
  );
  try {
    switch (moment) {
      case 'unsent': {
        // Every request needs its own connection, and no connection gets through.
        emulator.keepConnections(false);
        try {
          if ((await Promise.race([emulator.waitFor(hasResponse, { after }), ended])) === 'over')
            return false;
          const shut = environment.networkSwitch.shut();
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
        let responses = 0;
        const isMeant = (record: RequestRecord): boolean => hasResponse(record) && (responses += 1) > skip;
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

/** Where a run was when it was killed: compares the ledger with what the provider has received since. */
async function classifyHit(
  { environment, driven, provider, id }: TerminationContext,
  born: number,
): Promise<Hit> {
  if ((await requestsInProgress(driven.pageActions)) === 0) return 'between';
  const cursor = await cursorOffered(driven.pageActions, id);
  const requested = environment.emulator.log
    .slice(born)
    .findLast((record) => record.provider === provider && isListPage(record) && cursorOf(record) === cursor);
  if (requested === undefined) return 'before';
  return requested.outcome === 'answered' ? 'settling' : 'flying';
}

/** Collects lists until `kills` terminations have hit an active run. */
export async function workerKills(
  environment: FaultEnvironment,
  driven: Driven,
  { provider, rowsPerPage, accounts, kills }: KillPlan,
  chance: Chance,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  const { pageActions } = driven;
  const hits: Record<Hit, number> = { before: 0, flying: 0, settling: 0, between: 0 };
  emulator.key({ provider, pageSize: rowsPerPage });
  for (let lists = 0; tally.faults < kills; lists += 1) {
    const handle = `killed_${String(rowsPerPage)}_${String(lists)}`;
    emulator.population({ platform: 'x', handle, followers: accounts, following: 0 });
    const from = emulator.log.length;
    let born = from;
    const id = await startRun(pageActions, { platform: 'x', handle, provider });
    while (tally.faults < kills && !(await isFinished(driven, id))) {
      const state = stateOf(await snapshotOf(pageActions, id));
      // After three losses at one cursor the user decides to continue. Nothing else may stop the run.
      if (state.kind === 'blocked' || state.kind === 'waiting') {
        const runError = String((state['trouble'] as { kind?: unknown } | undefined)?.kind);
        if (runError !== 'lost-answers' && runError !== 'unreachable') {
          tally.breach(`after a termination the run is ${state.kind}: ${JSON.stringify(state['trouble'])}`);
        }
        await message(pageActions, 'run.resume', { snapshotId: id });
      }
      const context = { environment, driven, provider, id, chance };
      const killed = await killAt(chance.pick(MOMENTS), context);
      if (!killed) continue;
      if (await isFinished(driven, id)) break;
      tally.faults += 1;
      const hit = await classifyHit(context, born);
      born = emulator.log.length;
      hits[hit] += 1;
      if (hit !== 'between') tally.inFlight += 1;
      if (tally.faults % 20 === 0)
        report(`${provider}: ${String(tally.faults)} of ${String(kills)} terminations`);
      // The next event restarts the background.
      await message(pageActions, 'popup.active-profile', {});
    }
    await drive(pageActions, id);
    const run = { id, provider, platform: 'x', handle, from } as const;
    tally.add(
      await checkResult(pageActions, emulator, run, { list: 'whole', ends: ['complete'], exact: false }),
    );
  }
  // With a handful of terminations, one case may not occur. The time between two steps is almost never hit: a page
  // and the next request are one write.
  if (kills >= 40) {
    for (const hit of ['before', 'flying', 'settling'] as const) {
      if (hits[hit] === 0) tally.breach(`no termination was ${hit}`);
    }
  }
  tally.note(
    `hit before sending ${String(hits.before)}, in flight ${String(hits.flying)}, around the transaction ${String(hits.settling)}, between steps ${String(hits.between)}`,
  );
  return tally.section(`worker terminations, pages of ${String(rowsPerPage)}`);
}
