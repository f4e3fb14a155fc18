import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What can be asked of a system's browsers; replaced in tests. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether the path is a program that can be run. */
  readonly runs: (path: string) => boolean;
}

/** This computer. */
export const thisSystem: System = {
  platform: process.platform,
  env: process.env,
  runs: (path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      // Absent and not executable are the same answer: it cannot be run.
      return false;
    }
  },
};

/** The first of these program names that is on the PATH, in the order of the names. */
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

/** The first of these absolute paths that can be run. */
export function firstThatRuns(system: System, paths: readonly string[]): string | null {
  return paths.find((path) => system.runs(path)) ?? null;
}

/** Windows' program folders, each with the path below it. */
export function inProgramFiles(system: System, below: string): string[] {
  return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => system.env[name])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, below));
}
