import { run, runTool } from '../command.ts';
import { onPath, thisSystem } from './places.ts';

const MINUTES = 60_000;

/** The reason in a failed program's output: the line with the error, otherwise the last line. */
function reason(output: string): string {
  const lines = output.trim().split('\n');
  return (lines.find((line) => /^\W*(error|E):/i.test(line)) ?? lines.at(-1) ?? '').trim();
}

/** Downloads Playwright's own build of a browser. @returns false if that fails; the reason is logged */
export async function installWithPlaywright(
  browser: 'chromium',
  log: (line: string) => void,
): Promise<boolean> {
  const ended = await runTool('playwright', ['install', '--no-shell', browser], { timeout: 4 * MINUTES });
  if (ended.code === 0) return true;
  const why = ended.timedOut ? 'it took more than 4 minutes' : reason(ended.output);
  log(`Could not download Playwright's ${browser} (${why}).`);
  return false;
}

/** Installs packages with apt, as root. @returns false if that is not possible or fails */
export async function installWithApt(
  packages: readonly string[],
  log: (line: string) => void,
): Promise<boolean> {
  const apt = onPath(thisSystem, ['apt-get']);
  if (apt === null || process.getuid?.() !== 0) return false;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  log(`Installing ${packages.join(', ')} with apt-get …`);
  const updated = await run(apt, ['update', '-qq'], { env, timeout: 5 * MINUTES });
  if (updated.code !== 0) {
    // The installation may succeed with old package lists.
    log(`apt-get update failed (${reason(updated.output)}).`);
  }
  const ended = await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    timeout: 15 * MINUTES,
  });
  if (ended.code !== 0) log(`apt-get could not install ${packages.join(', ')} (${reason(ended.output)}).`);
  return ended.code === 0;
}
