// @ts-check
import { defineConfig, globalIgnores } from 'eslint/config';
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Only one module may import zod, and only one may use the network. */
const zodImports = {
  paths: ['zod', 'zod/mini', 'zod/v4', 'zod/v4-mini'].map((name) => ({
    name,
    message: 'Import z from lib/zod.ts: it is set up for the content security policy.',
  })),
};

const networkCalls = [
  {
    selector: "CallExpression[callee.type='Identifier'][callee.name='fetch']",
    message: 'Only lib/providers/http.ts may use the network.',
  },
  {
    selector: "CallExpression[callee.type='MemberExpression'][callee.property.name='fetch']",
    message: 'Only lib/providers/http.ts may use the network.',
  },
  {
    selector: 'NewExpression[callee.name=/^(XMLHttpRequest|WebSocket|EventSource)$/]',
    message: 'Only lib/providers/http.ts may use the network.',
  },
  {
    selector: "MemberExpression[property.name='sendBeacon']",
    message: 'Only lib/providers/http.ts may use the network.',
  },
];

const rawHtml = [
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: 'Text from providers and pages must never be parsed as HTML.',
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Text from providers and pages must never be parsed as HTML.',
  },
];

/** If the limits could not be read, one limit applies to every provider. A direct lookup would miss it. */
const limitLookups = [
  'MemberExpression[computed=true][object.property.name="monthlyLimit"]',
  'MemberExpression[computed=true][object.name="monthlyLimit"]',
].map((selector) => ({ selector, message: 'Use monthlyLimitOf in lib/settings/preferences.ts.' }));

/** The folders where the length of files and functions is limited. */
const LIMITED_FOLDERS = ['entrypoints', 'lib', 'scripts'];

export default defineConfig(
  globalIgnores(['.output/', '.wxt/', '.cache/', 'out/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // tsc reports undefined names.
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A message without parameters has an empty record.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Adapters and fakes may return a promise without awaiting anything.
      '@typescript-eslint/require-await': 'off',
      // The collector and polling functions use endless loops with a return or break.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'always' }],
      // tsc's noPropertyAccessFromIndexSignature requires the opposite.
      '@typescript-eslint/dot-notation': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-imports': ['error', zodImports],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['{lib,entrypoints,components}/**/*.{ts,tsx}'],
    rules: {
      'no-console': ['error', { allow: ['debug', 'info', 'warn', 'error'] }],
      'no-restricted-syntax': ['error', ...networkCalls, ...rawHtml, ...limitLookups],
    },
  },
  {
    // Rows must be read, changed, cleaned, and put completely. Partial writes would skip the cleaning.
    files: ['lib/store/*.ts'],
    ignores: ['lib/store/database.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...networkCalls,
        {
          selector: 'CallExpression[callee.property.name=/^(update|bulkUpdate|upsert|modify)$/]',
          message: 'Put a complete row that lib/store/clean.ts returned.',
        },
      ],
    },
  },
  { files: ['lib/zod.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['lib/providers/http.ts'], rules: { 'no-restricted-syntax': ['error', ...rawHtml] } },
  {
    files: ['lib/settings/preferences.ts'],
    rules: { 'no-restricted-syntax': ['error', ...networkCalls, ...rawHtml] },
  },
  {
    files: ['{entrypoints,components}/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: LIMITED_FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx,mjs}`),
    // Templates for new files.
    ignores: ['scripts/new/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
