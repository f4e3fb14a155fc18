/** A separate file system, small enough to fill up. Needs permission to mount one. */
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MEGABYTE = 1024 * 1024;

export interface SmallDisk {
  readonly folder: string;
  /** Uses up all free space. */
  fill(): Promise<void>;
  /** Frees what {@link fill} used. */
  free(): Promise<void>;
  remove(): Promise<void>;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC';
}

/** @returns the disk, or the reason why it is not available */
export async function openSmallDisk(megabytes: number): Promise<SmallDisk | string> {
  const folder = await mkdtemp(join(tmpdir(), 'followledger-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', folder]);
  } catch (error) {
    await rmdir(folder);
    return error instanceof Error ? error.message : String(error);
  }
  const ballast = join(folder, 'ballast');
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'w');
      let size = 0;
      try {
        // Down to single bytes: the rest of a block would still hold a record.
        for (let part = MEGABYTE; part >= 1; part = Math.floor(part / 16)) {
          const bytes = Buffer.alloc(part, 1);
          try {
            for (;;) size += (await file.write(bytes, 0, part, size)).bytesWritten;
          } catch (error) {
            if (!isFull(error)) throw error;
          }
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async remove() {
      await run('umount', ['--lazy', folder]);
      await rmdir(folder);
    },
  };
}
