import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseMessagesFile } from '@wxt-dev/i18n/build';

const FOLDERS = ['lib', 'components', 'entrypoints'];

function sourceFiles(): readonly string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return ['wxt.config.ts', ...inFolders].filter((name) => /\.tsx?$/.test(name));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A template as a pattern in which each expression stands for a part of a key. */
function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const rest = templateSpans.map(({ literal }) => `\\w+${escaped(literal.text)}`);
  return new RegExp(`^${escaped(head.text)}${rest.join('')}$`);
}

interface Uses {
  readonly texts: ReadonlySet<string>;
  /** Templates that begin with a group of keys. */
  readonly patterns: readonly RegExp[];
  /** First arguments of calls that translate. */
  readonly translated: ReadonlySet<string>;
}

function isTranslation({ expression }: ts.CallExpression): boolean {
  const text = expression.getText();
  return text === 'i18n.t' || text === 'translate';
}

function collectUses(): Uses {
  const texts = new Set<string>();
  const translated = new Set<string>();
  const patterns: RegExp[] = [];
  function visit(node: ts.Node): void {
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    if (ts.isTemplateExpression(node) && /^[a-z_]+\./.test(node.head.text)) patterns.push(patternOf(node));
    if (ts.isCallExpression(node) && isTranslation(node)) {
      const [key] = node.arguments;
      if (key !== undefined && ts.isStringLiteralLike(key)) translated.add(key.text);
    }
    ts.forEachChild(node, visit);
  }
  for (const name of sourceFiles()) {
    visit(ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return { texts, patterns, translated };
}

async function readKeys(): Promise<readonly string[]> {
  const messages = await parseMessagesFile('locales/en.yml');
  // Names that begin with `@@` are the browser's own.
  return messages.map(({ key }) => key.join('.')).filter((key) => !key.startsWith('@@'));
}

/** The manifest names a message with underscores, between `__MSG_` and `__`. */
function inManifest(key: string): string {
  return `__MSG_${key.replaceAll('.', '_')}__`;
}

test('every message in locales/en.yml is used', async () => {
  const { texts, patterns } = collectUses();
  const keys = await readKeys();
  expect(keys.length).toBeGreaterThan(100);
  const unused = keys.filter(
    (key) => !texts.has(key) && !texts.has(inManifest(key)) && !patterns.some((pattern) => pattern.test(key)),
  );
  expect(unused).toEqual([]);
});

test('every message that is used exists in locales/en.yml', async () => {
  const keys = new Set(await readKeys());
  expect([...collectUses().translated].filter((key) => !keys.has(key))).toEqual([]);
});
