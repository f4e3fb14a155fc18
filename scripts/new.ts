/**
 * `npm run new -- provider NAME`, `platform NAME`, or `format NAME`: creates the file and the test of a new part, and
 * prints the remaining steps. Existing files are never changed.
 */
import { create } from './new/create.ts';
import { ROOT } from './command.ts';
import { SKELETONS } from './new/skeletons.ts';

const [kind = '', name = ''] = process.argv.slice(2);
const createSkeleton = SKELETONS.get(kind);
if (createSkeleton === undefined || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name)) {
  console.error(
    `Usage: npm run new -- ${[...SKELETONS.keys()].join('|')} NAME, where NAME is like "my-name".`,
  );
  process.exitCode = 1;
} else {
  const skeleton = createSkeleton(name);
  for (const path of await create(ROOT, skeleton)) console.log(`Created ${path}`);
  console.log('\nStill to write:\n');
  skeleton.remaining.forEach((step, index) => {
    console.log(`${String(index + 1)}. ${step}`);
  });
  console.log(`\nThe guide: ${skeleton.guide}`);
}
