import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { z } from '../../lib/zod.ts';
import { ROOT } from '../../scripts/command.ts';

const patterns = z.array(z.string());
const configSchema = z.object({ LAYERS: z.object({ lib: patterns, components: patterns }) });

test.each(['lib', 'components'] as const)('every folder of %s is in exactly one layer', async (root) => {
  const config: unknown = await import(pathToFileURL(join(ROOT, '.dependency-cruiser.mjs')).href);
  const layers = configSchema.parse(config).LAYERS[root].map((pattern) => new RegExp(pattern));
  const folders = readdirSync(join(ROOT, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders).not.toEqual([]);
  const misplaced = folders.filter(
    (name) => layers.filter((layer) => layer.test(`${root}/${name}/file.ts`)).length !== 1,
  );
  expect(misplaced).toEqual([]);
});
