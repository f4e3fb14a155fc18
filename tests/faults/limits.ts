/** Random caps and monthly limits on random lists, with faults: no limit is ever exceeded. */
import fc from 'fast-check';
import type { Fault } from '../emulator/faults.ts';
import { move, MachineSimulator, setting } from '../unit/collector/machine-simulator.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { setPreferences } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

/** Random runs of the state machine alone. It throws where an invariant is violated. */
export function machineRuns(runs: number, seed: number): Section {
  const tally = new Tally();
  const result = fc.check(
    fc.property(setting, fc.array(move, { maxLength: 60, size: 'max' }), (given, moves) => {
      const simulator = new MachineSimulator(given);
      for (const next of moves) simulator.move(next);
    }),
    { numRuns: runs, seed },
  );
  tally.faults = result.numRuns;
  if (result.failed) tally.breach(fc.defaultReportMessage(result) ?? 'the machine failed');
  return { ...tally.section('limits: the machine'), runs: result.numRuns };
}

const DISRUPTIONS_WITHOUT_CLAIMS = ['none', 'lost', 'broken', 'death', 'gateway', 'gateway', 'cut'] as const;
/** For a provider whose responses state their cost. */
const DISRUPTIONS = [...DISRUPTIONS_WITHOUT_CLAIMS, 'charged-error', 'claims-nothing'] as const;
type Disruption = (typeof DISRUPTIONS)[number];
/** These affect several requests in a row. */
const LASTING: ReadonlySet<Disruption> = new Set(['lost', 'gateway', 'charged-error']);

/** The emulator's fault for a disruption, or `null` if the disruption is something else. */
function faultOf(disruption: Disruption, chance: Chance): Fault | null {
  switch (disruption) {
    case 'lost':
      return { kind: 'reset-after-charge' };
    case 'cut':
      return { kind: 'cut' };
    case 'broken':
      return { kind: 'status', status: 500 };
    case 'gateway':
      return { kind: 'gateway', status: chance.pick([204, 408, 499, 502, 504, 524] as const) };
    case 'charged-error': {
      const body = { success: false, error: 'Something went wrong, try again', credits_used: 1 };
      return { kind: 'charged-error', status: chance.pick([429, 500]), body };
    }
    case 'none':
    case 'death':
    case 'claims-nothing':
      return null;
  }
}

/**
 * After so many server errors in a row, Chromium briefly refuses an extension's requests to the address without sending
 * them (decision 0073). They look like lost responses.
 */
const ERRORS_UNTIL_THROTTLED = 3;

const PRICE = { sociavault: 1, 'x-v2': 10_000 } as const;

/** Runs in the browser, each with a cap, a monthly limit, or both. */
export async function limits(
  environment: FaultEnvironment,
  { browser, pageActions }: Driven,
  runs: number,
  chance: Chance,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  let capped = 0;
  // Resets must reach the extension: see the single faults.
  emulator.keepConnections(false);
  for (let made = 0; made < runs; made += 1) {
    const provider = chance.pick(['sociavault', 'x-v2'] as const);
    const accounts = chance.between(1, 900);
    const handle = `limited_${String(made)}`;
    emulator.population({ platform: 'x', handle, followers: accounts, following: 0 });
    emulator.key({ provider, pageSize: provider === 'x-v2' ? chance.pick([30, 100, 1000]) : 70 });
    const whole = provider === 'x-v2' ? (accounts + 1) * PRICE[provider] : Math.ceil(accounts / 70) + 1;
    const some = (): number => Math.floor(chance.next() * 1.3 * whole);
    const cap = chance.next() < 0.7 ? some() : 1e12;
    const before = emulator.charges(provider).amount;
    const limit = chance.next() < 0.5 ? before + some() : null;
    await setPreferences(pageActions, { monthlyLimit: limit === null ? {} : { [provider]: limit } });
    const disruption = chance.pick(provider === 'sociavault' ? DISRUPTIONS : DISRUPTIONS_WITHOUT_CLAIMS);
    const at = chance.between(1, 4);
    const times = LASTING.has(disruption) ? chance.between(1, 4) : 1;
    const seen = new Set<number>();
    const affects = (record: Parameters<typeof isListPage>[0]): boolean =>
      record.provider === provider &&
      isListPage(record) &&
      seen.add(record.n).size >= at &&
      seen.size < at + times;
    const fault = faultOf(disruption, chance);
    if (fault !== null) emulator.fault({ when: affects, times, do: fault });
    if (disruption === 'claims-nothing') {
      emulator.fault({
        when: (record) => record.provider === provider,
        times: Infinity,
        do: { kind: 'edit', edit: (body) => ({ ...(body as object), credits_used: 0 }) },
      });
    }
    const hold = disruption === 'death' ? emulator.hold(affects, 'decided') : null;
    void hold?.arrived.then(async () => {
      await browser.killWorker();
      hold.release();
    });
    const from = emulator.log.length;
    const id = await startRun(pageActions, { platform: 'x', handle, provider, cap });
    const ended = await drive(pageActions, id, { wakeBackground: true });
    emulator.clearRules();
    if (disruption !== 'none') tally.faults += 1;
    const run = { id, provider, platform: 'x', handle, from } as const;
    const result = await checkResult(pageActions, emulator, run, {
      list: 'beginning',
      ends: ['complete', 'capped'],
      exact:
        disruption === 'none' ||
        disruption === 'broken' ||
        (disruption === 'charged-error' && times < ERRORS_UNTIL_THROTTLED),
      claimsLess: disruption === 'claims-nothing',
      cap,
      ...(limit === null ? {} : { monthly: { limit, before } }),
    });
    tally.inFlight += result.lostResponses + (disruption === 'charged-error' ? times : 0);
    if ((ended['state'] as { outcome?: { kind: string } }).outcome?.kind === 'capped') capped += 1;
    tally.add(result);
    if ((made + 1) % 10 === 0) report(`limits: ${String(made + 1)} of ${String(runs)} runs`);
  }
  await setPreferences(pageActions, { monthlyLimit: {} });
  emulator.keepConnections(true);
  tally.note(`${String(capped)} of ${String(runs)} runs reached their limit`);
  return tally.section('limits: the browser');
}
