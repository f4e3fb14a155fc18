import { describe, expect, it } from 'vitest';
import {
  needsOtherProvider,
  nextAlarm,
  nextRun,
  waitsForKey,
  waitsForStorage,
} from '../../../lib/collector/scheduling.ts';
import type { RunError } from '../../../lib/model/error.ts';
import type { Snapshot, State } from '../../../lib/model/snapshot.ts';
import { FRESH } from './machine-simulator.ts';

const NOW = FRESH.updatedAt + 1000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

const run = (state: State): Snapshot => ({ ...FRESH, state });
const queued = run({ kind: 'queued' });
const blockedBy = (runError: RunError): State => ({ kind: 'blocked', trouble: runError });
const storageError = (name: string): State => blockedBy({ kind: 'storage', name });

function waiting(milliseconds: number, kind: 'too-fast' | 'unreachable' = 'unreachable'): Snapshot {
  const runError: RunError = kind === 'too-fast' ? { kind, said: null } : { kind };
  return run({ kind: 'waiting', until: NOW + milliseconds, attempt: 1, trouble: runError });
}

const INACTIVE: readonly State[] = [
  { kind: 'confirming' },
  blockedBy({ kind: 'no-key' }),
  { kind: 'paused' },
];

describe('the next run of a provider', () => {
  it('is none if there are no runs, or none that continues by itself', () => {
    expect(nextRun([], NOW)).toBeNull();
    expect(nextRun(INACTIVE.map(run), NOW)).toBeNull();
  });

  it.each<State>([{ kind: 'queued' }, { kind: 'resolving' }, { kind: 'running' }])(
    'is the oldest one that can continue: $kind',
    (state) => {
      const oldest = run(state);
      const runs = [...INACTIVE.map(run), oldest, run({ kind: 'running' })];
      expect(nextRun(runs, NOW)).toEqual({ kind: 'run', snapshot: oldest, until: Infinity });
    },
  );

  it('is one whose wait is over', () => {
    const over = waiting(0);
    expect(nextRun([over, queued], NOW)).toEqual({ kind: 'run', snapshot: over, until: Infinity });
  });

  it('is one whose wait was recorded at a time that is still in the future', () => {
    const before = FRESH.updatedAt - 2 * MINUTE;
    const late = waiting(60 * MINUTE);
    expect(nextRun([late], before)).toEqual({ kind: 'run', snapshot: late, until: Infinity });
  });

  it('may continue until the first wait of another run is over', () => {
    const runs = [waiting(20 * SECOND), waiting(10 * SECOND), queued];
    expect(nextRun(runs, NOW)).toEqual({ kind: 'run', snapshot: queued, until: NOW + 10 * SECOND });
  });

  it('has to be waited for if all of them wait, until the first wait is over', () => {
    const runs = [waiting(20 * SECOND), waiting(10 * SECOND)];
    expect(nextRun(runs, NOW)).toEqual({ kind: 'wait', until: NOW + 10 * SECOND });
  });

  it('waits for the last rate limit of any run, because all of them share the key', () => {
    const runs = [
      queued,
      waiting(10 * SECOND, 'too-fast'),
      waiting(5 * SECOND),
      waiting(20 * SECOND, 'too-fast'),
    ];
    expect(nextRun(runs, NOW)).toEqual({ kind: 'wait', until: NOW + 20 * SECOND });
  });

  it('does not wait for a rate limit that is over', () => {
    const runs = [waiting(-1, 'too-fast'), queued];
    expect(nextRun(runs, NOW)).toMatchObject({ kind: 'run', snapshot: runs[0] });
  });
});

describe('the next alarm', () => {
  it('is not set if nothing continues by itself', () => {
    expect(nextAlarm([], NOW)).toBeNull();
    expect(nextAlarm(INACTIVE.map(run), NOW)).toBeNull();
    expect(nextAlarm([run(storageError('newer'))], NOW)).toBeNull();
  });

  it.each<readonly [string, Snapshot, number]>([
    ['30 seconds after a termination, for a run in progress', run({ kind: 'running' }), 30 * SECOND],
    ['30 seconds later, for a queued run', queued, 30 * SECOND],
    ['30 seconds later, for a storage that may work then', run(storageError('full')), 30 * SECOND],
    ['at the end of a wait', waiting(5 * MINUTE), 5 * MINUTE],
    ['now, after the end of a wait', waiting(-MINUTE), 0],
    ['after at most 15 minutes, because the clock may be set meanwhile', waiting(60 * MINUTE), 15 * MINUTE],
  ])('is %s', (_, snapshot, after) => {
    expect(nextAlarm([snapshot], NOW)).toBe(NOW + after);
  });

  it('is the earliest of all', () => {
    expect(nextAlarm([queued, waiting(MINUTE), waiting(10 * SECOND)], NOW)).toBe(NOW + 10 * SECOND);
  });
});

describe('what a run waits for', () => {
  it.each<readonly [State, boolean]>([
    [storageError('full'), true],
    [storageError('TypeError'), true],
    [storageError('outdated'), false],
    [storageError('upgrade'), false],
    [blockedBy({ kind: 'no-key' }), false],
    [{ kind: 'running' }, false],
  ])('is a storage that works again: %j, %s', (state, expected) => {
    expect(waitsForStorage(state)).toBe(expected);
  });

  it.each<readonly [State, boolean]>([
    [blockedBy({ kind: 'no-key' }), true],
    [blockedBy({ kind: 'bad-key', said: null }), true],
    [blockedBy({ kind: 'locked' }), true],
    [blockedBy({ kind: 'no-permission', origin: 'https://provider.example' }), true],
    [storageError('full'), false],
    [{ kind: 'paused' }, false],
  ])('is a key: %j, %s', (state, expected) => {
    expect(waitsForKey(state)).toBe(expected);
  });
});

describe('a run that its provider cannot collect', () => {
  const unknown = run(blockedBy({ kind: 'unknown-provider' }));
  const adapter = { supports: () => true, price: { unit: FRESH.unit } };

  it('is one without an adapter, of a list that it does not support, or at a price in another unit', () => {
    expect(needsOtherProvider(queued, undefined)).toBe(true);
    expect(needsOtherProvider(queued, { ...adapter, supports: () => false })).toBe(true);
    const unit = FRESH.unit === 'usd' ? 'credits' : 'usd';
    expect(needsOtherProvider(queued, { ...adapter, price: { unit } })).toBe(true);
    expect(needsOtherProvider(queued, adapter)).toBe(false);
  });

  it('is not blocked again', () => {
    expect(needsOtherProvider(unknown, undefined)).toBe(false);
  });
});
