/** Every fault alone, on a list of eight pages, with the page in the middle struck. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import type { RuleHandle } from '../emulator/faults.ts';
import { saveKey } from '../harness/options-page.ts';
import { drive } from './drive-run.ts';
import type { Scene, SingleFault } from './fault-list.ts';
import { stateOf, type Row } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { providerName, startRun, type Driven, type Stand } from './environment.ts';
import { judge } from './check-result.ts';

const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;

/** What a run that is blocked says that another try costs; `null` where it says nothing. */
function priceOf(snapshot: Row): number | null {
  const state = stateOf(snapshot) as { price?: number; trouble?: { price?: number } };
  return state.price ?? state.trouble?.price ?? null;
}

/** How long a wait was to take when it began, in seconds. */
function announced(snapshot: Row): number {
  const { until } = stateOf(snapshot) as { until?: number };
  return until === undefined ? 0 : (until - Number(snapshot['updatedAt'])) / 1000;
}

async function strike(
  stand: Stand,
  driven: Driven,
  fault: SingleFault,
  index: number,
  tally: Tally,
): Promise<void> {
  const { emulator } = stand;
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
  const scene: Scene = { stand, driven, emulator, fourth };
  let rule: RuleHandle | null = null;
  if (fault.fault !== undefined) {
    const times = fault.times ?? 1;
    rule = emulator.fault({ when: fourth(times), times, do: fault.fault });
  }
  const struck = fault.arrange?.(scene) ?? ((): number => rule?.used ?? 1);
  const troubles: string[] = [];
  const waits: number[] = [];
  let last = '';
  const prices: (number | null)[] = [];
  const id = await startRun(driven.hands, { platform: 'x', handle, provider });
  await drive(driven.hands, id, {
    goOnAfter: fault.goOnAfter ?? [],
    stops: (snapshot, trouble) => {
      // A look may come twice before what was asked for has happened.
      const now = `${trouble} ${String(snapshot['updatedAt'])}`;
      if (now === last) return;
      last = now;
      troubles.push(trouble);
      prices.push(priceOf(snapshot));
      if (stateOf(snapshot).kind === 'waiting') waits.push(announced(snapshot));
    },
    mend: async () => fault.mend?.(scene),
  });
  const times = struck();
  emulator.clearRules();
  emulator.keepConnections(true);
  if (times === 0) tally.breach(`${fault.name}: it never struck`);
  tally.faults += times;
  const wanted = fault.troubles ?? [];
  if (troubles.join() !== wanted.join()) {
    tally.breach(`${fault.name}: it told of [${troubles.join()}], not of [${wanted.join()}]`);
  }
  const price = prices.at(-1) ?? null;
  if (fault.price !== undefined && price !== fault.price) {
    tally.breach(`${fault.name}: another try was said to cost ${String(price)}`);
  }
  const [wait] = waits;
  // Headers count whole seconds; a backoff is drawn between half and all of its length.
  if (fault.waits !== undefined) {
    const least = fault.waits > 10 ? fault.waits - 5 : fault.waits / 2;
    if (wait === undefined || wait < least - 1 || wait > fault.waits + 1) {
      tally.breach(`${fault.name}: it said to wait ${String(wait)} s, not ${String(fault.waits)} s`);
    }
  }
  const run = { id, provider, platform: 'x', handle, from } as const;
  const verdict = await judge(driven.hands, emulator, run, {
    list: fault.list ?? 'whole',
    ends: fault.ends ?? ['complete'],
    exact: fault.exact,
    ...(fault.claimsLess === undefined ? {} : { claimsLess: fault.claimsLess }),
  });
  tally.inFlight += verdict.lostAnswers + (fault.paidAgain ?? 0);
  tally.add({ ...verdict, breaches: verdict.breaches.map((breach) => `${fault.name}: ${breach}`) });
}

/** Each of the faults, one after the other. */
export async function singleFaults(
  stand: Stand,
  driven: Driven,
  faults: readonly SingleFault[],
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  for (const provider of ['sociavault', 'x-v2'] as const) {
    stand.emulator.key({ provider, pageSize: ROWS_A_PAGE });
  }
  for (const [index, fault] of faults.entries()) {
    await strike(stand, driven, fault, index, tally);
    tell(`fault: ${fault.name}`);
  }
  tally.note(faults.map(({ name }) => name).join('; '));
  // The next section begins with the key that every emulator knows.
  stand.emulator.key({ provider: 'sociavault' });
  await saveKey(driven.browser, providerName('sociavault'), stand.emulator.defaultKey('sociavault'));
  stand.emulator.key({ provider: 'sociavault', balance: Infinity, rateLimit: null });
  return tally.section('every fault alone');
}
