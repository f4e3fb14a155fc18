/** `npm run docs`: writes what the registry of providers says into the README. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adapters } from '../lib/providers/index.ts';
import { withCapabilities } from './capability-table.ts';
import { ROOT } from './command.ts';

const path = join(ROOT, 'README.md');
const before = await readFile(path, 'utf8');
const after = withCapabilities(before, adapters);
if (after === before) {
  console.log('README.md says what the registry says.');
} else {
  await writeFile(path, after);
  console.log('README.md is brought up to date.');
}
