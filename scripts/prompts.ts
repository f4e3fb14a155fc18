/**
 * `npm run test:prompts`: tests the browser's permission prompts in a Chromium with windows on a virtual display. Linux
 * only. Missing programs are installed if run as root; otherwise they are listed.
 */
import { ensureDisplayPrograms } from '../tests/harness/display.ts';
import { ensureChromium } from './browsers/chromium.ts';
import { runTool } from './command.ts';
import { buildExtension } from './extension.ts';

const TIMEOUT = 10 * 60_000;

function log(line: string): void {
  console.log(line);
}

try {
  await ensureDisplayPrograms(log);
  await ensureChromium(log);
  await buildExtension('chrome');
  const { code, output, timedOut } = await runTool('vitest', ['run', '--project', 'prompts'], {
    timeout: TIMEOUT,
  });
  console.log(output.trim());
  if (timedOut) console.log(`Stopped after ${String(TIMEOUT / 60_000)} minutes.`);
  process.exit(code === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
