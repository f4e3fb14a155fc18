/**
 * The direction of imports, types included: model ← platforms, providers, store, settings ← collector, lists, export
 * ← messages ← entrypoints, with components beside them.
 */
const BASE = '^lib/(model/|(zod|well-formed)\\.ts$)';
const GROUND = '^lib/(platforms|providers|keys|permissions|store|settings|words)/';
const WORK = '^lib/(collector|lists|export|backup)/';
const MESSAGES = '^lib/messages/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      comment: 'Two files that need each other are one thing, or lack a third.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-is-the-bottom',
      severity: 'error',
      from: { path: BASE },
      to: { path: '^(lib|components|entrypoints|tests|scripts)/', pathNot: BASE },
    },
    {
      name: 'ground-looks-down',
      severity: 'error',
      comment:
        'Platforms, providers, store, settings and words know the model and each other, and nothing above.',
      from: { path: GROUND },
      to: { path: WORK },
    },
    {
      name: 'keys-are-plain',
      severity: 'error',
      comment: 'How a key is recognized depends on nothing else, so that everything may ask.',
      from: { path: '^lib/keys/redaction/' },
      to: { path: '^(lib|components|entrypoints)/', pathNot: '^lib/keys/redaction/' },
    },
    {
      name: 'messages-are-above',
      severity: 'error',
      comment: 'Of the messages, what lies below may know the types: they are words too.',
      from: { path: [GROUND, WORK] },
      to: { path: MESSAGES, pathNot: '^lib/messages/types\\.ts$' },
    },
    {
      name: 'of-message-types-types-only',
      severity: 'error',
      from: { path: [GROUND, WORK] },
      to: { path: '^lib/messages/types\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platforms-and-providers-stand-alone',
      severity: 'error',
      comment:
        'An adapter or a platform is one file that knows the model; it stores nothing and asks nobody.',
      from: { path: '^lib/(platforms|providers)/([^/]+)' },
      to: { path: '^lib/(platforms|providers|store|settings|words)/', pathNot: '^lib/$1/' },
    },
    {
      name: 'lib-below-the-screen',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(entrypoints|components|tests|scripts)/' },
    },
    {
      name: 'lib-without-react',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: 'node_modules/(react|react-dom|@ariakit|@tanstack)/' },
    },
    {
      name: 'styles-are-the-bottom-of-components',
      severity: 'error',
      from: { path: '^components/styles/' },
      to: { path: '^components/', pathNot: '^components/styles/' },
    },
    {
      name: 'hooks-are-below-shared',
      severity: 'error',
      comment: 'Hooks read and write data. They draw nothing.',
      from: { path: '^components/hooks/' },
      to: { path: '^components/', pathNot: '^components/hooks/' },
    },
    {
      name: 'shared-is-below-features',
      severity: 'error',
      comment: 'Shared components know no feature and no page.',
      from: { path: '^components/shared/' },
      to: { path: '^components/', pathNot: '^components/(shared|hooks|styles)/' },
    },
    {
      name: 'runs-and-providers-are-below-lists',
      severity: 'error',
      from: { path: '^components/(runs|providers)/' },
      to: { path: '^components/', pathNot: '^components/($1|shared|hooks|styles)/' },
    },
    {
      name: 'lists-and-start-are-below-pages',
      severity: 'error',
      comment: 'A list shows its run, and so does the profile that a new list is started for.',
      from: { path: '^components/(lists|start)/' },
      to: { path: '^components/', pathNot: '^components/($1|runs|shared|hooks|styles)/' },
    },
    {
      name: 'pages-are-separate',
      severity: 'error',
      comment: 'Popup, dashboard, options and welcome page share only what is below them.',
      from: { path: '^components/(popup|dashboard|options|welcome)/' },
      to: { path: '^components/(popup|dashboard|options|welcome)/', pathNot: '^components/$1/' },
    },
    {
      name: 'every-folder-of-components-has-a-rule',
      severity: 'error',
      comment: 'A new folder needs a place in the rules above.',
      from: { path: '^components/' },
      to: {
        path: '^components/',
        pathNot:
          '^components/(styles|hooks|shared|runs|providers|lists|start|popup|dashboard|options|welcome)/',
      },
    },
    {
      name: 'components-below-entrypoints',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(entrypoints|tests|scripts)/' },
    },
    {
      name: 'entrypoints-apart',
      severity: 'error',
      comment: 'Contexts share through lib and components.',
      from: { path: '^entrypoints/([^/]+)/' },
      to: { path: '^(entrypoints|tests|scripts)/', pathNot: '^entrypoints/$1/' },
    },
    {
      name: 'only-the-store-knows-the-database',
      severity: 'error',
      from: { path: '^(lib|entrypoints|components)/', pathNot: '^lib/store/' },
      to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'the-emulator-stands-apart',
      severity: 'error',
      comment: 'What judges the project shares no schema, parser or constant with it.',
      from: { path: '^tests/emulator/' },
      to: { path: '^(lib|entrypoints|components)/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(#|virtual:|wxt/)' },
    },
    {
      name: 'no-development-packages-in-the-extension',
      severity: 'error',
      from: { path: '^(lib|entrypoints|components)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        pathNot: 'node_modules/(@types|wxt|@wxt-dev|webextension-polyfill)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.wxt|\\.output|out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
