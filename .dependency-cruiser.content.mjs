/**
 * What the content script pulls in, through however many files: what runs on a page of X or TikTok knows no provider,
 * no key and no list, and is small. Imports of types alone do not count: nothing of them is left in the bundle.
 */
import base from './.dependency-cruiser.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'content-script-stays-light',
      severity: 'error',
      from: { path: '^entrypoints/[^/]+\\.content(/|\\.ts)' },
      to: {
        path: [
          '^lib/(store|providers|keys|permissions|settings|collector|lists|sample|export|backup)/',
          '^lib/zod\\.ts$',
          '^lib/model/(?!handles\\.ts$)',
          '^components/',
          'node_modules/(zod|dexie|react|react-dom)/',
        ],
        reachable: true,
      },
    },
  ],
  options: { ...base.options, tsPreCompilationDeps: false },
};
