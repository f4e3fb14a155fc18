/**
 * `npm run test:faults [-- --seed N] [--json FILE] [--short] [--only NAME] [--strict-pace]`: tests process kills, network
 * faults, and limits in real browsers with the emulator. It prints a table and exits with code 1 if any invariant was
 * violated. A seed repeats the random choices of a run, but not its exact timing.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Pace } from '../tests/faults/pace.ts';
import { runSuite } from '../tests/faults/suite.ts';
import { table } from '../tests/faults/result-table.ts';
import { buildExtension } from './extension.ts';

/** Milliseconds. The suite takes a third of this on two cores. */
const TIMEOUT = 60 * 60_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1e9)) },
    json: { type: 'string' },
    short: { type: 'boolean', default: false },
    only: { type: 'string' },
    'strict-pace': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const began = performance.now();

function log(line: string): void {
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${String(seconds).padStart(5)} s  ${line}`);
}

/** Reports pages that are slower than allowed on an otherwise idle machine. */
function slow({ rowsPerPage, median, early, late }: Pace): string[] {
  const most = rowsPerPage > 100 ? 30 : 15;
  const found: string[] = [];
  if (median > most)
    found.push(`pages of ${String(rowsPerPage)}: median ${median.toFixed(1)} ms, not ${String(most)}`);
  // Two parts of one run can differ by a fifth by chance.
  if (late > 1.2 * early) {
    found.push(
      `pages of ${String(rowsPerPage)}: ${late.toFixed(1)} ms at the end, ${early.toFixed(1)} at the beginning`,
    );
  }
  return found;
}

const timer = setTimeout(() => {
  console.error(`Stopped after ${String(TIMEOUT / 60_000)} minutes.`);
  process.exit(1);
}, TIMEOUT);
timer.unref();

try {
  await buildExtension('chrome');
  if (!values.short) await buildExtension('firefox');
  log(`seed ${String(seed)}`);
  const found = await runSuite({ seed, short: values.short, only: values.only ?? null, notify: log });
  const late = found.paces.flatMap(slow);
  console.log(`\n${table(found.sections, found.paces)}`);
  if (late.length > 0) console.log(`\nSlower than allowed on an idle machine:\n${late.join('\n')}`);
  const breaches = found.sections.flatMap((section) => section.breaches);
  const failed = breaches.length > 0 || (values['strict-pace'] && late.length > 0);
  if (values.json !== undefined) {
    const minutes = (performance.now() - began) / 60_000;
    await writeFile(values.json, JSON.stringify({ seed, minutes, ...found, late }, null, 2));
  }
  console.log(`\nSeed ${String(seed)}: ${failed ? 'FAILED' : 'passed'}`);
  process.exit(failed ? 1 : 0);
} catch (error) {
  console.error(error);
  console.error(`\nSeed ${String(seed)}: the suite itself failed.`);
  process.exit(1);
}
