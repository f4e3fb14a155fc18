/**
 * What content scripts may import, directly or indirectly. The code on a page of X or TikTok must be small and must not
 * contain providers, keys, or lists. Type-only imports are ignored, because they aren't in the bundle.
 */
import base from './.dependency-cruiser.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'content-script-stays-small',
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
