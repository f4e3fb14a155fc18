/** The background is an ES module, so that it shares code with the pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildFolder } from '../../scripts/extension.ts';
import { loadedAtOnce } from './loaded-at-once.ts';

test('the background loads nothing on demand, which a service worker cannot do', () => {
  const folder = buildFolder('chrome');
  const files = loadedAtOnce(folder, 'background.js');
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) expect(readFileSync(file, 'utf8'), file).not.toMatch(/\bimport\s*\(/);
  expect(files).toContain(join(folder, 'background.js'));
});
