import { describe, expect, test } from 'vitest';
import { choose, schedule } from '../../../scripts/testing/schedule.ts';
import type { Step, StepResult } from '../../../scripts/testing/steps.ts';

const PASSED: StepResult = { passed: 1, failed: 0, output: '' };
const FAILED: StepResult = { passed: 2, failed: 1, output: 'why' };

function quiet(): void {
  // These tests check only results.
}

function step(name: string, more: Partial<Step> = {}): Step {
  return { name, needs: [], weight: 1, run: () => Promise.resolve(PASSED), ...more };
}

describe('choosing steps', () => {
  const steps = [step('build'), step('lint', { needs: ['build'] }), step('unit', { needs: ['build'] })];

  test('selects all in order if none is named', () => {
    expect(choose(steps, [])).toEqual(steps);
  });

  test('selects the named steps and their dependencies', () => {
    expect(choose(steps, ['unit']).map(({ name }) => name)).toEqual(['build', 'unit']);
  });

  test('rejects an unknown name, and lists the known ones', () => {
    expect(() => choose(steps, ['units'])).toThrow('build, lint, unit');
  });
});

describe('running steps', () => {
  test('stays within the number of cores, and starts what fits', async () => {
    let now = 0;
    let most = 0;
    const busy = (weight: 1 | 2) => async (): Promise<StepResult> => {
      now += weight;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= weight;
      return PASSED;
    };
    const steps = ([1, 2, 1, 1, 2] as const).map((weight, index) =>
      step(`s${index}`, { weight, run: busy(weight) }),
    );
    const ran = await schedule(steps, 2, quiet, quiet);
    expect(ran).toHaveLength(5);
    expect(most).toBe(2);
  });

  test('runs a step that needs more cores than there are, alone', async () => {
    const ran = await schedule([step('heavy', { weight: 2 }), step('light')], 1, quiet, quiet);
    expect(ran.map(({ result }) => result.failed)).toEqual([0, 0]);
  });

  test('continues after a failure, but not with steps that depend on the failed one', async () => {
    let began = false;
    const steps = [
      step('build', { run: () => Promise.resolve(FAILED) }),
      step('e2e', {
        needs: ['build'],
        run: () => {
          began = true;
          return Promise.resolve(PASSED);
        },
      }),
      step('format'),
    ];
    const ran = await schedule(steps, 2, quiet, quiet);
    const failed = Object.fromEntries(ran.map((one) => [one.step.name, one.result.failed]));
    expect(failed).toEqual({ build: 1, e2e: 1, format: 0 });
    expect(began).toBe(false);
  });

  test('counts a step that throws as failed, with the reason', async () => {
    const ran = await schedule(
      [step('odd', { run: () => Promise.reject(new Error('broken pipe')) })],
      1,
      quiet,
      quiet,
    );
    expect(ran[0]?.result).toMatchObject({ passed: 0, failed: 1 });
    expect(ran[0]?.result.output).toContain('broken pipe');
  });
});
