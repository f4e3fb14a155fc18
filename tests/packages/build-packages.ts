/** Creates the archives once, as `npm run zip` does, before the tests that open them. */
import { join } from 'node:path';
import { ROOT, run } from '../../scripts/command.ts';

export default async function make(): Promise<void> {
  const ended = await run(process.execPath, [join(ROOT, 'scripts/zip.ts')]);
  if (ended.code !== 0) throw new Error(`The archives could not be created.\n\n${ended.output}`);
}
