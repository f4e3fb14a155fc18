/** A virtual display with a window manager and simulated input, for windows that belong to the browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installWithApt } from '../../scripts/browsers/install.ts';
import { onPath, thisSystem } from '../../scripts/browsers/places.ts';
import { run } from '../../scripts/command.ts';

/** The programs, and the packages that contain them. */
const NEEDED = { Xvfb: 'xvfb', openbox: 'openbox', xdotool: 'xdotool' } as const;

/** The screen's memory, four bytes per pixel. */
export type Picture = Buffer;

/** The number of pixels in which two pictures differ. */
export function differing(one: Picture, other: Picture): number {
  let count = 0;
  for (let at = 0; at + 4 <= Math.min(one.length, other.length); at += 4) {
    if (one.readUInt32LE(at) !== other.readUInt32LE(at)) count += 1;
  }
  return count;
}

export interface Display {
  /** The value of the variable DISPLAY. */
  readonly name: string;
  /** Presses keys, e.g. `Tab`, where the focus is. */
  press(...keys: readonly string[]): Promise<void>;
  /** Clicks a mouse button at a position on the screen. */
  click(x: number, y: number, button: 'left' | 'right'): Promise<void>;
  /** How many windows are visible, including menus. */
  windows(): Promise<number>;
  /** What is on the screen, to be compared with {@link differing}. */
  picture(): Promise<Picture>;
  close(): Promise<void>;
}

function pathOf(program: keyof typeof NEEDED): string {
  return onPath(thisSystem, [program]) ?? program;
}

/** Makes sure that the programs are installed. @throws Error with one sentence that says what to install */
export async function ensureDisplayPrograms(notify: (line: string) => void): Promise<void> {
  const missing = (): string[] =>
    Object.entries(NEEDED).flatMap(([program, name]) =>
      onPath(thisSystem, [program]) === null ? [name] : [],
    );
  const packages = missing();
  if (packages.length > 0) await installWithApt(packages, notify);
  const still = missing();
  if (still.length === 0) return;
  throw new Error(
    `The virtual display needs ${still.join(', ')}: install them, for example with "sudo apt install ${still.join(' ')}". ` +
      'They exist only for Linux.',
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

/** Starts a display with a window manager. */
export async function openDisplay(): Promise<Display> {
  const memory = await mkdtemp(join(tmpdir(), 'followledger-display-'));
  // Xvfb takes the first free number, and writes it there.
  const server = spawn(
    pathOf('Xvfb'),
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-fbdir', memory],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const written = server.stdio[3];
  if (written === null || written === undefined || !('on' in written) || !('read' in written))
    throw new Error('The display did not report its number.');
  const [number] = (await Promise.race([
    once(createInterface(written), 'line'),
    once(server, 'exit').then(() => Promise.reject(new Error('Xvfb exited immediately.'))),
  ])) as [string];
  const name = `:${number}`;
  const env = { DISPLAY: name };
  const manager = spawn(pathOf('openbox'), [], { stdio: 'ignore', env: { ...process.env, ...env } });

  async function xdotool(...args: readonly string[]): Promise<string> {
    const { code, output } = await run('xdotool', args, { env, timeout: 10_000 });
    // A search without a match exits with 1 and prints nothing.
    if (code !== 0 && !(args[0] === 'search' && output.trim() === ''))
      throw new Error(`xdotool ${args.join(' ')}: ${output.trim()}`);
    return output.trim();
  }

  return {
    name,
    press: async (...keys) => {
      await xdotool('key', '--delay', '60', ...keys);
    },
    click: async (x, y, button) => {
      await xdotool(
        'mousemove',
        String(Math.round(x)),
        String(Math.round(y)),
        'click',
        button === 'left' ? '1' : '3',
      );
    },
    windows: async () => {
      const found = await xdotool('search', '--onlyvisible', '--name', '.*');
      return found === '' ? 0 : found.split('\n').length;
    },
    picture: () => readFile(join(memory, 'Xvfb_screen0')),
    close: async () => {
      await ended(manager);
      await ended(server);
      await rm(memory, { recursive: true, force: true });
    },
  };
}
