/** Every fault alone, on a list of eight pages, affecting a page in the middle. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import type { RuleHandle } from '../emulator/faults.ts';
import { saveKey } from '../harness/options-page.ts';
import { drive } from './drive-run.ts';
import type { Scene, SingleFault } from './fault-list.ts';
import { stateOf, type Row } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { providerName, startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;

/** The price of another attempt that a blocked run states; `null` if it states none. */
function priceOf(snapshot: Row): number | null {
  const state = stateOf(snapshot) as { price?: number; trouble?: { price?: number } };
  return state.price ?? state.trouble?.price ?? null;
}

/** The length of a wait when it began, in seconds. */
function announcedWait(snapshot: Row): number {
  const { until } = stateOf(snapshot) as { until?: number };
  return until === undefined ? 0 : (until - Number(snapshot['updatedAt'])) / 1000;
}

async function runFault(
  environment: FaultEnvironment,
  driven: Driven,
  fault: SingleFault,
  index: number,
  tally: Tally,
): Promise<void> {
  const { emulator } = environment;
  const provider: ProviderName = fault.provider ?? 'sociavault';
  const handle = `fault_${String(index)}`;
  emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0, ...fault.population });
  emulator.keepConnections(fault.freshConnections !== true);
  const from = emulator.log.length;
  const fourth = (times = 1) => {
    const seen = new Set<number>();
    return (record: RequestRecord): boolean =>
      record.n > from &&
      record.provider === provider &&
      isListPage(record) &&
      seen.add(record.n).size >= 4 &&
      seen.size < 4 + times;
  };
  const scene: Scene = { environment, driven, emulator, fourth };
  let rule: RuleHandle | null = null;
  if (fault.fault !== undefined) {
    const times = fault.times ?? 1;
    rule = emulator.fault({ when: fourth(times), times, do: fault.fault });
  }
  const affected = fault.arrange?.(scene) ?? ((): number => rule?.used ?? 1);
  const runErrors: string[] = [];
  const waits: number[] = [];
  let last = '';
  const prices: (number | null)[] = [];
  const id = await startRun(driven.pageActions, { platform: 'x', handle, provider });
  await drive(driven.pageActions, id, {
    continueAfter: fault.continueAfter ?? [],
    stops: (snapshot, runError) => {
      // The run may be polled twice before the previous action takes effect.
      const now = `${runError} ${String(snapshot['updatedAt'])}`;
      if (now === last) return;
      last = now;
      runErrors.push(runError);
      prices.push(priceOf(snapshot));
      if (stateOf(snapshot).kind === 'waiting') waits.push(announcedWait(snapshot));
    },
    fix: async () => fault.fix?.(scene),
  });
  const times = affected();
  emulator.clearRules();
  emulator.keepConnections(true);
  if (times === 0) tally.breach(`${fault.name}: it never occurred`);
  tally.faults += times;
  const wanted = fault.runErrors ?? [];
  if (runErrors.join() !== wanted.join()) {
    tally.breach(`${fault.name}: it reported [${runErrors.join()}], not [${wanted.join()}]`);
  }
  const price = prices.at(-1) ?? null;
  if (fault.price !== undefined && price !== fault.price) {
    tally.breach(`${fault.name}: the stated price of another attempt was ${String(price)}`);
  }
  const [wait] = waits;
  // Headers count whole seconds; a backoff is drawn from between half and all of its length.
  if (fault.waits !== undefined) {
    const least = fault.waits > 10 ? fault.waits - 5 : fault.waits / 2;
    if (wait === undefined || wait < least - 1 || wait > fault.waits + 1) {
      tally.breach(`${fault.name}: it announced a wait of ${String(wait)} s, not ${String(fault.waits)} s`);
    }
  }
  const run = { id, provider, platform: 'x', handle, from } as const;
  const result = await checkResult(driven.pageActions, emulator, run, {
    list: fault.list ?? 'whole',
    ends: fault.ends ?? ['complete'],
    exact: fault.exact,
    ...(fault.claimsLess === undefined ? {} : { claimsLess: fault.claimsLess }),
  });
  tally.inFlight += result.lostResponses + (fault.paidAgain ?? 0);
  tally.add({ ...result, breaches: result.breaches.map((breach) => `${fault.name}: ${breach}`) });
}

/** Runs the faults one after the other. */
export async function singleFaults(
  environment: FaultEnvironment,
  driven: Driven,
  faults: readonly SingleFault[],
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  for (const provider of ['sociavault', 'x-v2'] as const) {
    environment.emulator.key({ provider, pageSize: ROWS_A_PAGE });
  }
  for (const [index, fault] of faults.entries()) {
    await runFault(environment, driven, fault, index, tally);
    report(`fault: ${fault.name}`);
  }
  tally.note(faults.map(({ name }) => name).join('; '));
  // The next section starts with the emulator's default key.
  environment.emulator.key({ provider: 'sociavault' });
  await saveKey(driven.browser, providerName('sociavault'), environment.emulator.defaultKey('sociavault'));
  environment.emulator.key({ provider: 'sociavault', balance: Infinity, rateLimit: null });
  return tally.section('every fault alone');
}
