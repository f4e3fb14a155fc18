import { installWithApt } from './install.ts';
import { firstThatRuns, inProgramFiles, onPath, thisSystem, type System } from './places.ts';

const OVERRIDE = 'FOLLOWLEDGER_FIREFOX';

/**
 * The path of an installed Firefox: FOLLOWLEDGER_FIREFOX if it is set, otherwise the system's; `null` if there is none.
 * Playwright's own build is not used, because it is patched and its Marionette differs from that of releases.
 * @throws Error if FOLLOWLEDGER_FIREFOX cannot be executed
 */
export function findFirefox(system: System = thisSystem): string | null {
  const override = system.env[OVERRIDE];
  if (override !== undefined && override !== '') {
    if (!system.runs(override))
      throw new Error(`${OVERRIDE} is set to "${override}", which can't be executed.`);
    return override;
  }
  if (system.platform === 'darwin') {
    return firstThatRuns(system, [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
    ]);
  }
  if (system.platform === 'win32')
    return firstThatRuns(system, inProgramFiles(system, 'Mozilla Firefox\\firefox.exe'));
  return onPath(system, ['firefox', 'firefox-esr', 'firefox-developer-edition']);
}

/**
 * Like {@link findFirefox}, but installs Firefox if there is none, as root on a system with apt.
 * @throws Error that states what to install
 */
export async function ensureFirefox(log: (line: string) => void): Promise<string> {
  const found = findFirefox();
  if (found !== null) return found;
  log('No Firefox is installed; downloading one …');
  if (!(await installWithApt(['firefox-esr'], log))) await installWithApt(['firefox'], log);
  const now = findFirefox();
  if (now !== null) return now;
  throw new Error(
    'No Firefox was found, and none could be installed. Install Firefox 140 or later ' +
      '(for example "sudo apt install firefox-esr"), or set FOLLOWLEDGER_FIREFOX to its path.',
  );
}
