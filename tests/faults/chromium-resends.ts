/**
 * Kept-alive connections that break after the provider has charged, in Chromium, over HTTP/1.1 and HTTP/2: after a
 * pause, after a wait requested by the provider, and in a background that has just started. The browser resends
 * such a request by itself. The ledger must record every resend, and nothing else may be charged.
 */
import type { RequestRecord } from '../emulator/exchange.ts';
import { until } from '../harness/until.ts';
import { drive } from './drive-run.ts';
import { message, snapshotOf, stateOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openFaultEnvironment, startRun, type Driven, type FaultEnvironment } from './environment.ts';
import { checkResult } from './check-result.ts';

const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;
/** Longer than a connection is always kept alive, but shorter than servers keep it. Milliseconds. */
const IDLE = 8_000;

interface BrokenConnection {
  readonly name: string;
  /** How many requests in a row break. */
  readonly times: number;
  /** What happens between the third page and the one that breaks. */
  readonly between: 'pause' | 'wait' | 'death';
}

const CASES: readonly BrokenConnection[] = [
  { name: 'after a pause', times: 1, between: 'pause' },
  { name: 'after a pause, twice', times: 2, between: 'pause' },
  { name: 'after a wait', times: 1, between: 'wait' },
  { name: 'after a termination of the background', times: 1, between: 'death' },
];

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, IDLE));
}

async function runCase(
  environment: FaultEnvironment,
  driven: Driven,
  testCase: BrokenConnection,
  index: number,
  tally: Tally,
) {
  const { emulator } = environment;
  const { browser, pageActions } = driven;
  const provider = 'sociavault';
  const handle = `resent_${String(index)}`;
  emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
  const from = emulator.log.length;
  const seen = new Set<number>();
  /** The number of this list page within the run, from 1. */
  const page = (record: RequestRecord): number =>
    record.n > from && isListPage(record) ? seen.add(record.n).size : 0;
  const waits = testCase.between === 'wait';
  const id = await (async () => {
    if (waits) {
      emulator.fault({
        when: (record) => page(record) === 4,
        do: { kind: 'status', status: 429, retryAfterSeconds: IDLE / 1000 },
      });
      return startRun(pageActions, { platform: 'x', handle, provider });
    }
    const hold = emulator.hold((record) => page(record) === 3, 'decided');
    const started = await startRun(pageActions, { platform: 'x', handle, provider });
    await hold.arrived;
    await message(pageActions, 'run.pause', { snapshotId: started });
    hold.release();
    return started;
  })();
  await until('the run to be idle', async () => {
    const { kind } = stateOf(await snapshotOf(pageActions, id));
    return kind === (waits ? 'waiting' : 'paused') ? true : null;
  });
  const broken = emulator.fault({
    when: (record) => record.n > from && isListPage(record),
    times: testCase.times,
    do: { kind: 'reset-after-charge' },
  });
  if (testCase.between === 'death') await browser.killWorker();
  if (!waits) {
    await idle();
    await message(pageActions, 'run.resume', { snapshotId: id });
  }
  const runErrors: string[] = [];
  await drive(pageActions, id, {
    wakeBackground: true,
    waitsFor: ['too-fast'],
    stops: (_, runError) => {
      runErrors.push(runError);
    },
  });
  emulator.clearRules();
  if (broken.used !== testCase.times)
    tally.breach(`${testCase.name}: the connection broke ${String(broken.used)} times`);
  tally.faults += broken.used;
  const wanted = testCase.times > 1 ? ['lost-answers'] : [];
  if (Array.from(new Set(runErrors)).join() !== wanted.join()) {
    tally.breach(`${testCase.name}: it reported [${runErrors.join()}], not [${wanted.join()}]`);
  }
  const run = { id, provider, platform: 'x', handle, from } as const;
  const result = await checkResult(pageActions, emulator, run, {
    list: 'whole',
    ends: ['complete'],
    exact: false,
  });
  tally.inFlight += result.lostResponses;
  tally.add({ ...result, breaches: result.breaches.map((breach) => `${testCase.name}: ${breach}`) });
  const { counted, charged, maybe } = result;
  tally.note(`${testCase.name}: provider ${String(counted)}, ledger ${String(charged)} + ${String(maybe)}`);
}

/** Runs all cases in a browser of their own, so that its connections are not mixed up with those of other sections. */
export async function resentInChromium(
  protocol: 'HTTP/1.1' | 'HTTP/2',
  report: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const environment = await openFaultEnvironment({ providers: ['sociavault'], http2: protocol === 'HTTP/2' });
  try {
    const driven = await environment.open();
    try {
      environment.emulator.key({ provider: 'sociavault', pageSize: ROWS_A_PAGE });
      for (const [index, testCase] of CASES.entries()) {
        await runCase(environment, driven, testCase, index, tally);
        report(`resent over ${protocol}: ${testCase.name}`);
      }
      const spoken = new Set(
        environment.emulator.log
          .filter(({ provider }) => provider !== null)
          .map(({ httpVersion }) => httpVersion),
      );
      const version = protocol === 'HTTP/2' ? '2.0' : '1.1';
      if (Array.from(spoken).join() !== version)
        tally.breach(`it used HTTP version ${Array.from(spoken).join()}`);
    } finally {
      await driven.browser.close();
    }
  } finally {
    await environment.close();
  }
  return tally.section(`resent over ${protocol}`);
}
