/**
 * Kept connections that break after the provider has charged, in Chromium, over HTTP/1.1 and HTTP/2: after a pause, after
 * a wait that the provider asked for, and in a background that has just started. The browser sends such a request again
 * by itself. The ledger must say so each time, and pay for no more than that.
 */
import type { RequestRecord } from '../emulator/exchange.ts';
import { until } from '../harness/until.ts';
import { drive } from './drive-run.ts';
import { message, snapshotOf, stateOf } from './page-actions.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { openStand, startRun, type Driven, type Stand } from './environment.ts';
import { judge } from './check-result.ts';

const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;
/** Longer than a connection is surely kept, shorter than servers keep it. Milliseconds. */
const IDLE = 8_000;

interface Coming {
  readonly name: string;
  /** How many requests in a row break. */
  readonly times: number;
  /** What happens between the third page and the one that breaks. */
  readonly between: 'pause' | 'wait' | 'death';
}

const COMINGS: readonly Coming[] = [
  { name: 'after a pause', times: 1, between: 'pause' },
  { name: 'after a pause, twice', times: 2, between: 'pause' },
  { name: 'after a wait', times: 1, between: 'wait' },
  { name: 'after the death of the background', times: 1, between: 'death' },
];

function idle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, IDLE));
}

async function strike(stand: Stand, driven: Driven, coming: Coming, index: number, tally: Tally) {
  const { emulator } = stand;
  const { browser, hands } = driven;
  const provider = 'sociavault';
  const handle = `resent_${String(index)}`;
  emulator.population({ platform: 'x', handle, followers: ACCOUNTS, following: 0 });
  const from = emulator.log.length;
  const seen = new Set<number>();
  /** Which list page of the run this is, from 1. */
  const page = (record: RequestRecord): number =>
    record.n > from && isListPage(record) ? seen.add(record.n).size : 0;
  const waits = coming.between === 'wait';
  const id = await (async () => {
    if (waits) {
      emulator.fault({
        when: (record) => page(record) === 4,
        do: { kind: 'status', status: 429, retryAfterSeconds: IDLE / 1000 },
      });
      return startRun(hands, { platform: 'x', handle, provider });
    }
    const hold = emulator.hold((record) => page(record) === 3, 'decided');
    const started = await startRun(hands, { platform: 'x', handle, provider });
    await hold.arrived;
    await message(hands, 'run.pause', { snapshotId: started });
    hold.release();
    return started;
  })();
  await until('the run to rest', async () => {
    const { kind } = stateOf(await snapshotOf(hands, id));
    return kind === (waits ? 'waiting' : 'paused') ? true : null;
  });
  const broken = emulator.fault({
    when: (record) => record.n > from && isListPage(record),
    times: coming.times,
    do: { kind: 'reset-after-charge' },
  });
  if (coming.between === 'death') await browser.killWorker();
  if (!waits) {
    await idle();
    await message(hands, 'run.resume', { snapshotId: id });
  }
  const troubles: string[] = [];
  await drive(hands, id, {
    wakes: true,
    waitsFor: ['too-fast'],
    stops: (_, trouble) => {
      troubles.push(trouble);
    },
  });
  emulator.clearRules();
  if (broken.used !== coming.times) tally.breach(`${coming.name}: it broke ${String(broken.used)} times`);
  tally.faults += broken.used;
  const wanted = coming.times > 1 ? ['lost-answers'] : [];
  if (Array.from(new Set(troubles)).join() !== wanted.join()) {
    tally.breach(`${coming.name}: it told of [${troubles.join()}], not of [${wanted.join()}]`);
  }
  const run = { id, provider, platform: 'x', handle, from } as const;
  const verdict = await judge(hands, emulator, run, { list: 'whole', ends: ['complete'], exact: false });
  tally.inFlight += verdict.lostAnswers;
  tally.add({ ...verdict, breaches: verdict.breaches.map((breach) => `${coming.name}: ${breach}`) });
  const { counted, charged, maybe } = verdict;
  tally.note(`${coming.name}: provider ${String(counted)}, ledger ${String(charged)} + ${String(maybe)}`);
}

/** All of them, in a browser of their own: what it knows of connections is not to be mixed up with other sections'. */
export async function resentInChromium(
  protocol: 'HTTP/1.1' | 'HTTP/2',
  tell: (line: string) => void,
): Promise<Section> {
  const tally = new Tally();
  const stand = await openStand({ providers: ['sociavault'], http2: protocol === 'HTTP/2' });
  try {
    const driven = await stand.open();
    try {
      stand.emulator.key({ provider: 'sociavault', pageSize: ROWS_A_PAGE });
      for (const [index, coming] of COMINGS.entries()) {
        await strike(stand, driven, coming, index, tally);
        tell(`resent over ${protocol}: ${coming.name}`);
      }
      const spoken = new Set(
        stand.emulator.log.filter(({ provider }) => provider !== null).map(({ httpVersion }) => httpVersion),
      );
      const version = protocol === 'HTTP/2' ? '2.0' : '1.1';
      if (Array.from(spoken).join() !== version) tally.breach(`it spoke ${Array.from(spoken).join()}`);
    } finally {
      await driven.browser.close();
    }
  } finally {
    await stand.close();
  }
  return tally.section(`resent over ${protocol}`);
}
