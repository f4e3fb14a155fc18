import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './command.ts';

/** With any other `NODE_ENV`, packages would contain React's development build, which includes local paths. */
export const PRODUCTION: Readonly<Record<string, string>> = { NODE_ENV: 'production' };

export const BROWSERS = ['chrome', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** The folder of the production build for a browser. It may not exist yet. */
export function buildFolder(browser: BrowserName): string {
  return join(ROOT, '.output', `${browser}-mv3`);
}

function archive(what: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return join(ROOT, '.output', `followledger-${version}-${what}.zip`);
}

/** The archive that `npm run zip` creates for a browser's store. */
export function packageFile(browser: BrowserName): string {
  return archive(browser);
}

/** The archive that `npm run zip` creates from the sources. */
export function sourcesFile(): string {
  return archive('sources');
}

/** Creates the production build. @returns its folder @throws Error with the build's output if it fails */
export async function buildExtension(browser: BrowserName): Promise<string> {
  const ended = await runTool('wxt', ['build', '-b', browser, '--mv3'], { env: PRODUCTION });
  if (ended.code !== 0) throw new Error(`The build for ${browser} failed.\n\n${ended.output.trim()}`);
  return buildFolder(browser);
}
