import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The operating system, replaced in tests. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the path can be executed. */
  readonly runs: (path: string) => boolean;
}

export const thisSystem: System = {
  platform: process.platform,
  env: process.env,
  runs: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      // The file is missing or not executable.
      return false;
    }
  },
};

/** The path of the first of these programs that is on the PATH. */
export function onPath(system: System, names: readonly string[]): string | null {
  const folders = (system.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (system.runs(path)) return path;
    }
  }
  return null;
}

/** The first of these absolute paths that can be executed. */
export function firstThatRuns(system: System, paths: readonly string[]): string | null {
  return paths.find((path) => system.runs(path)) ?? null;
}

/** The path in each of Windows' program folders. */
export function inProgramFiles(system: System, below: string): string[] {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => system.env[name])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, below));
}
