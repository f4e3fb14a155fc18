import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** How a program ended: `code` is `null` if a signal or the timeout ended it, or if it could not be started. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and error, in order. */
  readonly output: string;
  readonly timedOut: boolean;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which the program is killed. */
  readonly timeout?: number;
  /** By default the project's folder. */
  readonly cwd?: string;
}

/** The running programs. Each leads its own process group if the system has process groups. */
const running = new Set<ChildProcess>();

/** Kills a program and its child processes. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It may already have ended.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

process.on('exit', () => {
  running.forEach(killGroup);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(130));
}

/**
 * Runs a program without a terminal or input and collects its output. The program is killed when this process exits.
 * Never rejects: if the program cannot be started, `code` is `null` and the output is the reason.
 */
export function run(program: string, args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const chunks: Buffer[] = [];
    let timedOut = false;
    const timer =
      options.timeout === undefined
        ? null
        : setTimeout(() => {
            timedOut = true;
            killGroup(child);
          }, options.timeout);
    const finish = (code: number | null, added = ''): void => {
      if (timer) clearTimeout(timer);
      running.delete(child);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + added, timedOut });
    };
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      finish(null, error.message);
    });
    child.on('close', (code) => {
      finish(code);
    });
  });
}

interface PackageManifest {
  readonly bin?: string | Readonly<Record<string, string>>;
}

/**
 * The JavaScript file of an installed package's command, to be run with `process.execPath`, because the shims in
 * `node_modules/.bin` depend on the system.
 * @throws Error if the package has no such command
 */
function commandFile(packageName: string, command: string = packageName): string {
  const folder = join(ROOT, 'node_modules', packageName);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageManifest;
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (file === undefined) throw new Error(`The package "${packageName}" has no command "${command}".`);
  return join(folder, file);
}

/** Runs an installed package's command with the current Node. */
export function runTool(
  packageName: string,
  args: readonly string[],
  options: CommandOptions & { readonly command?: string } = {},
): Promise<Ended> {
  return run(process.execPath, [commandFile(packageName, options.command), ...args], options);
}
