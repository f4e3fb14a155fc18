import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adapters } from '../../lib/providers/index.ts';
import { ROOT } from '../../scripts/command.ts';

/** Everything above the providers knows them through their interface. */
const ABOVE =
  '{components,entrypoints,lib/{collector,lists,export,store,settings,messages,words,platforms}}/**/*.{ts,tsx}';

test.each(adapters.flatMap(({ id, name }) => [id as string, name]))(
  'no code above the providers names %s',
  (word) => {
    const files = globSync(ABOVE, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(50);
    const naming = files.filter((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8');
      return text.includes(`'${word}'`) || text.includes(`"${word}"`) || text.includes(`>${word}<`);
    });
    expect(naming).toEqual([]);
  },
);
