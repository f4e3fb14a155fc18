/** What the documents state about the code, checked against the code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatsFor } from '../../lib/export/formats.ts';
import { PLATFORMS } from '../../lib/model/platform.ts';
import { adapters } from '../../lib/providers/index.ts';
import { openDatabase } from '../../lib/store/database.ts';
import { ROOT } from '../../scripts/command.ts';
import { SKELETONS } from '../../scripts/new/skeletons.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The text between two others. */
function between(text: string, start: string, end: string): string {
  const [, after] = text.split(start);
  if (!after?.includes(end)) throw new Error(`There is no "${start}" … "${end}".`);
  return after.split(end)[0] ?? '';
}

/** The code in the first column of the Markdown tables in a text. */
function firstColumn(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

/** The kinds of a discriminated union in the model. */
function kindsOf(file: string, type: string): string[] {
  const [, after = ''] = read(file).split(`export type ${type} =`);
  const [union = ''] = after.split(/;\n(?=\n|\S)/);
  return [...union.matchAll(/kind: ((?:'[a-z-]+'(?: \| )?)+)/g)].flatMap(([, kinds = '']) =>
    [...kinds.matchAll(/'([a-z-]+)'/g)].map(([, kind = '']) => kind),
  );
}

/** The required members of an interface. */
function membersOf(file: string, type: string): string[] {
  const body = between(read(file), `export interface ${type} {\n`, '\n}');
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, name = '']) => name);
}

test('the architecture document lists every table of the database', () => {
  const { tables } = openDatabase('documents', () => undefined);
  const names = tables.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(5);
  const storage = between(read('docs/architecture.md'), '\n## Storage', '\n## ');
  expect(firstColumn(storage).sort()).toEqual(names.sort());
});

test('the provider guide shows every required member of an adapter', () => {
  const members = ['AdapterDefinition', 'PlatformSupport', 'PageRules'].flatMap((type) =>
    membersOf('lib/providers/adapter.ts', type),
  );
  expect(members).toContain('note');
  expect(members.length).toBeGreaterThan(12);
  const code = [...read('docs/adding-a-provider.md').matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    .map(([, block = '']) => block)
    .join('\n');
  const missing = members.filter(
    (name) => !new RegExp(`(?:^\\s*|[{,] )(?:async )?(?:function )?${name}[:(,]`, 'm').test(code),
  );
  expect(missing).toEqual([]);
});

describe('the glossary', () => {
  const glossary = read('docs/words.md');

  test('states the number of error kinds', () => {
    const kinds = new Set(kindsOf('lib/model/error.ts', 'RunError'));
    expect(kinds.size).toBeGreaterThan(10);
    expect(/as one of (\d+) kinds/.exec(glossary)?.[1]).toBe(String(kinds.size));
  });

  test('explains every state and every outcome of a run', () => {
    const { states, outcomes } = {
      states: kindsOf('lib/model/snapshot.ts', 'State'),
      outcomes: kindsOf('lib/model/snapshot.ts', 'Outcome'),
    };
    const stateParagraph = between(glossary, '**State.**', '\n\n');
    expect(states.length).toBeGreaterThan(5);
    expect(states.filter((kind) => !stateParagraph.includes(`\`${kind}\``))).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(4);
    expect(firstColumn(between(glossary, '**Outcome.**', '\n**')).sort()).toEqual(outcomes.sort());
  });
});

describe('the decision records', () => {
  const index = read('docs/decisions/README.md');
  const files = readdirSync(join(ROOT, 'docs/decisions'))
    .filter((name) => /^\d/.test(name))
    .sort();
  const numberOf = (text: string): number => Number(text.slice(0, 4));

  test('have one number each, and every number is used or listed as unused', () => {
    const listed = between(index, 'Unused numbers: ', '.')
      .split(', ')
      .flatMap((range) => {
        const [first = '', last = first] = range.split('–');
        return Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, at) => numberOf(first) + at);
      });
    const numbers = [...files.map(numberOf), ...listed].sort((a, b) => a - b);
    expect(files.length).toBeGreaterThan(50);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });

  test('are all in the index, in order, with their own titles', () => {
    const entries = files.map((name) => {
      const title = /^# (\d{4}: .+)$/m.exec(read(join('docs/decisions', name)))?.[1] ?? '';
      expect(title.slice(0, 4), name).toBe(name.slice(0, 4));
      return `- [${title}](${name})`;
    });
    expect(index.match(/^- \[.*$/gm)).toEqual(entries);
  });
});

describe('the guide to extensions', () => {
  const guide = read('docs/extending.md');
  const lineOf = (text: string): string[] => text.split('\n').map((line) => line.trim());

  test('is at most 75 lines, and has a section for everything that can be created', () => {
    expect(lineOf(guide).length).toBeLessThanOrEqual(76);
    const titles = [...guide.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
    expect(titles).toEqual([
      'A provider',
      'A platform',
      'An export format',
      'A tab of a list, or a page of the dashboard',
      'A preference',
      'A filter',
      'A field of an account',
    ]);
    for (const kind of SKELETONS.keys())
      expect(guide).toMatch(new RegExp(`npm run new[^.]*\`${kind}\`|${kind} NAME`));
  });

  test('shows an entry of the registry of providers as its entries are', () => {
    const registry = read('lib/providers/index.ts');
    const entries = between(registry, 'export const adapters: readonly Adapter[] = [', '];');
    expect(entries.match(/^ {2}\w+,$/gm)).toHaveLength(adapters.length);
    expect(guide).toMatch(/```ts\n {2}example,\n```/);
  });

  test('shows an entry of each other registry with the members that entries have', () => {
    const [format = ''] = lineOf(guide).filter((line) => line.startsWith('{ id:'));
    const members = [...format.matchAll(/(\w+):/g)].map(([, name = '']) => name);
    expect(members.sort()).toEqual(membersOf('lib/export/formats.ts', 'ExportFormat').sort());
    const preference = /^ {2}pageButton: (.+)$/m.exec(read('lib/settings/preferences.ts'))?.[1] ?? '';
    const shape = (entry: string): string => entry.replace(/true|false/g, 'value');
    expect(shape(guide)).toContain(shape(preference));
    expect(read('lib/model/account.ts')).toMatch(/^ {2}website: \{ \.\.\.text, column: 'website' \},$/m);
    expect(guide).toMatch(/^ {2}(\w+): \{ \.\.\.text, column: '\1' \},$/m);
  });

  test('is right that a format is a file and a line', () => {
    const names = readdirSync(join(ROOT, 'lib/export/formats')).map((name) => name.replace(/\.ts$/, ''));
    // A language in which the comma is the decimal sign is offered all of them.
    expect(
      formatsFor('de')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(names.sort());
  });

  test('is right that a platform and a provider are a file and a line', () => {
    for (const id of PLATFORMS) expect(existsSync(join(ROOT, `lib/platforms/${id}.ts`))).toBe(true);
    const imports = read('lib/providers/index.ts').match(/^import \{ \w+ \} from '\.\/[^']+';$/gm) ?? [];
    expect(imports).toHaveLength(adapters.length);
  });
});
