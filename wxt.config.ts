import { fileURLToPath } from 'node:url';
import { defineConfig } from 'wxt';
import { pageMatches, pictureHosts } from './lib/platforms/index.ts';

/** The image hosts that the code allows, enforced by the browser too. */
const PICTURES = pictureHosts.map((host) => `https://${host}`).join(' ');

export default defineConfig({
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  manifestVersion: 3,
  imports: false,
  // scripts/zip.ts creates one archive of the sources for both browsers.
  zip: { zipSources: false },
  hooks: {
    // Removes whitespace, which is a sixth of the file.
    'build:publicAssets': (_, files) => {
      for (const file of files) {
        if ('contents' in file && file.relativeDest.endsWith('messages.json')) {
          file.contents = JSON.stringify(JSON.parse(file.contents));
        }
      }
    },
  },
  vite: () => ({
    // All supported browsers have module preload.
    build: { modulePreload: { polyfill: false } },
    // ES modules, so that workers can load code on demand like pages.
    worker: { format: 'es' },
    resolve: {
      alias: {
        'wxt/utils/content-script-context': fileURLToPath(
          new URL('./entrypoints/profile.content/no-context.ts', import.meta.url),
        ),
      },
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extension_name__',
    description: '__MSG_extension_description__',
    default_locale: 'en',
    optional_permissions: ['notifications'],
    permissions: [
      'storage',
      'unlimitedStorage',
      'alarms',
      'scripting',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['offscreen']),
    ],
    // Exact hosts, never wildcards.
    host_permissions: [...pageMatches],
    optional_host_permissions: ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'],
    incognito: 'not_allowed',
    content_security_policy: {
      // Firefox's background embeds the page that writes exports in a frame.
      extension_pages: `default-src 'self'; connect-src https: http://127.0.0.1:* http://localhost:*; img-src 'self' data: ${PICTURES}; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${browser === 'firefox' ? "'self'" : "'none'"}`,
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'followledger@followledger.dev',
              strict_min_version: '140.0',
              data_collection_permissions: {
                required: ['none'],
                optional: ['authenticationInfo', 'personallyIdentifyingInfo'],
              },
            },
          },
        }
      : { minimum_chrome_version: '120' }),
  }),
});
