import { run, runTool } from '../command.ts';
import { onPath, thisSystem } from './places.ts';

const MINUTES = 60_000;

/** The line that names the error, else the last one that a program printed: for a sentence about its failure. */
function reason(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.find((line) => /^\W*(error|E):/i.test(line)) ?? lines.at(-1) ?? '').trim();
}

/** Downloads Playwright's own build of a browser. `false`, with a told reason, when that is not possible here. */
export async function installWithPlaywright(
  browser: 'chromium',
  tell: (line: string) => void,
): Promise<boolean> {
  const ended = await runTool('playwright', ['install', '--no-shell', browser], { timeout: 4 * MINUTES });
  if (ended.code === 0) return true;
  const why = ended.timedOut ? 'it took more than 4 minutes' : reason(ended.output);
  tell(`Could not download Playwright's ${browser} (${why}).`);
  return false;
}

/** Installs packages of the distribution, as root where apt is. `false` when that is not possible here. */
export async function installWithApt(
  packages: readonly string[],
  tell: (line: string) => void,
): Promise<boolean> {
  const apt = onPath(thisSystem, ['apt-get']);
  if (apt === null || process.getuid?.() !== 0) return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  tell(`Installing ${packages.join(', ')} with apt-get …`);
  const updated = await run(apt, ['update', '-qq'], { env, timeout: 5 * MINUTES });
  if (updated.code !== 0) {
    // Old package lists may still serve: the installation itself decides.
    tell(`apt-get update failed (${reason(updated.output)}).`);
  }
  const ended = await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    timeout: 15 * MINUTES,
  });
  if (ended.code !== 0) tell(`apt-get could not install ${packages.join(', ')} (${reason(ended.output)}).`);
  return ended.code === 0;
}
