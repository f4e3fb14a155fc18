import { chromium } from 'playwright';
import { run } from '../command.ts';
import { installWithApt, installWithPlaywright } from './install.ts';
import { firstThatRuns, inProgramFiles, onPath, thisSystem, type System } from './places.ts';

/** An installed browser of the Chromium family. */
export interface ChromiumFound {
  readonly path: string;
  /**
   * Whether it supports `--load-extension`. Google Chrome (since 137) and Edge do not; they load extensions over the
   * debugging connection.
   */
  readonly loadsExtensions: boolean;
}

const OVERRIDE = 'FOLLOWLEDGER_CHROMIUM';

/** Chromium and Chrome for Testing. */
function unbranded(system: System): string | null {
  if (system.platform === 'darwin') {
    return firstThatRuns(system, [
      '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]);
  }
  if (system.platform === 'win32')
    return firstThatRuns(system, inProgramFiles(system, 'Chromium\\Application\\chrome.exe'));
  return onPath(system, ['chromium', 'chromium-browser', 'chrome-for-testing', 'ungoogled-chromium']);
}

function branded(system: System): string | null {
  if (system.platform === 'darwin') {
    return firstThatRuns(system, [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
    ]);
  }
  if (system.platform === 'win32') {
    return firstThatRuns(system, [
      ...inProgramFiles(system, 'Google\\Chrome\\Application\\chrome.exe'),
      ...inProgramFiles(system, 'Microsoft\\Edge\\Application\\msedge.exe'),
    ]);
  }
  return onPath(system, ['google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge']);
}

/**
 * The installed browsers that can run Followledger, best first: only the one in FOLLOWLEDGER_CHROMIUM if it is set,
 * otherwise Playwright's own, Chromium, then Chrome or Edge.
 * @throws Error if FOLLOWLEDGER_CHROMIUM cannot be executed
 */
export function chromiumCandidates(
  system: System = thisSystem,
  playwrights: string = chromium.executablePath(),
): readonly ChromiumFound[] {
  const override = system.env[OVERRIDE];
  if (override !== undefined && override !== '') {
    if (!system.runs(override))
      throw new Error(`${OVERRIDE} is set to "${override}", which can't be executed.`);
    const isBranded = /google[- ]chrome(?! for testing)|google\\chrome|edge/i.test(override);
    return [{ path: override, loadsExtensions: !isBranded }];
  }
  const found: ChromiumFound[] = [];
  if (system.runs(playwrights)) found.push({ path: playwrights, loadsExtensions: true });
  const plain = unbranded(system);
  if (plain !== null) found.push({ path: plain, loadsExtensions: true });
  const brand = branded(system);
  if (brand !== null) found.push({ path: brand, loadsExtensions: false });
  return found;
}

/** The first candidate that starts. This is only tested on Linux, where libraries may be missing. */
async function firstThatStarts(candidates: readonly ChromiumFound[]): Promise<ChromiumFound | null> {
  for (const candidate of candidates) {
    if (process.platform !== 'linux') return candidate;
    if ((await run(candidate.path, ['--version'], { timeout: 30_000 })).code === 0) return candidate;
  }
  return null;
}

/**
 * The first of {@link chromiumCandidates} that starts. If there is none, it installs Playwright's own or, as root on a
 * system with apt, the distribution's.
 * @throws Error that states what to install
 */
export async function ensureChromium(log: (line: string) => void): Promise<ChromiumFound> {
  const found = await firstThatStarts(chromiumCandidates());
  if (found) return found;
  log('No Chromium, Chrome, or Edge is installed; downloading one …');
  if (await installWithPlaywright('chromium', log)) {
    const downloaded = await firstThatStarts(chromiumCandidates());
    if (downloaded) return downloaded;
    log("Playwright's Chromium doesn't start: this system lacks libraries that it needs.");
  }
  await installWithApt(['chromium'], log);
  const now = await firstThatStarts(chromiumCandidates());
  if (now) return now;
  throw new Error(
    'No working Chromium-based browser was found, and none could be installed. Install Chromium ' +
      '(for example "sudo apt install chromium"), or set FOLLOWLEDGER_CHROMIUM to its path.',
  );
}
