import { expect, it } from 'vitest';
import { reduce } from '../../../lib/collector/machine/reduce.ts';
import { expectedEnd } from '../../../lib/collector/expected-end.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { FRESH } from './machine-simulator.ts';

const MINUTE = 60_000;

/** A list of a provider that allows 15 pages of 1,000 per 15 minutes: 15 seconds of pages, then a wait. */
function* rounds(count: number): Generator<{ readonly snapshot: Snapshot; readonly now: number }> {
  let now = FRESH.createdAt;
  let snapshot: Snapshot = {
    ...FRESH,
    resolvedAt: now,
    expected: 150_000,
    cap: 1_000,
    confirmed: true,
    estimate: { rows: 150_000, requests: 150, amount: 150, seconds: 9_000 },
    state: { kind: 'running' },
  };
  for (let round = 0; round < count; round += 1) {
    const begins = now;
    for (let page = 0; page < 15; page += 1) {
      snapshot = reduce(snapshot, { kind: 'sending', purpose: 'page', origin: 'https://a.example' }, now);
      now += 1_000;
      snapshot = reduce(
        snapshot,
        {
          kind: 'page',
          rules: { withoutNewUntilStalled: 3 },
          fillSize: 0,
          estimate: null,
          page: {
            rows: 1_000,
            duplicates: 0,
            unreadable: 0,
            next: null,
            moved: true,
            expected: null,
            charged: 1,
            listed: 1,
          },
        },
        now,
      );
      // Continues where the last page would end the list.
      snapshot = { ...snapshot, ending: null, endedAt: null, state: { kind: 'running' } };
      yield { snapshot, now };
    }
    const wait = begins + 15 * MINUTE - now;
    snapshot = reduce(
      snapshot,
      {
        kind: 'failed',
        reserve: 1,
        wait,
        failure: {
          trouble: { kind: 'too-fast', said: null },
          charged: 0,
          retryable: true,
          retryAfter: wait,
        },
      },
      now,
    );
    yield { snapshot, now };
    now += wait;
    yield { snapshot, now };
  }
}

it('the displayed end does not jump when waits for a rate limit begin and end', () => {
  const truth = FRESH.createdAt + 10 * 15 * MINUTE;
  const ends: number[] = [];
  for (const { snapshot, now } of rounds(9)) {
    // Before the first wait, it cannot be predicted.
    if (snapshot.pace?.wait !== undefined) ends.push(expectedEnd(snapshot, now) ?? NaN);
  }
  expect(ends.length).toBeGreaterThan(100);
  for (const end of ends) expect(Math.abs(end - truth)).toBeLessThan(MINUTE);
});

it('after a single wait long ago, the pace is the one measured since', () => {
  const from = FRESH.createdAt;
  const snapshot: Snapshot = {
    ...FRESH,
    state: { kind: 'running' },
    resolvedAt: from,
    expected: 10_000,
    rows: 4_000,
    filled: 4_000,
    pace: { from, rows: 0, wait: { until: from + MINUTE, rows: 300 } },
    updatedAt: from + 4 * MINUTE,
  };
  expect(expectedEnd(snapshot, snapshot.updatedAt)).toBe(from + 10 * MINUTE);
});
