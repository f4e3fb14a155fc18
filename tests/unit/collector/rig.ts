/**
 * The machine with hands on time, chance and death, and beside it the plain truth: how far the list is, and what the
 * provider counted. What must always hold is checked after every event.
 */
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { estimateOf } from '../../../lib/collector/estimate.ts';
import { plan, reduce, waitsUntil, type Event } from '../../../lib/collector/machine.ts';
import {
  accountIdSchema,
  cursorSchema,
  handleSchema,
  providerIdSchema,
  snapshotIdSchema,
  unknownFacts,
  type Cursor,
  type Snapshot,
  type State,
} from '../../../lib/model.ts';
import type { PageRules } from '../../../lib/providers/adapter.ts';
import type { ProviderFailure } from '../../../lib/providers/failure.ts';

const T0 = Date.UTC(2026, 10, 21);

interface Setting {
  readonly followers: number;
  readonly pageSize: number;
  /** 0 where pages are priced and not rows. */
  readonly perRow: number;
  readonly cap: number;
  readonly confirmed: boolean;
  readonly howMany: number | null;
  readonly monthly: number | null;
}

/** What happens, one thing at a time. */
type Move =
  | {
      readonly kind: 'step';
      readonly fate: 'answer' | 'lost' | 'lost-charged' | 'broken' | 'too-fast' | 'refused' | 'death';
    }
  /** Clocks jump back as well as forth, and alarms come late. */
  | { readonly kind: 'clock'; readonly by: number }
  | { readonly kind: 'user'; readonly act: 'pause' | 'resume' | 'stop' | 'confirm' | 'continue' }
  | { readonly kind: 'offline' }
  /** The storage fails as a whole, and works again. */
  | { readonly kind: 'storage' }
  | { readonly kind: 'room' };

export const setting: fc.Arbitrary<Setting> = fc.record({
  followers: fc.nat(60),
  pageSize: fc.integer({ min: 1, max: 12 }),
  perRow: fc.constantFrom(0, 0, 1, 10),
  cap: fc.nat(80),
  confirmed: fc.boolean(),
  howMany: fc.option(fc.integer({ min: 1, max: 70 }), { nil: null }),
  monthly: fc.option(fc.nat(100), { nil: null }),
});

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(
        'answer',
        'answer',
        'answer',
        'lost',
        'lost-charged',
        'broken',
        'too-fast',
        'refused',
        'death',
      )
      .map((fate) => ({ kind: 'step', fate }) as const),
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
);

/** A list that was just asked for, of which nothing is known. */
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

const failures: Readonly<Record<'lost' | 'broken' | 'too-fast' | 'refused', ProviderFailure>> = {
  lost: { trouble: { kind: 'unreachable' }, charged: null, retryable: true, retryAfter: null },
  broken: {
    trouble: { kind: 'provider-broken', status: 500, said: null },
    charged: 0,
    retryable: true,
    retryAfter: null,
  },
  'too-fast': { trouble: { kind: 'too-fast', said: null }, charged: 0, retryable: true, retryAfter: 900_000 },
  refused: { trouble: { kind: 'bad-key', said: null }, charged: 0, retryable: false, retryAfter: null },
};

function hold(what: string, holds: boolean): void {
  if (!holds) throw new Error(what);
}

export class Rig {
  readonly setting: Setting;
  readonly rules: PageRules;
  now = T0;
  listed = 0;
  counted = 0;
  cursor: Cursor | null = null;
  atEnd = false;
  snapshot: Snapshot;
  /** Answers lost in a row since one came, or the user acted. */
  lost = 0;
  /** The state that the storage stopped; `null` when it did not stop the run. */
  stopped: State | null = null;

  constructor(given: Setting) {
    this.setting = given;
    const adjustable = given.perRow > 0;
    this.rules = { most: given.pageSize, adjustable, seconds: 1, withoutNewUntilStalled: 3 };
    const { howMany, cap, confirmed } = given;
    this.snapshot = { ...FRESH, howMany, cap, confirmed };
  }

  get adapter() {
    const { perRow } = this.setting;
    const perRequest = perRow === 0 ? 1 : 0;
    const price = {
      unit: 'credits',
      perRequest,
      perRow,
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

  /** What must hold after every event, whatever it was. */
  check(before: Snapshot, event: Event): void {
    const { snapshot } = this;
    hold('what was charged never gets less', snapshot.charged >= before.charged);
    hold('rows never get fewer', snapshot.rows >= before.rows);
    hold('the counter is the list', snapshot.rows === this.listed);
    // An outcome stands, unless the user goes on, or the last page of a stopped run turns out to be the last.
    if (before.state.kind === 'ended' && event.kind !== 'continue' && event.kind !== 'page') {
      deepStrictEqual(snapshot.state, before.state);
    }
    if (snapshot.state.kind === 'ended' && snapshot.state.outcome.kind === 'complete') {
      hold('complete means whole', this.listed >= 0.95 * this.setting.followers);
    }
  }

  monthlyLeft(): number | null {
    const { monthly } = this.setting;
    return monthly === null ? null : monthly - this.snapshot.charged - this.snapshot.maybeCharged;
  }

  step(fate: Extract<Move, { kind: 'step' }>['fate']): void {
    const { cursor, atEnd, adapter, now } = this;
    const planned = plan(this.snapshot, { now, cursor, atEnd, adapter, monthlyLeft: this.monthlyLeft() });
    switch (planned.kind) {
      case 'rest':
      case 'wait':
        return;
      case 'ask':
      case 'finish':
        this.happens({ kind: planned.kind });
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
    const { followers, perRow } = this.setting;
    const to = Math.min(followers, this.listed + limit);
    const cost = planned.kind === 'resolve' ? reserve : perRow === 0 ? 1 : (to - this.listed) * perRow;
    if (fate === 'answer' || fate === 'lost-charged') this.counted += cost;
    hold('no limit is passed', this.counted <= this.limitNow());
    hold('after three losses in a row the user decides', this.lost < 3);
    this.lost = fate === 'lost' || fate === 'lost-charged' || fate === 'death' ? this.lost + 1 : this.lost;
    if (fate === 'answer') this.lost = 0;
    if (fate === 'death') this.happens({ kind: 'interrupted', reserve });
    else if (fate !== 'answer') {
      const failure = failures[fate === 'lost-charged' ? 'lost' : fate];
      this.happens({ kind: 'failed', failure, reserve, wait: failure.retryAfter ?? 4000 });
    } else if (planned.kind === 'resolve') this.resolved(cost);
    else this.page(to, cost);
  }

  limitNow(): number {
    return Math.min(this.snapshot.cap, this.setting.monthly ?? Infinity);
  }

  resolved(charged: number): void {
    const facts = { ...unknownFacts, followers: this.setting.followers };
    const known = { ...this.snapshot, expected: facts.followers };
    this.happens({
      kind: 'resolved',
      resolved: { id: accountIdSchema.parse('1'), handle: this.snapshot.handle, facts, charged },
      estimate: estimateOf(this.adapter, known),
    });
  }

  page(to: number, charged: number): void {
    const rows = to - this.listed;
    this.listed = to;
    this.atEnd = to >= this.setting.followers;
    this.cursor = this.atEnd ? null : cursorSchema.parse(String(to));
    this.happens({
      kind: 'page',
      rules: this.rules,
      fillSize: 0,
      estimate: null,
      page: { rows, duplicates: 0, unreadable: 0, next: this.cursor, moved: true, expected: null, charged },
    });
  }

  /** The storage stops what would go on by itself, and nothing else: neither what waits nor what asks the user. */
  storage(): void {
    const before = this.snapshot;
    const { kind } = before.state;
    const goes =
      kind === 'queued' ||
      kind === 'resolving' ||
      kind === 'running' ||
      (kind === 'waiting' && waitsUntil(before, this.now) === null);
    this.happens({ kind: 'blocked', trouble: { kind: 'storage', name: 'full' } });
    if (goes) {
      deepStrictEqual(this.snapshot.state, { kind: 'blocked', trouble: { kind: 'storage', name: 'full' } });
      this.stopped = before.state;
    } else deepStrictEqual(this.snapshot, before);
  }

  /** There is room: what the storage stopped goes on as if it had not been, and nothing else changes. */
  room(): void {
    const before = this.snapshot;
    const { state } = before;
    const wasStopped = state.kind === 'blocked' && state.trouble.kind === 'storage';
    hold('only the storage stops with its trouble', !wasStopped || this.stopped !== null);
    this.happens({ kind: 'room' });
    if (!wasStopped) {
      deepStrictEqual(this.snapshot, before);
      return;
    }
    const going = before.resolvedAt === null ? 'resolving' : 'running';
    deepStrictEqual(this.snapshot, { ...before, state: { kind: going }, updatedAt: this.now });
    this.stopped = null;
  }

  user(act: Extract<Move, { kind: 'user' }>['act']): void {
    this.lost = 0;
    const { howMany } = this.snapshot;
    const cap = this.snapshot.charged + this.snapshot.maybeCharged + 20;
    if (act === 'confirm') {
      this.happens({ kind: 'confirm', howMany, cap, estimate: estimateOf(this.adapter, this.snapshot) });
    } else if (act === 'continue') {
      const estimate = estimateOf(this.adapter, this.snapshot);
      this.happens({ kind: 'continue', howMany: null, cap, estimate, asks: false });
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
    }
    const { charged, maybeCharged } = this.snapshot;
    hold('nothing is charged that was not', charged <= this.counted);
    hold('nothing is charged unsaid', this.counted <= charged + maybeCharged);
  }

  /** With no more mishaps, and a user who says yes to everything, the list must become whole. */
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
