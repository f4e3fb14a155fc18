import { installWithApt } from './install.ts';
import { firstThatRuns, inProgramFiles, onPath, thisSystem, type System } from './places.ts';

const OVERRIDE = 'FOLLOWLEDGER_FIREFOX';

/**
 * The path of an installed Firefox: the one named by FOLLOWLEDGER_FIREFOX, else the system's. `null` when there is
 * none. Playwright's own build is not taken: it is patched, and does not speak Marionette as a released one does.
 * Throws when FOLLOWLEDGER_FIREFOX names something that cannot be run.
 */
export function findFirefox(system: System = thisSystem): string | null {
  const wished = system.env[OVERRIDE];
  if (wished !== undefined && wished !== '') {
    if (!system.runs(wished)) throw new Error(`${OVERRIDE} is set to "${wished}", which can't be executed.`);
    return wished;
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
 * As {@link findFirefox}, and installs one where there is none and the system lets us (apt, as root).
 * Throws with one sentence that says what to install.
 */
export async function ensureFirefox(tell: (line: string) => void): Promise<string> {
  const found = findFirefox();
  if (found !== null) return found;
  tell('No Firefox is installed; downloading one …');
  if (!(await installWithApt(['firefox-esr'], tell))) await installWithApt(['firefox'], tell);
  const now = findFirefox();
  if (now !== null) return now;
  throw new Error(
    'No Firefox was found, and none could be installed. Install Firefox 140 or later ' +
      '(for example "sudo apt install firefox-esr"), or set FOLLOWLEDGER_FIREFOX to its path.',
  );
}
