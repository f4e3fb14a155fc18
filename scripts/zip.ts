/** `npm run zip`: the archives for the browsers' stores, under `.output/`. */
import { BROWSERS } from './extension.ts';
import { runTool } from './command.ts';

for (const browser of BROWSERS) {
  const ended = await runTool('wxt', ['zip', '-b', browser, '--mv3']);
  console.log(ended.output.trim());
  if (ended.code !== 0) process.exit(1);
}
