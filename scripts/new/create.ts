/** Writes the files of a new part. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../command.ts';
import type { Skeleton } from './skeletons.ts';

/**
 * Writes the files with the project's formatting.
 * @returns their paths
 * @throws Error with the code `EEXIST` if one of them exists; files are never overwritten
 */
export async function create(folder: string, { files }: Skeleton): Promise<readonly string[]> {
  const style = await resolveConfig(join(ROOT, 'scripts/new.ts'));
  for (const { path, text } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await format(text, { ...style, filepath: target }), { flag: 'wx' });
  }
  return files.map(({ path }) => path);
}
