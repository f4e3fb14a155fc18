import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Tests that drive a real browser: one file at a time, two cores are soon busy with one browser. */
const inBrowser = {
  fileParallelism: false,
  maxWorkers: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], environment: 'node' },
      },
      { test: { name: 'structure', include: ['tests/structure/**/*.test.ts'], environment: 'node' } },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], environment: 'node', ...inBrowser } },
      {
        test: { name: 'firefox', include: ['tests/firefox/**/*.test.ts'], environment: 'node', ...inBrowser },
      },
    ],
  },
});
