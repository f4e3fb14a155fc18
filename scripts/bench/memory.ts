/**
 * Measures memory with the operating system's figures: the proportional set size of a process and its descendants. Heap
 * statistics omit mapped files, buffers of other processes, and the browser's own memory.
 */
import { readdir, readFile } from 'node:fs/promises';

const MB = 1_000_000;
const KIB = 1024;
/** Milliseconds between samples: long enough not to disturb the measurement, short enough to see a peak. */
const INTERVAL = 100;

/** The parent's PID in `/proc/PID/stat`. The name before it may contain spaces and parentheses. */
export function parentIn(stat: string): number {
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(parent);
}

/** The bytes of `Pss:` in `/proc/PID/smaps_rollup`. */
export function pssIn(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) * KIB;
}

/** The text of a file in `/proc/PID`; `null` if the process has ended. */
async function readOfProcess(pid: number, file: string): Promise<string | null> {
  try {
    return await readFile(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return null;
    throw error;
  }
}

async function treeOf(root: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const children = new Map<number, number[]>();
  for (const pid of pids) {
    const stat = await readOfProcess(pid, 'stat');
    if (stat === null) continue;
    const parent = parentIn(stat);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.push(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** Megabytes of a process and its descendants; `null` if the system does not report them. */
async function memoryOf(root: number): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const rollups = await Promise.all((await treeOf(root)).map((pid) => readOfProcess(pid, 'smaps_rollup')));
  return rollups.reduce((sum, rollup) => sum + (rollup === null ? 0 : pssIn(rollup)), 0) / MB;
}

/** The minimum of a few samples: the memory of a browser that is idle. */
export async function idleMemory(root: number): Promise<number | null> {
  const samples: number[] = [];
  for (let sample = 0; sample < 4; sample += 1) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const now = await memoryOf(root);
    if (now === null) return null;
    samples.push(now);
  }
  return Math.min(...samples);
}

/** The peak in megabytes while `work` runs; `null` if the system does not report it. */
export async function peakMemory(root: number, work: () => Promise<void>): Promise<number | null> {
  let peak = await memoryOf(root);
  if (peak === null) {
    await work();
    return null;
  }
  const done = Promise.withResolvers<'done'>();
  const watching = (async () => {
    for (;;) {
      const pause = new Promise<'on'>((resolve) => setTimeout(resolve, INTERVAL, 'on'));
      if ((await Promise.race([pause, done.promise])) === 'done') return;
      peak = Math.max(peak, (await memoryOf(root)) ?? 0);
    }
  })();
  try {
    await work();
  } finally {
    done.resolve('done');
    await watching;
  }
  return Math.max(peak, (await memoryOf(root)) ?? 0);
}
