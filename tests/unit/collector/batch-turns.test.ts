import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayStartAt } from '../../../lib/collector/batch-turns.ts';
import { nextAlarm, nextRun } from '../../../lib/collector/scheduling.ts';
import { batchIdSchema } from '../../../lib/model/batch.ts';
import type { RunError } from '../../../lib/model/error.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import { turnOf, type Snapshot, type State } from '../../../lib/model/snapshot.ts';
import { movedInQueue, QUEUE_MOVES } from '../../../lib/store/queue-order.ts';
import { FRESH } from './machine-simulator.ts';

const NOW = FRESH.updatedAt + 1000;
const batch = batchIdSchema.parse('00000000-0000-4000-8000-0000000000aa');
const run = (state: State, rest: Partial<Snapshot> = {}): Snapshot => ({ ...FRESH, batch, state, ...rest });
const blocked = (trouble: RunError, rest: Partial<Snapshot> = {}): Snapshot =>
  run({ kind: 'blocked', trouble }, rest);
const waiting = (until: number, trouble: RunError, attempt = 1): Snapshot =>
  run({ kind: 'waiting', until, attempt, trouble });
const queued = run({ kind: 'queued' });
const unreadable: RunError = { kind: 'unreadable', status: 200, why: 'it is new' };
const tooFast: RunError = { kind: 'too-fast', said: null };

describe('the next profile of a batch', () => {
  it.each<RunError>([
    { kind: 'no-key' },
    { kind: 'locked' },
    { kind: 'bad-key', said: null },
    { kind: 'no-credit', required: null, available: null, said: null },
    { kind: 'no-permission', origin: 'https://provider.example' },
    { kind: 'redirect-refused' },
    { kind: 'storage', name: 'full' },
  ])('does not start while a run is blocked by what all of them would meet: $kind', (trouble) => {
    expect(mayStartAt([blocked(trouble), queued], -Infinity)).toBe(Infinity);
    expect(nextRun([blocked(trouble), queued], NOW)).toBeNull();
  });

  it('starts although a profile’s own error blocks a run', () => {
    expect(nextRun([blocked(unreadable), queued], NOW)).toMatchObject({ kind: 'run', snapshot: queued });
  });

  it('waits longer the more profiles failed in a row, and not at all once one succeeded', () => {
    const failed = (count: number): Snapshot[] => Array.from({ length: count }, () => blocked(unreadable));
    const at = FRESH.updatedAt;
    expect([2, 3, 4, 5].map((count) => mayStartAt(failed(count), -Infinity) - at)).toEqual([
      -Infinity,
      4_000,
      8_000,
      16_000,
    ]);
    expect(mayStartAt(failed(10), -Infinity)).toBe(Infinity);
    expect(mayStartAt(failed(10), at)).toBe(-Infinity);
    expect(nextRun([...failed(4), queued], NOW)).toEqual({ kind: 'wait', until: at + 8_000 });
    expect(nextAlarm([...failed(4), queued], NOW)).toBe(at + 8_000);
    expect(nextAlarm([...failed(10), queued], NOW)).toBeNull();
  });

  it('goes before a profile that was rate limited three times in a row', () => {
    const stuck = waiting(NOW - 1, tooFast, 3);
    expect(nextRun([stuck, queued], NOW)).toMatchObject({ kind: 'run', snapshot: queued });
    const once = waiting(NOW - 1, tooFast, 1);
    expect(nextRun([once, queued], NOW)).toMatchObject({ kind: 'run', snapshot: once });
    expect(nextRun([stuck], NOW)).toMatchObject({ kind: 'run', snapshot: stuck });
  });

  it('does not interrupt a run that has begun, whatever its place', () => {
    const running = run({ kind: 'running' });
    expect(nextRun([queued, running], NOW)).toMatchObject({ kind: 'run', snapshot: running });
  });
});

describe('the queue', () => {
  const queue = fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }).map((turns) =>
    turns
      .toSorted((a, b) => a - b)
      .map((turn, index) =>
        run(
          { kind: 'queued' },
          {
            id: snapshotIdSchema.parse(`00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`),
            turn,
          },
        ),
      ),
  );

  it('moves one run to where it is wanted, and changes no other order', () => {
    fc.assert(
      fc.property(queue, fc.nat(11), fc.constantFrom(...QUEUE_MOVES), (runs, at, to) => {
        const from = at % runs.length;
        const id = runs[from]?.id ?? FRESH.id;
        const changed = new Map(movedInQueue(runs, id, to).map((one) => [one.id, one]));
        const target = { up: from - 1, down: from + 1, first: 0, last: runs.length - 1 }[to];
        const after = runs
          .map((one) => changed.get(one.id) ?? one)
          .toSorted((a, b) => turnOf(a) - turnOf(b))
          .map((one) => one.id);
        const before = runs.map((one) => one.id);
        const isPossible = target >= 0 && target < runs.length;
        expect(after).toEqual(isPossible ? before.toSpliced(from, 1).toSpliced(target, 0, id) : before);
      }),
    );
  });
});
