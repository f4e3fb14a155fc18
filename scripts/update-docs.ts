/** `npm run docs`: updates the tables in the documents that are generated from the provider registry. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adapters } from '../lib/providers/index.ts';
import { ROOT } from './command.ts';
import { withCapabilities, withCosts } from './provider-tables.ts';

const GENERATED = [
  ['README.md', withCosts],
  ['docs/provider-prices.md', withCapabilities],
] as const;

for (const [name, update] of GENERATED) {
  const path = join(ROOT, name);
  const before = await readFile(path, 'utf8');
  const after = update(before, adapters);
  if (after === before) {
    console.log(`${name} is up to date.`);
  } else {
    await writeFile(path, after);
    console.log(`${name} was updated.`);
  }
}
