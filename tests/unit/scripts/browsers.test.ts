import { describe, expect, test } from 'vitest';
import { chromiumCandidates } from '../../../scripts/browsers/chromium.ts';
import { findFirefox } from '../../../scripts/browsers/firefox.ts';
import type { System } from '../../../scripts/browsers/places.ts';

function system(
  programs: readonly string[],
  env: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = 'linux',
): System {
  return {
    platform,
    env: { PATH: '/usr/local/bin:/usr/bin', ...env },
    runs: (path) => programs.includes(path),
  };
}

const PLAYWRIGHTS = '/cache/chromium/chrome';

describe('finding a Chromium', () => {
  test.each([
    [
      "Playwright's own before the system's",
      [PLAYWRIGHTS, '/usr/bin/chromium'],
      [PLAYWRIGHTS, '/usr/bin/chromium'],
    ],
    [
      'Chromium before Chrome',
      ['/usr/bin/google-chrome', '/usr/bin/chromium'],
      ['/usr/bin/chromium', '/usr/bin/google-chrome'],
    ],
    ['Edge if there is nothing else', ['/usr/bin/microsoft-edge'], ['/usr/bin/microsoft-edge']],
    [
      'the first folder of the PATH',
      ['/usr/bin/chromium', '/usr/local/bin/chromium'],
      ['/usr/local/bin/chromium'],
    ],
    ['nothing', [], []],
  ])('chooses %s', (_what, programs, expected) => {
    expect(chromiumCandidates(system(programs), PLAYWRIGHTS).map(({ path }) => path)).toEqual(expected);
  });

  test('knows which browsers accept an extension on the command line', () => {
    const found = chromiumCandidates(
      system(['/usr/bin/chromium', '/usr/bin/google-chrome-stable']),
      PLAYWRIGHTS,
    );
    expect(found.map(({ loadsExtensions }) => loadsExtensions)).toEqual([true, false]);
  });

  test.each([
    ['/opt/google-chrome/chrome', false],
    ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', false],
    ['/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing', true],
    ['/opt/chromium/chrome', true],
  ])('uses %s when it is specified', (path, loadsExtensions) => {
    const found = chromiumCandidates(
      system([path, PLAYWRIGHTS], { FOLLOWLEDGER_CHROMIUM: path }),
      PLAYWRIGHTS,
    );
    expect(found).toEqual([{ path, loadsExtensions }]);
  });

  test('does not replace a specified browser that cannot be run', () => {
    const named = system([PLAYWRIGHTS], { FOLLOWLEDGER_CHROMIUM: '/opt/none' });
    expect(() => chromiumCandidates(named, PLAYWRIGHTS)).toThrow('/opt/none');
  });

  test('searches the applications of a Mac', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(chromiumCandidates(system([chrome], {}, 'darwin'), PLAYWRIGHTS)).toEqual([
      { path: chrome, loadsExtensions: false },
    ]);
  });
});

describe('finding a Firefox', () => {
  test.each([
    ['a released one first', ['/usr/bin/firefox-esr', '/usr/bin/firefox'], '/usr/bin/firefox'],
    ['the extended support release', ['/usr/bin/firefox-esr'], '/usr/bin/firefox-esr'],
    ['nothing', [], null],
  ])('chooses %s', (_what, programs, expected) => {
    expect(findFirefox(system(programs))).toBe(expected);
  });

  test('uses the specified browser, and does not replace it', () => {
    const env = { FOLLOWLEDGER_FIREFOX: '/opt/firefox' };
    expect(findFirefox(system(['/opt/firefox', '/usr/bin/firefox'], env))).toBe('/opt/firefox');
    expect(() => findFirefox(system(['/usr/bin/firefox'], env))).toThrow('/opt/firefox');
  });
});
