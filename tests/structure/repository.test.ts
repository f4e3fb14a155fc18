import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/command.ts';

/** The files that the repository contains or is about to contain. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

function isText(content: Buffer): boolean {
  return !content.subarray(0, 8000).includes(0);
}

/** A folder that exists on one machine only. Its first letters are separate, so that this file doesn't match. */
const MACHINE_PATH = new RegExp(
  [
    '/ho',
    'me/[a-z][\\w-]*/|/Us',
    'ers/[A-Za-z]|[A-Z]:\\\\+Us',
    'ers\\\\|(?<![\\w.:/-])/(?:ro',
    'ot|wo',
    'rk|srv|mnt)/',
  ].join(''),
);

/** The package registry is each developer's own setting. */
const REGISTRY_HOST = new RegExp(
  ['\\bregist', 'ry\\.[a-z0-9-]+\\.|artifact', 'ory|verdac', 'cio|npmmir', 'ror'].join(''),
  'i',
);

test.each([
  ['a path of one machine', MACHINE_PATH],
  ['the host of a package registry', REGISTRY_HOST],
])('no file contains %s', (_what, pattern) => {
  const findings = files().flatMap((path) => {
    const content = readFileSync(join(ROOT, path));
    if (!isText(content)) return [];
    const found = pattern.exec(content.toString('utf8'))?.[0];
    return found === undefined ? [] : [`${path}: ${found}`];
  });
  expect(findings).toEqual([]);
});

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function lockedPackages(): readonly (readonly [path: string, entry: LockedPackage])[] {
  const lockfile = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lockfile.packages).filter(([path]) => path !== '');
}

test('the lockfile pins every package by its content hash, not by an address', () => {
  const packages = lockedPackages();
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
});

test('the lockfile is complete: without the packages for other systems, a clean installation is refused', () => {
  const packages = lockedPackages();
  const names = new Set(
    packages.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  );
  const missing = packages.flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !names.has(name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the license is MIT', () => {
  expect(readFileSync(join(ROOT, 'LICENSE'), 'utf8')).toMatch(
    /^MIT License\n\nCopyright \(c\) \d{4} Followledger contributors\n/,
  );
});
