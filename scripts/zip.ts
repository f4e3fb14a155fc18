/** `npm run zip`: creates the archives for the browsers' stores and the archive of the sources. */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { ROOT, runTool } from './command.ts';
import { BROWSERS, packageFile, PRODUCTION, sourcesFile } from './extension.ts';
import { sourceFiles } from './sources.ts';

for (const browser of BROWSERS) {
  const ended = await runTool('wxt', ['zip', '-b', browser, '--mv3'], { env: PRODUCTION });
  if (ended.code !== 0) {
    console.error(ended.output.trim());
    process.exit(1);
  }
  const file = packageFile(browser);
  console.log(`${browser}: ${file}, ${(readFileSync(file).length / 1e6).toFixed(2)} MB`);
}

const sources: Record<string, Uint8Array> = {};
for (const path of await sourceFiles()) sources[path] = await readFile(join(ROOT, path));
const zipped = zipSync(sources, { level: 9 });
await writeFile(sourcesFile(), zipped);
console.log(`Sources: ${sourcesFile()}, ${(zipped.length / 1e6).toFixed(2)} MB`);
