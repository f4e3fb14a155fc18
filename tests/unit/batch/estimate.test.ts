import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateBatch } from '../../../lib/batch/estimate.ts';
import { estimateRun } from '../../../lib/collector/estimate.ts';
import { progressOf } from '../../../lib/batch/progress.ts';
import { batchIdSchema, type Batch } from '../../../lib/model/batch.ts';
import { budgetIdSchema } from '../../../lib/model/budget.ts';
import { snapshotIdSchema } from '../../../lib/model/ids.ts';
import type { Snapshot, State } from '../../../lib/model/snapshot.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { FRESH } from '../collector/machine-simulator.ts';

describe('the price of many profiles', () => {
  const platform = 'x';
  const count = fc.option(fc.nat(5_000), { nil: null });

  it('is in its range, whatever the counts that are not known turn out to be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(count, fc.nat(5_000))),
        fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: null }),
        (profiles, howMany) => {
          const counts = profiles.map(([known]) => known);
          const { from, to, known } = estimateBatch(sociavault, { platform, howMany, counts });
          const real = profiles.reduce((sum, [stated, real]) => {
            const all = stated ?? real;
            const rows = howMany === null ? all : Math.min(all, howMany);
            return (
              sum + (estimateRun(sociavault, { platform, rows, listed: all, resolved: false }).amount ?? 0)
            );
          }, 0);
          expect(real).toBeGreaterThanOrEqual(from);
          expect(real).toBeLessThanOrEqual(to ?? Infinity);
          expect(known).toBe(counts.filter((one) => one !== null).length);
          expect(to === null).toBe(howMany === null && counts.includes(null));
        },
      ),
    );
  });
});

describe('how far a batch is', () => {
  const id = batchIdSchema.parse('00000000-0000-4000-8000-0000000000aa');
  const states: readonly (readonly [State, number, string])[] = [
    [{ kind: 'queued' }, 0, 'queued'],
    [{ kind: 'running' }, 5, 'running'],
    [{ kind: 'paused' }, 0, 'paused'],
    [{ kind: 'blocked', trouble: { kind: 'no-key' } }, 0, 'attention'],
    [{ kind: 'ended', outcome: { kind: 'complete' } }, 0, 'collected'],
    [{ kind: 'ended', outcome: { kind: 'capped', by: 'rows' } }, 9, 'collected'],
    [{ kind: 'ended', outcome: { kind: 'capped', by: 'shared' } }, 9, 'partial'],
    [{ kind: 'ended', outcome: { kind: 'capped', by: 'shared' } }, 0, 'failed'],
    [{ kind: 'ended', outcome: { kind: 'stalled' } }, 3, 'partial'],
    [
      { kind: 'ended', outcome: { kind: 'failed', trouble: { kind: 'private-profile', said: null } } },
      0,
      'failed',
    ],
  ];
  const runs = states.map(([state, rows], index): Snapshot => ({
    ...FRESH,
    id: snapshotIdSchema.parse(`00000000-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`),
    batch: id,
    state,
    rows,
  }));
  const batch: Batch = {
    id,
    createdAt: 0,
    platform: 'x',
    relation: 'followers',
    provider: FRESH.provider,
    howMany: null,
    budget: budgetIdSchema.parse('00000000-0000-4000-8000-0000000000bb'),
    lines: runs.map(({ id: list, handle }) => ({ handle, list })),
  };

  it('says of each line what became of it, and counts each once', () => {
    const progress = progressOf(batch, (list) => runs.find((run) => run.id === list) ?? null);
    expect(progress.lines.map(({ state }) => state)).toEqual(states.map(([, , expected]) => expected));
    expect(Object.values(progress.counts).reduce((a, b) => a + b)).toBe(runs.length);
    expect(progress.done).toBe(6);
    expect(progress.lists.map(({ rows }) => rows)).toEqual([5, 9, 9, 3]);
  });

  it('a list that existed before, and one that was deleted, are said to be so', () => {
    const { batch: _, ...before } = runs[4] ?? FRESH;
    const progress = progressOf(batch, (list) => (list === before.id ? before : null));
    expect(progress.counts).toMatchObject({ elsewhere: 1, gone: runs.length - 1 });
  });
});
