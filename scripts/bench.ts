/**
 * `npm run bench`: how fast the extension is and how much memory it takes, in a real Chromium, beside a baseline that
 * does as such extensions usually do, and beside the least that the same work can take. docs/benchmarks.md explains it.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseWishes, USAGE, type Wishes } from './bench/arguments.ts';
import { benchExtension } from './bench/extension.ts';
import { measureExports } from './bench/measures/export.ts';
import { measureFirstRows } from './bench/measures/first-rows.ts';
import { measurePage } from './bench/measures/page.ts';
import { measureEngine } from './bench/measures/read.ts';
import { measureWriting } from './bench/measures/write.ts';
import { inMarkdown, printed, type Line } from './bench/report.ts';
import { openStage, type Stage } from './bench/stage.ts';
import { buildExtension } from './extension.ts';

async function measure(
  stage: Stage,
  { rows, pages, only, samples, profile }: Wishes,
  tell: (lines: Line[]) => void,
): Promise<void> {
  for (const pageSize of pages) {
    if (only.includes('write')) for (const size of rows) tell(await measureWriting(stage, size, pageSize));
    if (only.includes('read')) for (const size of rows) tell(await measureEngine(stage, size, pageSize));
    if (only.includes('page')) {
      for (const size of rows) tell(await measurePage(stage, size, pageSize, profile));
    }
    if (only.includes('export')) {
      for (const size of rows) tell(await measureExports(stage, size, pageSize));
    }
    if (only.includes('first-rows')) tell(await measureFirstRows(stage, rows, pageSize, samples));
  }
}

let wishes: Wishes;
try {
  wishes = parseWishes(process.argv.slice(2));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}

const lines: Line[] = [];
try {
  const copy = await benchExtension(await buildExtension('chrome'));
  try {
    await measure(await openStage(copy.folder), wishes, (added) => {
      lines.push(...added);
      console.log(printed(added));
    });
  } finally {
    await copy.remove();
  }
} catch (error) {
  console.error(error instanceof Error ? error.stack : String(error));
  process.exitCode = 1;
}

if (wishes.json !== null) {
  const machine = {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? null,
    memory: totalmem(),
    system: process.platform,
  };
  await writeFile(wishes.json, JSON.stringify({ machine, lines }, null, 2));
}
if (wishes.markdown !== null) await writeFile(wishes.markdown, `${inMarkdown(lines)}\n`);
const broken = lines.flatMap(({ promised }) => promised).filter(({ kept }) => kept === false);
console.log(
  broken.length === 0 ? '\nEvery promise is kept.' : `\n${String(broken.length)} promises are not kept.`,
);
process.exit(process.exitCode ?? 0);
