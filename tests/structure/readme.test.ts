import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adapters } from '../../lib/providers/index.ts';
import { ROOT } from '../../scripts/command.ts';
import { BROWSERS } from '../../scripts/extension.ts';
import { withCapabilities, withCosts } from '../../scripts/provider-tables.ts';
import { fictional } from '../unit/providers/fictional.ts';
import { readManifest } from './built.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const prices = readFileSync(join(ROOT, 'docs/provider-prices.md'), 'utf8');
const permissionsDocument = readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8');

/** The documents for people, as paths from the repository root. */
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'PRIVACY.md',
  'tests/emulator/README.md',
  'tests/fixtures/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
];

/** The files of this repository that a document links to or shows. */
function linksOf(words: string): string[] {
  const found = [...words.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
  return found
    .map(([, link, attribute]) => (link ?? attribute ?? '').replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

describe('the README', () => {
  test('states the costs computed from the provider registry: run "npm run docs"', () => {
    expect(withCosts(readme, adapters)).toBe(readme);
    expect(withCosts(readme, [...adapters, fictional])).toMatch(/^\| Fictional +\| US\$20\.00 +\| – +\|$/m);
  });

  test('stays under 900 words', () => {
    const words = readme.replace(/<!--.*?-->/gs, ' ').match(/\S*[\p{L}\p{N}]\S*/gu) ?? [];
    expect(words.length).toBeGreaterThan(400);
    expect(words.length).toBeLessThan(900);
  });
});

describe('the documents', () => {
  test('have the table of providers generated from the registry: run "npm run docs"', () => {
    expect(withCapabilities(prices, adapters)).toBe(prices);
    expect(withCapabilities(prices, [...adapters, fictional])).toMatch(
      /^\| Fictional +\| yes +\| yes +\| – +\| – +\| US\$0\.002 per account,/m,
    );
  });

  test('explain every permission that the manifest requests', () => {
    const permissions = BROWSERS.map(readManifest).flatMap((manifest) =>
      [...(manifest.permissions ?? []), ...(manifest.optional_permissions ?? [])].map(
        (name) => `\`${name}\``,
      ),
    );
    expect(permissions.length).toBeGreaterThan(0);
    expect(permissions.filter((name) => !permissionsDocument.includes(name))).toEqual([]);
  });

  test('mention only commands that exist', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const named = DOCUMENTS.flatMap((path) => [
      ...readFileSync(join(ROOT, path), 'utf8').matchAll(/(?:`|^)npm (?:run )?([a-z]+)\b/gm),
    ]).map(([, name]) => name ?? '');
    const npmsOwn = ['ci', 'install'];
    const unknown = named.filter((name) => !(name in manifest.scripts) && !npmsOwn.includes(name));
    expect(named).toContain('start');
    expect(unknown).toEqual([]);
  });
});

test.each(DOCUMENTS)('%s links to files that exist', (path) => {
  const words = readFileSync(join(ROOT, path), 'utf8');
  const missing = linksOf(words).filter((link) => !existsSync(join(ROOT, dirname(path), link)));
  expect(missing).toEqual([]);
});

test('the provider guide quotes the fictional provider unchanged', () => {
  const guide = readFileSync(join(ROOT, 'docs/adding-a-provider.md'), 'utf8');
  const source = readFileSync(join(ROOT, 'tests/unit/providers/fictional.ts'), 'utf8');
  const lines = new Set(source.split('\n').map((line) => line.trim()));
  const quoted = [...guide.matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.trim())
    // Omissions are marked, and the reader adds the line for the registry.
    .filter((line) => !/\/[/*] …/.test(line) && line !== 'fictional,');
  expect(quoted.length).toBeGreaterThan(50);
  expect(quoted.filter((line) => line !== '' && !lines.has(line))).toEqual([]);
});
