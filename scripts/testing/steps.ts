import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from '../browsers/chromium.ts';
import { ensureFirefox } from '../browsers/firefox.ts';
import { runTool } from '../command.ts';
import { BROWSERS, buildExtension } from '../extension.ts';

/** The result of a step. A check counts as one; a step with tests counts its tests. */
export interface StepResult {
  readonly passed: number;
  readonly failed: number;
  /** The output of a failure, or a short remark on success. */
  readonly output: string;
}

export interface Step {
  readonly name: string;
  /** Names of steps that must pass first. They run too if this step is selected. */
  readonly needs: readonly string[];
  /** The number of cores that it uses. */
  readonly weight: 1 | 2;
  readonly run: (log: (line: string) => void) => Promise<StepResult>;
}

/** Limits of steps end what hangs. They are far above what a busy computer needs. */
const MINUTES = 60_000;

/** Disables colors, because the output may not be shown in a terminal. */
const PLAIN = { NO_COLOR: '1', FORCE_COLOR: '0' };

interface CheckOptions {
  readonly command?: string;
  readonly timeout?: number;
}

async function check(
  packageName: string,
  args: readonly string[],
  { command = packageName, timeout = 30 * MINUTES }: CheckOptions = {},
): Promise<StepResult> {
  const ended = await runTool(packageName, args, { command, timeout, env: PLAIN });
  if (ended.code === 0) return { passed: 1, failed: 0, output: '' };
  const late = ended.timedOut ? `\nStopped after ${timeout / MINUTES} minutes.` : '';
  return { passed: 0, failed: 1, output: ended.output + late };
}

/** The fields of Vitest's JSON report that are used. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
}

/**
 * Runs one of Vitest's projects and counts its tests. Skipped tests count as failed, because they verify nothing. A
 * project without tests fails, and so does one that fails outside of its tests.
 */
async function tests(project: string, timeout: number): Promise<StepResult> {
  const folder = await mkdtemp(join(tmpdir(), 'followledger-report-'));
  const file = join(folder, 'report.json');
  try {
    const ended = await runTool(
      'vitest',
      ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { timeout, env: PLAIN },
    );
    let report: Report;
    try {
      report = JSON.parse(await readFile(file, 'utf8')) as Report;
    } catch (error) {
      const late = ended.timedOut ? ` Stopped after ${timeout / MINUTES} minutes.` : '';
      const why = error instanceof Error ? error.message : String(error);
      return { passed: 0, failed: 1, output: `${ended.output}\nNo report of the tests.${late} (${why})` };
    }
    const passed = report.numPassedTests;
    const skipped = report.numPendingTests + report.numTodoTests;
    const failed = report.numFailedTests + skipped;
    if (ended.code === 0 && failed === 0 && passed > 0)
      return { passed, failed: 0, output: `${passed} tests` };
    const remark = skipped > 0 ? `\n${skipped} skipped, counted as failed.` : '';
    return { passed, failed: Math.max(failed, 1), output: ended.output + remark };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs a browser before its tests if necessary, so that a missing browser is one message and not many failures. */
async function withBrowser(
  ensure: (log: (line: string) => void) => Promise<unknown>,
  log: (line: string) => void,
  then: () => Promise<StepResult>,
): Promise<StepResult> {
  try {
    await ensure(log);
  } catch (error) {
    return { passed: 0, failed: 1, output: error instanceof Error ? error.message : String(error) };
  }
  return then();
}

async function build(): Promise<StepResult> {
  // Sequentially, because both write the generated types.
  for (const browser of BROWSERS) {
    try {
      await buildExtension(browser);
    } catch (error) {
      return { passed: 0, failed: 1, output: error instanceof Error ? error.message : String(error) };
    }
  }
  return { passed: 1, failed: 0, output: BROWSERS.join(', ') };
}

const SOURCES = ['lib', 'entrypoints', 'components', 'tests', 'scripts'];

async function imports(): Promise<StepResult> {
  const results = [
    await check('dependency-cruiser', ['--config', '.dependency-cruiser.mjs', ...SOURCES], {
      command: 'depcruise',
    }),
    await check('dependency-cruiser', ['--config', '.dependency-cruiser.content.mjs', 'entrypoints'], {
      command: 'depcruise',
    }),
  ];
  return results.find((result) => result.failed > 0) ?? { passed: 1, failed: 0, output: '' };
}

/** How many steps of weight 1 run concurrently. More than two would compete for memory. */
export const CORES = Math.min(2, availableParallelism());

/** All steps of `npm test`, in the order of the report. */
export const STEPS: readonly Step[] = [
  // Also generates types that types, lint, and tests need.
  { name: 'build', needs: [], weight: 2, run: build },
  {
    name: 'format',
    needs: ['build'],
    weight: 1,
    run: () => check('prettier', ['--check', '--log-level=warn', '.']),
  },
  {
    name: 'types',
    needs: ['build'],
    weight: 1,
    run: () => check('typescript', ['--noEmit'], { command: 'tsc' }),
  },
  { name: 'lint', needs: ['build'], weight: 1, run: () => check('eslint', ['--max-warnings=0', '.']) },
  { name: 'unused', needs: ['build'], weight: 1, run: () => check('knip', ['--no-progress']) },
  { name: 'imports', needs: ['build'], weight: 1, run: imports },
  { name: 'unit', needs: ['build'], weight: 2, run: () => tests('unit', 30 * MINUTES) },
  { name: 'structure', needs: ['build'], weight: 1, run: () => tests('structure', 15 * MINUTES) },
  {
    // Two browsers run concurrently but are often idle, so another step can run too.
    name: 'e2e',
    needs: ['build'],
    weight: 1,
    run: (log) => withBrowser(ensureChromium, log, () => tests('e2e', 50 * MINUTES)),
  },
  {
    name: 'firefox',
    needs: ['build'],
    weight: 1,
    run: (log) => withBrowser(ensureFirefox, log, () => tests('firefox', 30 * MINUTES)),
  },
];
