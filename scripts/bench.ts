/**
 * `npm run bench`: measures the extension's speed and memory use in a real Chromium, compared with a baseline (the usual
 * design of such extensions) and a floor (the least that the same work can take). See docs/benchmarks.md.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { parseBenchArguments, USAGE, type BenchArguments } from './bench/arguments.ts';
import { writeFigures } from './bench/document.ts';
import { benchExtension } from './bench/extension.ts';
import { measureAudience } from './bench/measures/audience.ts';
import { measureButton } from './bench/measures/button.ts';
import { measureExports } from './bench/measures/export.ts';
import { measureManyLists } from './bench/measures/many-lists.ts';
import { measureFirstRows } from './bench/measures/first-rows.ts';
import { measureOverlap } from './bench/measures/overlap.ts';
import { measurePage } from './bench/measures/page.ts';
import { measureEngine } from './bench/measures/read.ts';
import { measureSets } from './bench/measures/sets.ts';
import { measureWriting } from './bench/measures/write.ts';
import { inMarkdown, printed, type Line } from './bench/report.ts';
import { openStage, type Stage } from './bench/stage.ts';
import { buildExtension } from './extension.ts';

async function measure(
  stage: Stage,
  extensionDir: string,
  { rows, pages, only, formats, samples, profile }: BenchArguments,
  report: (lines: readonly Line[]) => void,
): Promise<void> {
  if (only.includes('button')) report(await measureButton(extensionDir, samples));
  if (only.includes('many-lists')) report(await measureManyLists(stage, samples));
  for (const pageSize of pages) {
    if (only.includes('write')) for (const size of rows) report(await measureWriting(stage, size, pageSize));
    if (only.includes('read')) for (const size of rows) report(await measureEngine(stage, size, pageSize));
    if (only.includes('audience'))
      for (const size of rows) report(await measureAudience(stage, size, pageSize));
    if (only.includes('sets'))
      for (const size of rows) report(await measureSets(stage, size, pageSize, profile));
    if (only.includes('overlap'))
      for (const size of rows) report(await measureOverlap(stage, size, pageSize, profile));
    if (only.includes('page')) {
      for (const size of rows) report(await measurePage(stage, size, pageSize, profile));
    }
    if (only.includes('export')) {
      for (const size of rows) await measureExports(stage, size, pageSize, formats, report);
    }
    if (only.includes('first-rows')) report(await measureFirstRows(stage, rows, pageSize, samples));
  }
}

let wishes: BenchArguments;
try {
  wishes = parseBenchArguments(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}

const lines: Line[] = [];
let version = 'unknown';
try {
  const copy = await benchExtension(await buildExtension('chrome'));
  try {
    const stage = await openStage(copy.folder);
    await measure(stage, copy.folder, wishes, (added) => {
      lines.push(...added);
      console.log(printed(added));
    });
    version = stage.version();
  } finally {
    await copy.remove();
  }
} catch (error) {
  console.error(error instanceof Error ? error.stack : String(error));
  process.exitCode = 1;
}

const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memory: totalmem(),
  system: `${process.platform} ${release()}`,
  browser: version,
};
if (wishes.json !== null) await writeFile(wishes.json, JSON.stringify({ machine, lines }, null, 2));
if (wishes.markdown !== null) {
  const about = `${String(machine.cores)} cores (${machine.processor}), ${String(Math.round(machine.memory / 2 ** 30))} GiB, Chromium ${version}.`;
  await writeFigures(wishes.markdown, `${about}\n\n${inMarkdown(lines)}`);
}
const missed = lines.flatMap(({ promised }) => promised).filter(({ kept }) => kept === false);
console.log(
  process.exitCode === 1
    ? '\nNot everything was measured.'
    : missed.length === 0
      ? '\nEvery target is met.'
      : `\nNot met: ${String(missed.length)} of ${String(lines.flatMap(({ promised }) => promised).length)} targets.`,
);
process.exit(process.exitCode ?? 0);
