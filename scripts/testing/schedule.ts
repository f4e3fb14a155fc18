import type { Step, StepResult } from './steps.ts';

/** A step that ran, or was skipped because a step that it needs failed (`seconds` is then 0). */
export interface Ran {
  readonly step: Step;
  readonly result: StepResult;
  readonly seconds: number;
}

/** The named steps and those that they need, in their usual order; all steps if no name is given. @throws Error for unknown names */
export function choose(steps: readonly Step[], names: readonly string[]): readonly Step[] {
  if (names.length === 0) return steps;
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const step = steps.find((candidate) => candidate.name === name);
    if (!step) throw new Error(`No step "${name}". Steps: ${steps.map((known) => known.name).join(', ')}.`);
    wanted.add(name);
    step.needs.forEach(want);
  };
  names.forEach(want);
  return steps.filter((step) => wanted.has(step.name));
}

/**
 * Runs each step after those that it needs, and as many concurrently as the cores allow by weight. Continues after a
 * failure; only steps that need the failed one are not run and count as failed.
 */
export async function schedule(
  steps: readonly Step[],
  cores: number,
  log: (line: string) => void,
  done: (ran: Ran) => void,
): Promise<readonly Ran[]> {
  const waiting = [...steps];
  const running = new Map<Step, Promise<void>>();
  const finished = new Map<string, Ran>();

  const finish = (ran: Ran): void => {
    finished.set(ran.step.name, ran);
    done(ran);
  };
  const start = (step: Step): void => {
    const began = performance.now();
    running.set(
      step,
      step
        .run(log)
        .catch((error: unknown): StepResult => {
          const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
          return { passed: 0, failed: 1, output };
        })
        .then((result) => {
          running.delete(step);
          finish({ step, result, seconds: (performance.now() - began) / 1000 });
        }),
    );
  };
  const free = (): number => cores - [...running.keys()].reduce((sum, step) => sum + step.weight, 0);

  while (waiting.length > 0 || running.size > 0) {
    for (const step of [...waiting]) {
      const needed = step.needs.map((name) => finished.get(name));
      if (needed.some((ran) => ran === undefined)) continue;
      const broken = needed.find((ran) => ran !== undefined && ran.result.failed > 0);
      if (broken) {
        waiting.splice(waiting.indexOf(step), 1);
        const output = `Not run: it needs "${broken.step.name}".`;
        finish({ step, result: { passed: 0, failed: 1, output }, seconds: 0 });
      } else if (free() >= step.weight || running.size === 0) {
        waiting.splice(waiting.indexOf(step), 1);
        start(step);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  return [...finished.values()];
}
