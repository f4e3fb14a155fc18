/** Every fault that is tested alone, and the expected result. */
import type { RequestRecord } from '../emulator/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { Fault } from '../emulator/faults.ts';
import type { PopulationOptions } from '../emulator/population/population.ts';
import { saveKey } from '../harness/options-page.ts';
import type { Driven, FaultEnvironment } from './environment.ts';
import type { Expectation } from './check-result.ts';

const NEW_KEY = 'sk_live_the_key_that_replaced_the_other_1';

export interface Scene {
  readonly environment: FaultEnvironment;
  readonly driven: Driven;
  readonly emulator: Emulator;
  /** Matches the fourth list page of the run, or that many pages starting with it. */
  readonly fourth: (times?: number) => (record: RequestRecord) => boolean;
}

export interface SingleFault {
  readonly name: string;
  readonly provider?: 'sociavault' | 'x-v2';
  readonly fault?: Fault;
  /** How many requests in a row are affected. Default: 1. */
  readonly times?: number;
  /** For faults that need more than one response. Returns a function that counts the affected requests. */
  readonly arrange?: (scene: Scene) => () => number;
  readonly population?: Partial<PopulationOptions>;
  /** The errors that the run must report, in order. */
  readonly runErrors?: readonly string[];
  /** The wait that the run must announce, in seconds, with tolerance for a busy machine. */
  readonly waits?: number;
  /** The price of another attempt at the last stop, in the provider's unit. */
  readonly price?: number;
  /** What a user does about it before resuming. */
  readonly fix?: (scene: Scene) => Promise<void>;
  readonly list?: Expectation;
  readonly ends?: readonly string[];
  readonly continueAfter?: readonly string[];
  /** Whether every response arrived and stated its cost. */
  readonly exact: boolean;
  /** Whether the provider reports less than it charges. */
  readonly claimsLess?: boolean;
  /** Pages that the provider charged for again through its own fault. */
  readonly paidAgain?: number;
  /** Resets reach the extension only on a fresh connection: on a kept-alive one, the browser resends the request. */
  readonly freshConnections?: boolean;
  /** Takes long and is skipped in the short version. */
  readonly slow?: boolean;
}

function status(
  code: 401 | 402 | 429 | 500 | 502 | 503,
  rest: Omit<Extract<Fault, { kind: 'status' }>, 'kind' | 'status'> = {},
): Fault {
  return { kind: 'status', status: code, ...rest };
}

/** Performs an action while the fourth list page is requested, before its response is decided. */
function beforeFourth(act: (scene: Scene) => void): (scene: Scene) => () => number {
  return (scene) => {
    let affected = 0;
    const hold = scene.emulator.hold(scene.fourth());
    void hold.arrived.then(() => {
      affected = 1;
      act(scene);
      hold.release();
    });
    return () => affected;
  };
}

/** A gateway's error page, once. */
function gateway(code: Extract<Fault, { kind: 'gateway' }>['status']): SingleFault {
  return {
    name: `a gateway's page, ${String(code)}`,
    fault: { kind: 'gateway', status: code },
    // On a kept-alive connection the browser itself resends the request after 408.
    freshConnections: true,
    runErrors: ['provider-broken'],
    exact: false,
  };
}

/** An error of SociaVault that it charges for. */
const CHARGED_ERROR = { success: false, error: 'Something went wrong, try again', credits_used: 1 };

function claimsNothing(body: unknown): unknown {
  return { ...(body as object), credits_used: 0 };
}

export const SINGLE_FAULTS: readonly SingleFault[] = [
  ...([408, 499, 502, 503, 504, 520, 522, 524] as const).map(gateway),
  {
    name: 'a gateway that sends nothing, 204',
    fault: { kind: 'gateway', status: 204 },
    runErrors: ['unreadable'],
    price: 1,
    exact: false,
  },
  {
    name: "two gateways' pages in a row",
    fault: { kind: 'gateway', status: 524 },
    times: 2,
    freshConnections: true,
    runErrors: ['provider-broken', 'provider-broken'],
    price: 1,
    exact: false,
  },
  {
    name: 'a charged error',
    fault: { kind: 'charged-error', status: 500, body: CHARGED_ERROR },
    runErrors: ['provider-broken'],
    exact: true,
    paidAgain: 1,
  },
  {
    name: 'charged errors, in a row',
    fault: { kind: 'charged-error', status: 500, body: CHARGED_ERROR },
    times: 2,
    runErrors: ['provider-broken', 'provider-broken'],
    price: 1,
    exact: true,
    paidAgain: 2,
  },
  {
    name: 'charged rate-limit responses, in a row',
    fault: { kind: 'charged-error', status: 429, body: CHARGED_ERROR },
    times: 2,
    runErrors: ['too-fast', 'too-fast'],
    price: 1,
    exact: true,
    paidAgain: 2,
  },
  {
    name: 'responses that claim to be free',
    fault: { kind: 'edit', edit: claimsNothing },
    times: Infinity,
    exact: false,
    claimsLess: true,
  },
  {
    name: '429 with the time of its reset',
    provider: 'x-v2',
    fault: status(429, { resetInSeconds: 900 }),
    runErrors: ['too-fast'],
    waits: 900,
    exact: true,
  },
  {
    name: '429 with Retry-After',
    fault: status(429, { retryAfterSeconds: 120 }),
    runErrors: ['too-fast'],
    waits: 120,
    exact: true,
  },
  { name: '429 without headers', fault: status(429), runErrors: ['too-fast'], waits: 4, exact: true },
  {
    name: '429 with a reset in the past',
    provider: 'x-v2',
    fault: status(429, { resetInSeconds: -900 }),
    runErrors: ['too-fast'],
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
    runErrors: ['too-fast'],
    waits: 900,
    exact: true,
  },
  { name: '500', fault: status(500), runErrors: ['provider-broken'], waits: 4, exact: true },
  { name: '502', fault: status(502), runErrors: ['provider-broken'], waits: 4, exact: true },
  {
    name: '503 with Retry-After',
    fault: status(503, { retryAfterSeconds: 300 }),
    runErrors: ['provider-broken'],
    waits: 300,
    exact: true,
  },
  {
    name: '402 partway, then a top-up',
    arrange: beforeFourth(({ emulator }) => emulator.key({ provider: 'sociavault', balance: 0 })),
    fix: ({ emulator }) => {
      emulator.key({ provider: 'sociavault', balance: Infinity });
      return Promise.resolve();
    },
    runErrors: ['no-credit'],
    exact: true,
  },
  {
    name: 'reset before the charge',
    fault: { kind: 'reset-before-charge' },
    runErrors: ['unreachable'],
    exact: false,
    freshConnections: true,
  },
  {
    name: 'reset after the charge',
    fault: { kind: 'reset-after-charge' },
    runErrors: ['unreachable'],
    exact: false,
    freshConnections: true,
  },
  {
    name: 'three resets in a row',
    fault: { kind: 'reset-after-charge' },
    times: 3,
    // One repetition, then one approval each.
    runErrors: ['unreachable', 'lost-answers', 'lost-answers'],
    price: 1,
    exact: false,
    freshConnections: true,
  },
  {
    name: 'a kept-alive connection reset after the charge',
    fault: { kind: 'reset-after-charge' },
    exact: false,
  },
  {
    name: 'a reset kept-alive connection, and the next one too',
    fault: { kind: 'reset-after-charge' },
    times: 2,
    // The browser's own resend was the one repetition.
    runErrors: ['lost-answers'],
    price: 1,
    exact: false,
  },
  { name: 'a truncated response', fault: { kind: 'cut' }, runErrors: ['unreachable'], exact: false },
  {
    name: 'HTML, charged',
    fault: { kind: 'not-json', charged: true },
    runErrors: ['unreadable'],
    exact: false,
  },
  { name: 'HTML, free', fault: { kind: 'not-json' }, runErrors: ['unreadable'], exact: false },
  { name: 'an empty 200', fault: { kind: 'empty-200' }, runErrors: ['unreadable'], exact: false },
  {
    name: '100 MB',
    fault: { kind: 'huge', bytes: 100 * 1024 * 1024 },
    runErrors: ['too-large'],
    exact: false,
    slow: true,
  },
  {
    name: 'a redirect to another host',
    fault: { kind: 'redirect', to: 'https://elsewhere.example/' },
    runErrors: ['redirect-refused'],
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
    name: 'a repeated page',
    fault: { kind: 'repeat-page' },
    ends: ['complete'],
    continueAfter: ['stalled'],
    exact: true,
    paidAgain: 1,
  },
  {
    name: 'two swapped pages',
    fault: { kind: 'swap-pages', held: { reply: null } },
    times: 2,
    list: 'whole-in-any-order',
    continueAfter: ['stalled'],
    exact: true,
    paidAgain: 2,
  },
  {
    name: 'a cursor that never ends',
    fault: { kind: 'endless' },
    times: Infinity,
    list: 'beginning',
    ends: ['stalled'],
    exact: true,
  },
  {
    name: '401 partway, then another key',
    arrange: beforeFourth(({ emulator }) => {
      emulator.revoke('sociavault');
    }),
    fix: async ({ emulator, driven }) => {
      emulator.key({ provider: 'sociavault', key: NEW_KEY, balance: Infinity, rateLimit: null });
      await saveKey(driven.browser, 'SociaVault', NEW_KEY);
    },
    runErrors: ['bad-key'],
    exact: true,
  },
];
