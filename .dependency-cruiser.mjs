/**
 * The layers of `lib/`, from bottom to top. Every folder belongs to one of them; each may import only itself and those
 * below it, types included. Components and entrypoints are above all of them.
 */
const BASE = '^lib/(model/|(zod|well-formed)\\.ts$)';
const FOUNDATION = '^lib/(platforms|providers|keys|permissions|store|settings|words)/';
const FEATURES = '^lib/(collector|batch|lists|sets|insight|export|backup|sample)/';
const MESSAGES = '^lib/messages/';

const STYLES = '^components/styles/';
const HOOKS = '^components/hooks/';
const SHARED = '^components/shared/';
const RUNS_AND_PROVIDERS = '^components/(runs|providers)/';
const LISTS_AND_START = '^components/(lists|start)/';
const AUDIENCE = '^components/audience/';
const PAGES = '^components/(popup|dashboard|options|welcome)/';

/** Every folder of `lib/` and `components/` must match exactly one layer. A test checks this. */
export const LAYERS = {
  lib: [BASE, FOUNDATION, FEATURES, MESSAGES],
  components: [STYLES, HOOKS, SHARED, RUNS_AND_PROVIDERS, LISTS_AND_START, AUDIENCE, PAGES],
};

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Merge files that import each other, or move the shared part to a third file.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'model-is-the-lowest-layer',
      severity: 'error',
      from: { path: BASE },
      to: { path: '^(lib|components|entrypoints|tests|scripts)/', pathNot: BASE },
    },
    {
      name: 'foundation-is-below-features',
      severity: 'error',
      comment: 'The foundation may import the model and itself, but no features.',
      from: { path: FOUNDATION },
      to: { path: FEATURES },
    },
    {
      name: 'redaction-is-independent',
      severity: 'error',
      comment: 'Redaction has no dependencies, so that every module can use it.',
      from: { path: '^lib/keys/redaction/' },
      to: { path: '^(lib|components|entrypoints)/', pathNot: '^lib/keys/redaction/' },
    },
    {
      name: 'messages-are-above-features',
      severity: 'error',
      comment: 'Lower layers may import only the types of messages.',
      from: { path: [FOUNDATION, FEATURES] },
      to: { path: MESSAGES, pathNot: '^lib/messages/types\\.ts$' },
    },
    {
      name: 'message-types-are-type-only-imports',
      severity: 'error',
      from: { path: [FOUNDATION, FEATURES] },
      to: { path: '^lib/messages/types\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platforms-and-providers-are-independent',
      severity: 'error',
      comment: 'An adapter or a platform may import only the model and its own folder. It stores nothing.',
      from: { path: '^lib/(platforms|providers)/([^/]+)' },
      to: { path: '^lib/(platforms|providers|store|settings|words)/', pathNot: '^lib/$1/' },
    },
    {
      name: 'lib-is-below-the-user-interface',
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
      name: 'styles-are-the-lowest-layer-of-components',
      severity: 'error',
      from: { path: STYLES },
      to: { path: '^components/', pathNot: STYLES },
    },
    {
      name: 'hooks-are-below-shared',
      severity: 'error',
      comment: 'Hooks read and write data. They render nothing.',
      from: { path: HOOKS },
      to: { path: '^components/', pathNot: HOOKS },
    },
    {
      name: 'shared-is-below-features',
      severity: 'error',
      comment: 'Shared components may not import features or pages.',
      from: { path: SHARED },
      to: { path: '^components/', pathNot: '^components/(shared|hooks|styles)/' },
    },
    {
      name: 'runs-and-providers-are-below-lists',
      severity: 'error',
      from: { path: RUNS_AND_PROVIDERS },
      to: { path: '^components/', pathNot: '^components/($1|shared|hooks|styles)/' },
    },
    {
      name: 'lists-and-start-are-below-pages',
      severity: 'error',
      comment: 'A list shows its run, and so does the profile that a new list is started for.',
      from: { path: LISTS_AND_START },
      to: { path: '^components/', pathNot: '^components/($1|runs|shared|hooks|styles)/' },
    },
    {
      name: 'audience-is-below-pages',
      severity: 'error',
      comment: 'The tab Audience fills what its list leaves.',
      from: { path: AUDIENCE },
      to: { path: '^components/', pathNot: '^components/(audience|lists|runs|shared|hooks|styles)/' },
    },
    {
      name: 'pages-are-separate',
      severity: 'error',
      comment: 'Popup, dashboard, options and welcome page share only what is below them.',
      from: { path: PAGES },
      to: { path: PAGES, pathNot: '^components/$1/' },
    },
    {
      name: 'components-are-below-entrypoints',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(entrypoints|tests|scripts)/' },
    },
    {
      name: 'entrypoints-are-separate',
      severity: 'error',
      comment: 'Code that entrypoints share belongs in lib or components.',
      from: { path: '^entrypoints/([^/]+)/' },
      to: { path: '^(entrypoints|tests|scripts)/', pathNot: '^entrypoints/$1/' },
    },
    {
      name: 'only-the-store-uses-the-database',
      severity: 'error',
      from: { path: '^(lib|entrypoints|components)/', pathNot: '^lib/store/' },
      to: { path: 'node_modules/dexie/' },
    },
    {
      name: 'emulator-is-independent',
      severity: 'error',
      comment:
        'The emulator verifies the product, so it must not share schemas, parsers, or constants with it.',
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
