import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';

/** Statements that make the browser load another file before this one runs. */
function staticImports(path: string, code: string): string[] {
  return parseSync(path, code).program.body.flatMap((statement) => {
    switch (statement.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return [statement.source.value];
      case 'ExportNamedDeclaration':
        return statement.source ? [statement.source.value] : [];
      default:
        return [];
    }
  });
}

/** The files that a page references: scripts, preloaded modules, and style sheets. */
function linked(html: string): string[] {
  return [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
    if (tag.startsWith('<link') && !/\brel="?(?:stylesheet|modulepreload)/.test(tag)) return [];
    const address = /\b(?:src|href)="([^"]+)"/.exec(tag)?.[1];
    return address === undefined ? [] : [address];
  });
}

function pathOf(folder: string, from: string, address: string): string {
  return address.startsWith('/') ? join(folder, address) : join(dirname(from), address);
}

/**
 * The absolute paths of a built page or script and of everything that the browser loads with it immediately: what it links,
 * and what these files import statically, directly or indirectly.
 */
export function loadedAtOnce(folder: string, page: string): readonly string[] {
  const start = join(folder, page);
  const files = new Set([start]);
  const content = readFileSync(start, 'utf8');
  const addresses = page.endsWith('.js') ? staticImports(start, content) : linked(content);
  const pending = addresses.map((address) => pathOf(folder, start, address));
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (files.has(path)) continue;
    if (!existsSync(path)) throw new Error(`${page} loads ${path}, which the build does not contain.`);
    files.add(path);
    if (!path.endsWith('.js')) continue;
    for (const address of staticImports(path, readFileSync(path, 'utf8')))
      pending.push(pathOf(folder, path, address));
  }
  return [...files];
}

/** The size of files in bytes, each compressed on its own as a server or an archive would. */
export function gzippedSize(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 9 }).length, 0);
}
