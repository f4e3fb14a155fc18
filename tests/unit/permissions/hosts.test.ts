/** Leave that the browser gave, asked for and given back, with a browser that keeps account of it. */
import { beforeEach, expect, test, vi } from 'vitest';

interface Permissions {
  readonly origins?: readonly string[];
  readonly permissions?: readonly string[];
}

const given = new Set<string>();
const requests: Permissions[] = [];
const all = ({ origins = [], permissions = [] }: Permissions): string[] => [...origins, ...permissions];

vi.mock('wxt/browser', () => ({
  browser: {
    permissions: {
      contains: (wanted: Permissions) => Promise.resolve(all(wanted).every((one) => given.has(one))),
      request: (wanted: Permissions) => {
        requests.push(wanted);
        for (const one of all(wanted)) given.add(one);
        return Promise.resolve(true);
      },
      remove: (unwanted: Permissions) => {
        // As Chromium does with what it never gave.
        if (!all(unwanted).every((one) => given.has(one)))
          return Promise.reject(new Error('It was not given.'));
        for (const one of all(unwanted)) given.delete(one);
        return Promise.resolve(true);
      },
    },
  },
}));

const { askToReach, giveBack, mayReach } = await import('../../../lib/permissions/hosts.ts');
const { askToNotify, giveBackNotifying, mayNotify } =
  await import('../../../lib/permissions/notifications.ts');

beforeEach(() => {
  given.clear();
  requests.length = 0;
});

test('a host is asked for alone, whatever the path and port of its base URL, and given back', async () => {
  given.add('https://another.example/*');
  expect(await mayReach('https://api.example/v1')).toBe(false);
  expect(await askToReach('https://api.example:8443/v1')).toBe(true);
  expect(requests).toEqual([{ origins: ['https://api.example/*'] }]);
  expect(await mayReach('https://api.example/v1')).toBe(true);
  await giveBack('https://api.example/v1', { isLast: true });
  expect([...given]).toEqual(['https://another.example/*']);
});

test('a host that was never given, or is gone already, is not given back', async () => {
  await giveBack('https://api.example', { isLast: true });
  await askToReach('https://api.example');
  await giveBack('https://api.example', { isLast: false });
  await giveBack('https://api.example', { isLast: false });
  expect([...given]).toEqual([]);
});

test('the leave to notify comes with the switch, and goes with it', async () => {
  given.add('https://api.example/*');
  expect(await mayNotify()).toBe(false);
  expect(await askToNotify()).toBe(true);
  expect(requests).toEqual([{ permissions: ['notifications'] }]);
  expect(await mayNotify()).toBe(true);
  await giveBackNotifying();
  expect([...given]).toEqual(['https://api.example/*']);
});
