/**
 * `npm run test:prompts`: the browser's own questions really answered, in a Chromium with windows on a display that
 * nobody sees. For Linux; what is missing is installed as root, else named.
 */
import { ensureDisplayPrograms } from '../tests/harness/display.ts';
import { ensureChromium } from './browsers/chromium.ts';
import { runTool } from './command.ts';
import { buildExtension } from './extension.ts';

const MOST = 10 * 60_000;

function tell(line: string): void {
  console.log(line);
}

try {
  await ensureDisplayPrograms(tell);
  await ensureChromium(tell);
  await buildExtension('chrome');
  const { code, output, timedOut } = await runTool('vitest', ['run', '--project', 'prompts'], {
    timeout: MOST,
  });
  console.log(output.trim());
  if (timedOut) console.log(`Stopped after ${String(MOST / 60_000)} minutes.`);
  process.exit(code === 0 ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
