/** Long lists with random faults of several kinds, and background terminations between them. */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Fault } from '../emulator/faults.ts';
import type { Chance } from './seeded-random.ts';
import { drive } from './drive-run.ts';
import { cursorOf, isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

/** The probability with which each fault affects a request. */
const SHARE = 0.012;

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 429 },
  { kind: 'status', status: 429, retryAfterSeconds: 600 },
  { kind: 'status', status: 429, resetInSeconds: -60 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503, retryAfterSeconds: 60 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 402 },
  { kind: 'reset-before-charge' },
  { kind: 'reset-after-charge' },
  { kind: 'cut' },
  { kind: 'not-json', charged: true },
  { kind: 'empty-200' },
  { kind: 'redirect', to: 'https://elsewhere.example/' },
  { kind: 'repeat-page' },
  { kind: 'silence', ms: 300 },
  { kind: 'gateway', status: 204 },
  { kind: 'gateway', status: 408 },
  { kind: 'gateway', status: 499 },
  { kind: 'gateway', status: 502 },
  { kind: 'gateway', status: 504 },
  { kind: 'gateway', status: 524 },
  {
    kind: 'charged-error',
    status: 500,
    body: { success: false, error: 'Something went wrong, try again', credits_used: 1 },
  },
];

/** Lists of `accounts` accounts in pages of 70, from a provider with all these faults at random. */
export async function mixtures(
  environment: FaultEnvironment,
  { browser, pageActions }: Driven,
  { lists, accounts }: { readonly lists: number; readonly accounts: number },
  chance: Chance,
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const { emulator } = environment;
  const provider = 'sociavault';
  emulator.key({ provider, pageSize: 70 });
  for (let list = 0; list < lists; list += 1) {
    const handle = `mixed_${String(list)}`;
    emulator.population({ platform: 'x', handle, followers: accounts, following: 0 });
    emulator.keepConnections(false);
    const rules = FAULTS.map((fault) => {
      const drawn = new Map<number, boolean>();
      // If the list has just begun, the previous page belongs to another list.
      const when = (record: RequestRecord): boolean => {
        if (!isListPage(record) || cursorOf(record) === '') return false;
        const known = drawn.get(record.n) ?? chance.next() < SHARE;
        drawn.set(record.n, known);
        return known;
      };
      return { fault, rule: emulator.fault({ when, times: Infinity, do: fault }) };
    });
    const from = emulator.log.length;
    const id = await startRun(pageActions, { platform: 'x', handle, provider });
    const over = new AbortController();
    const dying = (async (): Promise<number> => {
      let times = 0;
      for (let turn = 0; turn < 4; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, chance.between(50, 1500)));
        if (over.signal.aborted) break;
        if (await browser.killWorker()) times += 1;
      }
      return times;
    })();
    let deaths = 0;
    try {
      await drive(pageActions, id, { continueAfter: ['stalled'], wakeBackground: true, timeout: 300_000 });
    } finally {
      over.abort();
      deaths = await dying;
    }
    emulator.clearRules();
    emulator.keepConnections(true);
    const affected = rules.reduce((sum, { rule }) => sum + rule.used, 0);
    // The provider itself charges again for these.
    const repeated = rules
      .filter(({ fault }) => fault.kind === 'repeat-page' || fault.kind === 'charged-error')
      .reduce((sum, { rule }) => sum + rule.used, 0);
    tally.faults += affected + deaths;
    const run = { id, provider, platform: 'x', handle, from } as const;
    const result = await checkResult(pageActions, emulator, run, {
      list: 'whole',
      ends: ['complete'],
      exact: false,
    });
    tally.inFlight += result.lostResponses + repeated;
    tally.add(result);
    report(
      `mixture ${String(list + 1)} of ${String(lists)}: ${String(affected)} faults, ${String(deaths)} terminations`,
    );
  }
  return tally.section('faults and terminations mixed');
}
