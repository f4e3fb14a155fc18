/** What `npm run new` creates: it compiles against the interfaces as they are, and formats and tests itself. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/command.ts';
import { create } from '../../../scripts/new/create.ts';
import { SKELETONS } from '../../../scripts/new/skeletons.ts';

const NAME = 'my-example';
const KINDS = [...SKELETONS.keys()];

/** Created files and changed files of the project, by path. */
const files = new Map<string, string>();
let created: readonly string[] = [];
let folder = '';

function register(path: string, before: string, after: string): void {
  const text = files.get(join(ROOT, path)) ?? '';
  expect(text).toContain(before);
  files.set(join(ROOT, path), text.replace(before, after));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'followledger-new-'));
  for (const make of SKELETONS.values()) {
    for (const path of await create(folder, make(NAME))) {
      files.set(join(ROOT, path), await readFile(join(folder, path), 'utf8'));
    }
  }
  created = [...files.keys()];
  const platforms = join(ROOT, 'lib/model/platform.ts');
  files.set(platforms, await readFile(platforms, 'utf8'));
  // The platform is registered, and the provider does not support it.
  register('lib/model/platform.ts', "z.enum(['x', ", "z.enum(['myExample', 'x', ");
  register('lib/providers/my-example.ts', 'tiktok: null,', 'tiktok: null,\n    myExample: null,');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The project's compiler, which finds {@link files} where they belong. */
function program(): ts.Program {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'tsconfig.json'),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  if (config === undefined) throw new Error('The configuration of the compiler is missing.');
  const host = ts.createCompilerHost(config.options);
  host.fileExists = (path) => files.has(path) || ts.sys.fileExists(path);
  host.readFile = (path) => files.get(path) ?? ts.sys.readFile(path);
  const declarations = config.fileNames.filter((path) => path.endsWith('.d.ts'));
  return ts.createProgram([...declarations, ...created], config.options, host);
}

it('creates a file and a test of each kind, and never overwrites one', async () => {
  expect(KINDS).toEqual(['provider', 'platform', 'format']);
  expect(created.map((path) => path.slice(ROOT.length + 1))).toEqual([
    'lib/providers/my-example.ts',
    'tests/unit/providers/my-example.test.ts',
    'lib/platforms/my-example.ts',
    'tests/unit/platforms/my-example.test.ts',
    'lib/export/formats/my-example.ts',
    'tests/unit/export/my-example.test.ts',
  ]);
  const [make] = SKELETONS.values();
  if (make === undefined) throw new Error('There are no skeletons.');
  await expect(create(folder, make(NAME))).rejects.toThrow('EEXIST');
});

it('creates what compiles once it is registered', { timeout: 120_000 }, () => {
  const compiled = program();
  const problems = created.flatMap((path) => {
    const source = compiled.getSourceFile(path);
    if (source === undefined) return [`${path} is missing.`];
    return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
  expect(problems).toEqual([]);
});

describe.each(KINDS)('%s', (kind) => {
  it('names only files that exist, or that it creates', () => {
    const skeleton = SKELETONS.get(kind)?.(NAME);
    const named = [...(skeleton?.remaining ?? []), skeleton?.guide ?? ''].flatMap(
      (step) => step.match(/\b(?:lib|tests|docs|locales)\/[\w./-]*[\w/]/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(3);
    for (const path of named) {
      const known = files.get(join(ROOT, path)) !== undefined || ts.sys.fileExists(join(ROOT, path));
      expect(known || ts.sys.directoryExists(join(ROOT, path)), path).toBe(true);
    }
  });
});
