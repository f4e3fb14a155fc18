/** `npm test [-- STEP …]`: runs all checks and tests, or the named steps and the steps that they need. */
import { choose, schedule, type Ran } from './testing/schedule.ts';
import { CORES, STEPS } from './testing/steps.ts';

/** Enough for any single failure. Longer output is repetitive. */
const MAX_OUTPUT = 20_000;

function log(line: string): void {
  console.log(`  ${line}`);
}

function shortened(output: string): string {
  const text = output.trim();
  return text.length <= MAX_OUTPUT ? text : `[…]\n${text.slice(-MAX_OUTPUT)}`;
}

function report({ step, result, seconds }: Ran): void {
  const passed = result.failed === 0;
  const time = `${seconds.toFixed(1)} s`.padStart(8);
  const remark = passed ? result.output : `${result.failed} failed`;
  console.log(`${passed ? '✓' : '✗'} ${step.name.padEnd(10)}${time}  ${remark}`.trimEnd());
  if (!passed) console.log(`\n${shortened(result.output)}\n`);
}

function total(ran: readonly Ran[], of: 'passed' | 'failed'): number {
  return ran.reduce((sum, { result }) => sum + result[of], 0);
}

const began = performance.now();
let ran: readonly Ran[];
try {
  ran = await schedule(choose(STEPS, process.argv.slice(2)), CORES, log, report);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

const failures = ran.filter(({ result }) => result.failed > 0);
console.log(`\n${ran.length} steps in ${Math.round((performance.now() - began) / 1000)} s`);
if (failures.length > 0) console.log(`Failed: ${failures.map(({ step }) => step.name).join(', ')}`);
console.log(`${total(ran, 'passed')} passed, ${total(ran, 'failed')} failed`);
process.exit(failures.length > 0 ? 1 : 0);
