/**
 * `npm run new -- provider NAME`, `platform NAME`, or `format NAME`: creates the file of a new part with its test, and
 * prints what is left to write. Existing files are never changed.
 */
import { create } from './new/create.ts';
import { ROOT } from './command.ts';
import { SKELETONS } from './new/skeletons.ts';

const [kind = '', name = ''] = process.argv.slice(2);
const make = SKELETONS.get(kind);
if (make === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
  console.error(
    `Usage: npm run new -- ${[...SKELETONS.keys()].join('|')} NAME, where NAME is like "my-name".`,
  );
  process.exitCode = 1;
} else {
  const skeleton = make(name);
  for (const path of await create(ROOT, skeleton)) console.log(`Created ${path}`);
  console.log('\nStill to write:\n');
  skeleton.remaining.forEach((step, index) => {
    console.log(`${String(index + 1)}. ${step}`);
  });
  console.log(`\nThe guide: ${skeleton.guide}`);
}
