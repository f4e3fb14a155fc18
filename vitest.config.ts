import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** For tests in a real browser. Each has its own emulator and profile, so two can run concurrently. */
const inBrowser = {
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          // Property tests with thousands of runs are slow on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'structure',
          include: ['tests/structure/**/*.test.ts'],
          environment: 'node',
          // Compressing the files of a page takes seconds while browsers run.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          ...inBrowser,
          // Much of the time, these browsers wait for the emulator's delays. Three of them keep two cores busy.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'slow',
          include: ['tests/slow/**/*.test.ts'],
          environment: 'node',
          maxWorkers: 1,
          testTimeout: 20 * 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'extended',
          include: ['tests/extended/**/*.test.ts'],
          environment: 'node',
          ...inBrowser,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['tests/packages/**/*.test.ts'],
          globalSetup: 'tests/packages/build-packages.ts',
          environment: 'node',
          ...inBrowser,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'prompts',
          include: ['tests/prompts/**/*.test.ts'],
          environment: 'node',
          ...inBrowser,
          maxWorkers: 1,
        },
      },
      {
        test: { name: 'firefox', include: ['tests/firefox/**/*.test.ts'], environment: 'node', ...inBrowser },
      },
    ],
  },
});
