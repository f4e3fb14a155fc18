import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BROWSERS, buildFolder } from '../../scripts/extension.ts';
import { readManifest } from './built.ts';
import { gzippedSize, loadedAtOnce } from './loaded-at-once.ts';

const KB = 1000;
/** It runs on every profile page that the user visits. */
const CONTENT_SCRIPT = 12 * KB;
/** It opens while the user waits. */
const POPUP = 190 * KB;

test.each(BROWSERS)('%s: the content script is at most 12 kB compressed', (browser) => {
  const folder = buildFolder(browser);
  const files = (readManifest(browser).content_scripts ?? []).flatMap(({ js = [], css = [] }) => [
    ...js,
    ...css,
  ]);
  expect(files.length).toBeGreaterThan(0);
  expect(gzippedSize(files.map((file) => join(folder, file)))).toBeLessThanOrEqual(CONTENT_SCRIPT);
});

test.each(BROWSERS)(
  '%s: the popup with everything it loads immediately is at most 190 kB compressed',
  (browser) => {
    const files = loadedAtOnce(buildFolder(browser), 'popup.html');
    // A page, and a script that contains at least React: less would mean that the links were not followed.
    expect(
      files.filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + statSync(file).size, 0),
    ).toBeGreaterThan(100 * KB);
    expect(gzippedSize(files)).toBeLessThanOrEqual(POPUP);
  },
);

/** Everything in the build: what the extension takes on disk before the first list. */
const INSTALLED = 2000 * KB;

test('the Chromium build is at most 2.0 MB installed', () => {
  const folder = buildFolder('chrome');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const size = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  expect(size).toBeGreaterThan(500 * KB);
  expect(size).toBeLessThanOrEqual(INSTALLED);
});

test('no page loads an export format, or the menu that lists them, before an export', () => {
  for (const page of ['popup.html', 'dashboard.html', 'options.html']) {
    const files = loadedAtOnce(buildFolder('chrome'), page);
    expect(files.filter((file) => /(?:xlsx|parquet|ExportMenu)-[^/]*\.js$/.test(file))).toEqual([]);
  }
});
