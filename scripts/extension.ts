import { join } from 'node:path';
import { ROOT, runTool } from './command.ts';

export const BROWSERS = ['chrome', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** Where the production build for a browser lies, whether or not it is there yet. Both are Manifest V3. */
export function buildFolder(browser: BrowserName): string {
  return join(ROOT, '.output', `${browser}-mv3`);
}

/** Makes the production build and returns its folder. Throws with the builder's output when it fails. */
export async function buildExtension(browser: BrowserName): Promise<string> {
  const ended = await runTool('wxt', ['build', '-b', browser, '--mv3']);
  if (ended.code !== 0) throw new Error(`The build for ${browser} failed.\n\n${ended.output.trim()}`);
  return buildFolder(browser);
}
