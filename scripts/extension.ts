import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './command.ts';

/**
 * Whatever the caller is: with another value the packages would be of React's development build, with paths of this
 * machine in them.
 */
export const PRODUCTION: Readonly<Record<string, string>> = { NODE_ENV: 'production' };

export const BROWSERS = ['chrome', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** Where the production build for a browser lies, whether or not it is there yet. Both are Manifest V3. */
export function buildFolder(browser: BrowserName): string {
  return join(ROOT, '.output', `${browser}-mv3`);
}

function archive(what: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return join(ROOT, '.output', `followledger-${version}-${what}.zip`);
}

/** What `npm run zip` makes for a browser's store. */
export function packageFile(browser: BrowserName): string {
  return archive(browser);
}

/** What `npm run zip` makes of the sources. */
export function sourcesFile(): string {
  return archive('sources');
}

/** Makes the production build and returns its folder. Throws with the builder's output when it fails. */
export async function buildExtension(browser: BrowserName): Promise<string> {
  const ended = await runTool('wxt', ['build', '-b', browser, '--mv3'], { env: PRODUCTION });
  if (ended.code !== 0) throw new Error(`The build for ${browser} failed.\n\n${ended.output.trim()}`);
  return buildFolder(browser);
}
