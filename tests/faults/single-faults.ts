/** Every fault alone, on a list of eight pages, with the page in the middle struck. */
import type { ProviderName, RequestRecord } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Fault, RuleHandle } from '../emulator/faults.ts';
import type { PopulationOptions } from '../emulator/population/population.ts';
import { saveKey } from '../harness/options-page.ts';
import { drive } from './drive.ts';
import { stateOf, type Row } from './hands.ts';
import { isListPage } from './requests.ts';
import { Tally, type Section } from './section.ts';
import { providerName, startRun, type Driven, type Stand } from './stand.ts';
import { judge, type Expectation } from './verdict.ts';

const ROWS_A_PAGE = 70;
const ACCOUNTS = 8 * ROWS_A_PAGE;
const NEW_KEY = 'sk_live_the_key_that_replaced_the_other_1';

interface Scene {
  readonly stand: Stand;
  readonly driven: Driven;
  readonly emulator: Emulator;
  /** Accepts the fourth list page of the run, or so many from it on. */
  readonly fourth: (times?: number) => (record: RequestRecord) => boolean;
}

export interface SingleFault {
  readonly name: string;
  readonly provider?: 'sociavault' | 'x-v2';
  readonly fault?: Fault;
  /** How many requests in a row are struck; 1 unless said otherwise. */
  readonly times?: number;
  /** For faults that are more than one answer. Returns how many requests they struck. */
  readonly arrange?: (scene: Scene) => () => number;
  readonly population?: Partial<PopulationOptions>;
  /** The troubles that the run must tell of, in order. */
  readonly troubles?: readonly string[];
  /** How long it must say that it waits, in seconds, give or take what a busy machine takes. */
  readonly waits?: number;
  /** What a user does about it before trying again. */
  readonly mend?: (scene: Scene) => Promise<void>;
  readonly list?: Expectation;
  readonly ends?: readonly string[];
  readonly goOnAfter?: readonly string[];
  /** Whether every answer arrived and said what it cost. */
  readonly exact: boolean;
  /** Pages that the provider made us pay for again by its own mistake. */
  readonly paidAgain?: number;
  /** Resets reach us only on a fresh connection: on a kept one the browser sends the request again by itself. */
  readonly freshConnections?: boolean;
  /** Takes long: left out of the short form. */
  readonly slow?: boolean;
}

function status(
  code: 401 | 402 | 429 | 500 | 502 | 503,
  rest: Omit<Extract<Fault, { kind: 'status' }>, 'kind' | 'status'> = {},
): Fault {
  return { kind: 'status', status: code, ...rest };
}

/** Does something while the fourth list page is asked for, before it is decided on. */
function beforeFourth(act: (scene: Scene) => void): (scene: Scene) => () => number {
  return (scene) => {
    let struck = 0;
    const hold = scene.emulator.hold(scene.fourth());
    void hold.arrived.then(() => {
      struck = 1;
      act(scene);
      hold.release();
    });
    return () => struck;
  };
}

export const SINGLE_FAULTS: readonly SingleFault[] = [
  {
    name: '429 with the time of its reset',
    provider: 'x-v2',
    fault: status(429, { resetInSeconds: 900 }),
    troubles: ['too-fast'],
    waits: 900,
    exact: true,
  },
  {
    name: '429 with Retry-After',
    fault: status(429, { retryAfterSeconds: 120 }),
    troubles: ['too-fast'],
    waits: 120,
    exact: true,
  },
  { name: '429 without headers', fault: status(429), troubles: ['too-fast'], waits: 4, exact: true },
  {
    name: '429 with a reset in the past',
    provider: 'x-v2',
    fault: status(429, { resetInSeconds: -900 }),
    troubles: ['too-fast'],
    waits: 4,
    exact: true,
  },
  {
    name: '429 with a reset in milliseconds',
    provider: 'x-v2',
    arrange: ({ emulator, fourth }) => {
      const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': String(Date.now() + 900_000) };
      const rule = emulator.fault({ when: fourth(), do: status(429, { headers }) });
      return () => rule.used;
    },
    troubles: ['too-fast'],
    waits: 900,
    exact: true,
  },
  { name: '500', fault: status(500), troubles: ['provider-broken'], waits: 4, exact: true },
  { name: '502', fault: status(502), troubles: ['provider-broken'], waits: 4, exact: true },
  {
    name: '503 with Retry-After',
    fault: status(503, { retryAfterSeconds: 300 }),
    troubles: ['provider-broken'],
    waits: 300,
    exact: true,
  },
  {
    name: '402 half-way, then refilled',
    arrange: beforeFourth(({ emulator }) => emulator.key({ provider: 'sociavault', balance: 0 })),
    mend: ({ emulator }) => {
      emulator.key({ provider: 'sociavault', balance: Infinity });
      return Promise.resolve();
    },
    troubles: ['no-credit'],
    exact: true,
  },
  {
    name: 'reset before the charge',
    fault: { kind: 'reset-before-charge' },
    troubles: ['unreachable'],
    exact: false,
    freshConnections: true,
  },
  {
    name: 'reset after the charge',
    fault: { kind: 'reset-after-charge' },
    troubles: ['unreachable'],
    exact: false,
    freshConnections: true,
  },
  {
    name: 'three resets in a row',
    fault: { kind: 'reset-after-charge' },
    times: 3,
    troubles: ['unreachable', 'unreachable', 'lost-answers'],
    exact: false,
    freshConnections: true,
  },
  { name: 'a kept connection reset after the charge', fault: { kind: 'reset-after-charge' }, exact: false },
  {
    name: 'a kept connection reset, and the next one too',
    fault: { kind: 'reset-after-charge' },
    times: 2,
    troubles: ['unreachable'],
    exact: false,
  },
  { name: 'an answer cut in the middle', fault: { kind: 'cut' }, troubles: ['unreachable'], exact: false },
  {
    name: 'HTML, charged',
    fault: { kind: 'not-json', charged: true },
    troubles: ['unreadable'],
    exact: false,
  },
  { name: 'HTML, free', fault: { kind: 'not-json' }, troubles: ['unreadable'], exact: false },
  {
    name: 'a gateway’s page after the charge',
    fault: { kind: 'not-json', charged: true, status: 502 },
    troubles: ['provider-broken'],
    exact: false,
  },
  { name: 'an empty 200', fault: { kind: 'empty-200' }, troubles: ['unreadable'], exact: false },
  {
    name: '100 MB',
    fault: { kind: 'huge', bytes: 100 * 1024 * 1024 },
    troubles: ['too-large'],
    exact: false,
    slow: true,
  },
  {
    name: 'a redirect to another host',
    fault: { kind: 'redirect', to: 'https://elsewhere.example/' },
    troubles: ['redirect-refused'],
    exact: false,
  },
  {
    name: 'a total that is too high',
    population: { claims: { followers: 9_999 } },
    ends: ['ended-early'],
    exact: true,
  },
  {
    name: 'a total that is too low',
    population: { claims: { followers: 100 } },
    ends: ['complete'],
    exact: true,
  },
  {
    name: 'a page once more',
    fault: { kind: 'repeat-page' },
    ends: ['complete'],
    goOnAfter: ['stalled'],
    exact: true,
    paidAgain: 1,
  },
  {
    name: 'two pages that changed places',
    fault: { kind: 'swap-pages', held: { answer: null } },
    times: 2,
    list: 'whole-in-any-order',
    goOnAfter: ['stalled'],
    exact: true,
    paidAgain: 2,
  },
  {
    name: 'a cursor without end',
    fault: { kind: 'endless' },
    times: Infinity,
    list: 'beginning',
    ends: ['stalled'],
    exact: true,
  },
  {
    name: '401 half-way, then another key',
    arrange: beforeFourth(({ emulator }) => {
      emulator.revoke('sociavault');
    }),
    mend: async ({ emulator, driven }) => {
      emulator.key({ provider: 'sociavault', key: NEW_KEY, balance: Infinity, rateLimit: null });
      await saveKey(driven.browser, 'SociaVault', NEW_KEY);
    },
    troubles: ['bad-key'],
    exact: true,
  },
];

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
  const id = await startRun(driven.hands, { platform: 'x', handle, provider });
  await drive(driven.hands, id, {
    goOnAfter: fault.goOnAfter ?? [],
    stops: (snapshot, trouble) => {
      // A look may come twice before what was asked for has happened.
      const now = `${trouble} ${String(snapshot['updatedAt'])}`;
      if (now === last) return;
      last = now;
      troubles.push(trouble);
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
