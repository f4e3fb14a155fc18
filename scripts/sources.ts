import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './command.ts';

/** Matches the names in `.gitignore`, which are plain names, or `*` and an ending. */
async function ignored(): Promise<(name: string) => boolean> {
  const lines = (await readFile(join(ROOT, '.gitignore'), 'utf8')).split('\n');
  const names = ['.git', ...lines.map((line) => line.replace(/\/$/, '')).filter((line) => line !== '')];
  return (name) =>
    names.some((rule) => (rule.startsWith('*') ? name.endsWith(rule.slice(1)) : name === rule));
}

/** The paths of all source files, relative to the project's folder, with `/`. Works without Git. */
export async function sourceFiles(): Promise<readonly string[]> {
  const isIgnored = await ignored();
  const found: string[] = [];
  async function visit(folder: string): Promise<void> {
    for (const entry of await readdir(join(ROOT, folder), { withFileTypes: true })) {
      if (isIgnored(entry.name)) continue;
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) found.push(path);
    }
  }
  await visit('');
  return found.sort();
}
