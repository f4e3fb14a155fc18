/**
 * Simulates the state machine with control over time, randomness, and terminations, and tracks the truth
 * independently: how far the list is, and what the provider counted. Checks the invariants after every event.
 */
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { estimateOf } from '../../../lib/collector/estimate.ts';
import type { Event } from '../../../lib/collector/machine/events.ts';
import { plan, waitsUntil } from '../../../lib/collector/machine/plan.ts';
import { reduce } from '../../../lib/collector/machine/reduce.ts';
import { LOSSES_UNTIL_BLOCKED } from '../../../lib/collector/machine/state.ts';
import type { RunError } from '../../../lib/model/error.ts';
import {
  accountIdSchema,
  cursorSchema,
  providerIdSchema,
  snapshotIdSchema,
  type Cursor,
} from '../../../lib/model/ids.ts';
import { handleSchema, unknownFacts } from '../../../lib/model/profile.ts';
import { countedSpending, type Snapshot, type State } from '../../../lib/model/snapshot.ts';
import type { PageRules } from '../../../lib/providers/adapter.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';

const T0 = Date.UTC(2026, 10, 21);

interface Setting {
  readonly followers: number;
  readonly pageSize: number;
  /** 0 if pages are priced instead of rows. */
  readonly perRow: number;
  /** The minimum price of a page. */
  readonly atLeast: number;
  /** The smallest page that can be requested; `null` if every page is full. */
  readonly least: number | null;
  readonly cap: number;
  readonly confirmed: boolean;
  readonly howMany: number | null;
  readonly monthly: number | null;
  /** A limit that it shares with other runs. */
  readonly shared: number | null;
}

/** The possible results of a request. */
const fates = [
  'answer',
  'answer',
  'answer',
  /** Charged, but reported as free. */
  'claims-nothing',
  'lost',
  'lost-charged',
  'broken',
  /** A gateway's error page in place of a response that was charged. */
  'gateway',
  /** An error of the provider itself, charged. */
  'charged-error',
  'charged-too-fast',
  'too-fast',
  'refused',
  /** The browser sent it twice by itself, and both were charged. */
  'resent',
  'resent-lost',
  'death',
] as const;
type Fate = (typeof fates)[number];

/** A single event. */
type Move =
  | {
      readonly kind: 'step';
      readonly fate: Fate;
    }
  /** Clocks jump back and forth, and alarms are late. */
  | { readonly kind: 'clock'; readonly by: number }
  | { readonly kind: 'user'; readonly act: 'pause' | 'resume' | 'stop' | 'confirm' | 'continue' }
  | { readonly kind: 'offline' }
  /** The storage fails as a whole, and works again. */
  | { readonly kind: 'storage' }
  | { readonly kind: 'room' }
  /** Other runs spend from the shared limit. */
  | { readonly kind: 'others'; readonly by: number };

export const setting: fc.Arbitrary<Setting> = fc.record({
  followers: fc.nat(60),
  pageSize: fc.integer({ min: 1, max: 12 }),
  perRow: fc.constantFrom(0, 0, 1, 10),
  atLeast: fc.constantFrom(0, 0, 3),
  least: fc.constantFrom(1, 1, 4, null),
  cap: fc.nat(80),
  confirmed: fc.boolean(),
  howMany: fc.option(fc.integer({ min: 1, max: 70 }), { nil: null }),
  monthly: fc.option(fc.nat(100), { nil: null }),
  shared: fc.option(fc.nat(100), { nil: null }),
});

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(...fates).map((fate) => ({ kind: 'step', fate }) as const),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: -3_600_000, max: 7_200_000 }).map((by) => ({ kind: 'clock', by }) as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('pause', 'resume', 'stop', 'confirm', 'continue')
      .map((act) => ({ kind: 'user', act }) as const),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'offline' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'storage' } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'room' } as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }).map((by) => ({ kind: 'others', by }) as const) },
);

/** A list that was just requested and of which nothing is known. */
export const FRESH: Snapshot = {
  id: snapshotIdSchema.parse('00000000-0000-4000-8000-000000000001'),
  platform: 'x',
  handle: handleSchema.parse('someone'),
  handleKey: 'someone',
  profileId: null,
  resolvedAt: null,
  relation: 'followers',
  provider: providerIdSchema.parse('bench'),
  startedFrom: 'own',
  createdAt: T0,
  startedAt: null,
  updatedAt: T0,
  endedAt: null,
  pace: null,
  openedAt: null,
  state: { kind: 'queued' },
  facts: null,
  hinted: false,
  expected: null,
  howMany: null,
  unit: 'credits',
  cap: 0,
  confirmed: false,
  estimate: null,
  pages: 0,
  rows: 0,
  duplicates: 0,
  unreadable: 0,
  charged: 0,
  maybeCharged: 0,
  pagesWithoutNew: 0,
  losses: 0,
  attempt: 0,
  filled: 0,
  ending: null,
};

type Failing = Exclude<Fate, 'answer' | 'claims-nothing' | 'resent' | 'death'>;
const unreachable: ProviderFailure = {
  trouble: { kind: 'unreachable' },
  charged: null,
  retryable: true,
  retryAfter: null,
};
/** For a failure that the provider charged, `charged` is filled in when it happens. */
const failures: Readonly<Record<Failing, ProviderFailure>> = {
  lost: unreachable,
  'lost-charged': unreachable,
  'resent-lost': unreachable,
  gateway: {
    trouble: { kind: 'provider-broken', status: 504, said: null },
    charged: null,
    retryable: true,
    retryAfter: null,
  },
  'charged-error': {
    trouble: { kind: 'provider-broken', status: 200, said: null },
    charged: 1,
    retryable: true,
    retryAfter: null,
  },
  'charged-too-fast': {
    trouble: { kind: 'too-fast', said: null },
    charged: 1,
    retryable: true,
    retryAfter: null,
  },
  broken: {
    trouble: { kind: 'provider-broken', status: 500, said: null },
    charged: 0,
    retryable: true,
    retryAfter: null,
  },
  'too-fast': { trouble: { kind: 'too-fast', said: null }, charged: 0, retryable: true, retryAfter: 900_000 },
  refused: { trouble: { kind: 'bad-key', said: null }, charged: 0, retryable: false, retryAfter: null },
};

function priceOf(runError: RunError): number | null {
  return runError.kind === 'lost-answers' ? (runError.price ?? null) : null;
}

function hold(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(what);
}

export class MachineSimulator {
  readonly setting: Setting;
  readonly rules: PageRules;
  now = T0;
  listed = 0;
  counted = 0;
  cursor: Cursor | null = null;
  atEnd = false;
  snapshot: Snapshot;
  /** Consecutive requests without a response that failed and were charged or may have been. */
  lost = 0;
  /** Charges that were reported as free. */
  hidden = 0;
  /** The state that the storage error interrupted; `null` if it did not interrupt the run. */
  stopped: State | null = null;

  constructor(given: Setting) {
    this.setting = given;
    const adjustable = given.perRow > 0 && given.least !== null;
    const least = Math.min(given.pageSize, given.least ?? 1);
    this.rules = { most: given.pageSize, least, adjustable, seconds: 1, withoutNewUntilStalled: 3 };
    const { howMany, cap, confirmed } = given;
    this.snapshot = { ...FRESH, howMany, cap, confirmed };
  }

  get adapter() {
    const { perRow, atLeast } = this.setting;
    const perRequest = perRow === 0 ? 1 : 0;
    const price = {
      unit: 'credits',
      perRequest,
      perRow,
      perPageAtLeast: atLeast,
      resolve: perRow === 0 ? 1 : perRow,
      perFill: 0,
    } as const;
    return { price, pages: () => this.rules, fillSize: 0 };
  }

  happens(event: Event): void {
    const before = this.snapshot;
    this.snapshot = reduce(before, event, this.now);
    this.check(before, event);
  }

  /** Invariants that hold after every event. */
  check(before: Snapshot, event: Event): void {
    const { snapshot } = this;
    hold('the charged amount never decreases', snapshot.charged >= before.charged);
    hold('the number of rows never decreases', snapshot.rows >= before.rows);
    hold('the counter equals the list', snapshot.rows === this.listed);
    // An outcome is final, unless the user continues, or the last page of a stopped run turns out to be the list's
    // last page.
    if (before.state.kind === 'ended' && event.kind !== 'continue' && event.kind !== 'page') {
      deepStrictEqual(snapshot.state, before.state);
    }
    if (snapshot.state.kind === 'ended' && snapshot.state.outcome.kind === 'complete') {
      hold('a complete list is whole', this.listed >= 0.95 * this.setting.followers);
    }
  }

  monthlyLeft(): number | null {
    const { monthly } = this.setting;
    return monthly === null ? null : monthly - countedSpending(this.snapshot);
  }

  /** What the other runs have spent of the shared limit. They exceed it as little as this one. */
  others = 0;

  sharedLeft(): number | null {
    const { shared } = this.setting;
    return shared === null ? null : shared - this.others - countedSpending(this.snapshot);
  }

  step(fate: Extract<Move, { kind: 'step' }>['fate']): void {
    const { cursor, atEnd, adapter, now } = this;
    const [monthlyLeft, sharedLeft] = [this.monthlyLeft(), this.sharedLeft()];
    const planned = plan(this.snapshot, { now, cursor, atEnd, adapter, monthlyLeft, sharedLeft });
    switch (planned.kind) {
      case 'rest':
      case 'wait':
        return;
      case 'approval':
        this.happens({ kind: 'approval-needed' });
        return;
      case 'finish':
        this.happens({ kind: 'finish' });
        return;
      case 'limit':
        this.happens({ kind: 'limited', by: planned.by });
        return;
      case 'fill':
        throw new Error('Nothing is to be filled in.');
      case 'resolve':
      case 'page':
        break;
    }
    const { reserve } = planned;
    const limit = planned.kind === 'page' ? planned.limit : 0;
    this.happens({ kind: 'sending', purpose: planned.kind, origin: 'https://bench.example' });
    const { followers, perRow, atLeast } = this.setting;
    // A provider with fixed pages ignores the number that is requested, and others raise it to their smallest page.
    const size = this.rules.adjustable ? Math.max(limit, this.rules.least ?? 1) : this.rules.most;
    const to = Math.min(followers, this.listed + (planned.kind === 'page' ? size : 0));
    const rows = to - this.listed;
    const cost = planned.kind === 'resolve' ? reserve : Math.max(atLeast, perRow === 0 ? 1 : rows * perRow);
    hold('a request is sent within the limits', countedSpending(this.snapshot) + reserve <= this.limitNow());
    const free: readonly Fate[] = ['lost', 'broken', 'too-fast', 'refused', 'death'];
    if (!free.includes(fate)) this.counted += cost;
    hold('no limit is exceeded', this.counted <= this.limitNow());
    hold('a failure that costs is retried once', this.lost < LOSSES_UNTIL_BLOCKED);
    this.meets(fate, planned.kind, { reserve, to, cost });
  }

  meets(
    fate: Fate,
    purpose: 'resolve' | 'page',
    { reserve, to, cost }: { readonly reserve: number; readonly to: number; readonly cost: number },
  ): void {
    switch (fate) {
      case 'resent':
      case 'resent-lost':
        // No limit can prevent this resend by the browser; from here on it is counted.
        this.counted += reserve;
        this.overrun += reserve;
        this.lost += 1;
        this.happens({ kind: 'resent', reserve });
        break;
      case 'claims-nothing':
        this.hidden += cost;
        break;
      default:
        break;
    }
    switch (fate) {
      case 'answer':
      case 'claims-nothing':
      case 'resent': {
        this.lost = 0;
        const claimed = fate === 'claims-nothing' ? 0 : cost;
        if (purpose === 'resolve') this.resolved(claimed, cost);
        else this.page(to, claimed, cost);
        break;
      }
      case 'death':
        this.lost += 1;
        this.happens({ kind: 'interrupted', reserve });
        break;
      default: {
        const known = failures[fate];
        const failure = known.charged === 1 ? { ...known, charged: cost } : known;
        if (failure.charged !== 0) this.lost += 1;
        this.happens({ kind: 'failed', failure, reserve, wait: failure.retryAfter ?? 4000 });
        if (this.lost >= LOSSES_UNTIL_BLOCKED) this.mustAsk(reserve);
      }
    }
  }

  /** After paying twice for nothing, the run states the price of a third attempt, or has reached its limit. */
  mustAsk(price: number): void {
    const { state } = this.snapshot;
    if (state.kind === 'ended' || state.kind === 'paused') return;
    const received = state.kind === 'blocked' ? (state.price ?? priceOf(state.trouble)) : null;
    hold('the price of another attempt is stated', received === price);
  }

  /** The amount by which the browser's own resend may exceed a limit. */
  overrun = 0;

  limitNow(): number {
    const { monthly, shared } = this.setting;
    const limits = [this.snapshot.cap, monthly ?? Infinity, (shared ?? Infinity) - this.others];
    return Math.min(...limits) + this.overrun;
  }

  resolved(charged: number, listed: number): void {
    const facts = { ...unknownFacts, followers: this.setting.followers };
    const known = { ...this.snapshot, expected: facts.followers };
    this.happens({
      kind: 'resolved',
      resolved: { id: accountIdSchema.parse('1'), handle: this.snapshot.handle, facts, charged },
      estimate: estimateOf(this.adapter, known),
      listed,
    });
  }

  page(to: number, charged: number, listed: number): void {
    const rows = to - this.listed;
    this.listed = to;
    this.atEnd = to >= this.setting.followers;
    this.cursor = this.atEnd ? null : cursorSchema.parse(String(to));
    this.happens({
      kind: 'page',
      rules: this.rules,
      fillSize: 0,
      estimate: null,
      page: {
        rows,
        duplicates: 0,
        unreadable: 0,
        next: this.cursor,
        moved: true,
        expected: null,
        charged,
        listed,
      },
    });
  }

  /** A storage error stops only what would continue by itself: neither waiting runs nor runs that need approval. */
  storage(): void {
    const before = this.snapshot;
    const { kind } = before.state;
    const isStopped =
      kind === 'queued' ||
      kind === 'resolving' ||
      kind === 'running' ||
      (kind === 'waiting' && waitsUntil(before, this.now) === null);
    this.happens({ kind: 'blocked', trouble: { kind: 'storage', name: 'full' } });
    if (isStopped) {
      deepStrictEqual(this.snapshot.state, { kind: 'blocked', trouble: { kind: 'storage', name: 'full' } });
      this.stopped = before.state;
    } else deepStrictEqual(this.snapshot, before);
  }

  /** There is space again: what the storage error stopped resumes unchanged, and nothing else changes. */
  room(): void {
    const before = this.snapshot;
    const { state } = before;
    const wasStopped = state.kind === 'blocked' && state.trouble.kind === 'storage';
    hold('only a storage error stops with its error', !wasStopped || this.stopped !== null);
    this.happens({ kind: 'storage-works' });
    if (!wasStopped) {
      deepStrictEqual(this.snapshot, before);
      return;
    }
    const going = before.resolvedAt === null ? 'resolving' : 'running';
    deepStrictEqual(this.snapshot, { ...before, state: { kind: going }, updatedAt: this.now });
    this.stopped = null;
  }

  user(act: Extract<Move, { kind: 'user' }>['act']): void {
    const { howMany, resolvedAt } = this.snapshot;
    // An approval covers one attempt.
    const approves = act === 'resume' || (act === 'confirm' && this.snapshot.state.kind === 'confirming');
    if (approves) this.lost = Math.min(this.lost, LOSSES_UNTIL_BLOCKED - 1);
    if (act === 'continue' && this.snapshot.state.kind === 'ended') this.lost = 0;
    // What the user approves pays for a lookup and the largest page.
    const cap = countedSpending(this.snapshot) + Math.max(20, 10 * this.rules.most);
    if (act === 'confirm') {
      const lookUp = resolvedAt === null ? this.adapter.price.resolve : 0;
      const estimate = estimateOf(this.adapter, this.snapshot);
      this.happens({ kind: 'confirm', howMany, cap, estimate, lookUp });
    } else if (act === 'continue') {
      const estimate = estimateOf(this.adapter, this.snapshot);
      this.happens({ kind: 'continue', howMany: null, cap, estimate, needsApproval: false });
    } else this.happens({ kind: act });
  }

  move(next: Move): void {
    switch (next.kind) {
      case 'step':
        this.step(next.fate);
        break;
      case 'clock':
        this.now += next.by;
        break;
      case 'user':
        this.user(next.act);
        break;
      case 'offline':
        if (this.snapshot.state.kind === 'running') this.happens({ kind: 'offline', wait: 30_000 });
        break;
      case 'storage':
        this.storage();
        break;
      case 'room':
        this.room();
        break;
      case 'others':
        this.others += Math.min(next.by, Math.max(0, this.sharedLeft() ?? 0));
        break;
    }
    const { charged, maybeCharged, undercharged = 0 } = this.snapshot;
    hold('only real charges are recorded', charged <= this.counted);
    hold('every charge is recorded', this.counted - this.hidden <= charged + maybeCharged);
    hold('charges reported as free are counted', this.hidden <= undercharged);
  }

  /** Without further disruptions, and with a user who approves everything, the list must be completed. */
  finish(): void {
    for (let tries = 0; tries < 400; tries += 1) {
      const { state } = this.snapshot;
      if (
        state.kind === 'ended' &&
        (state.outcome.kind === 'complete' || state.outcome.kind === 'ended-early')
      )
        return;
      if (state.kind === 'waiting') this.now = Math.max(this.now, state.until);
      if (state.kind === 'paused' || state.kind === 'blocked') this.user('resume');
      else if (state.kind === 'confirming') this.user('confirm');
      else if (state.kind === 'ended') this.user('continue');
      else this.step('answer');
    }
    throw new Error(`It did not end: ${JSON.stringify(this.snapshot.state)}`);
  }
}
