/** Browser permissions, requested and removed, with a fake browser that records them. */
import { beforeEach, expect, test, vi } from 'vitest';

interface Permissions {
  readonly origins?: readonly string[];
  readonly permissions?: readonly string[];
}

const granted = new Set<string>();
const requests: Permissions[] = [];
const all = ({ origins = [], permissions = [] }: Permissions): string[] => [...origins, ...permissions];

vi.mock('wxt/browser', () => ({
  browser: {
    permissions: {
      contains: (wanted: Permissions) => Promise.resolve(all(wanted).every((one) => granted.has(one))),
      request: (wanted: Permissions) => {
        requests.push(wanted);
        for (const one of all(wanted)) granted.add(one);
        return Promise.resolve(true);
      },
      remove: (unwanted: Permissions) => {
        // As Chromium does with a permission that it never granted.
        if (!all(unwanted).every((one) => granted.has(one)))
          return Promise.reject(new Error('It was not granted.'));
        for (const one of all(unwanted)) granted.delete(one);
        return Promise.resolve(true);
      },
    },
  },
}));

const { requestHostPermission, removeHostPermission, hasHostPermission } =
  await import('../../../lib/permissions/hosts.ts');
const { requestNotificationPermission, removeNotificationPermission, hasNotificationPermission } =
  await import('../../../lib/permissions/notifications.ts');

beforeEach(() => {
  granted.clear();
  requests.length = 0;
});

test('a host is requested alone, whatever the path and port of its base URL, and removed', async () => {
  granted.add('https://another.example/*');
  expect(await hasHostPermission('https://api.example/v1')).toBe(false);
  expect(await requestHostPermission('https://api.example:8443/v1')).toBe(true);
  expect(requests).toEqual([{ origins: ['https://api.example/*'] }]);
  expect(await hasHostPermission('https://api.example/v1')).toBe(true);
  await removeHostPermission('https://api.example/v1', { isLast: true });
  expect([...granted]).toEqual(['https://another.example/*']);
});

test('a host that was never granted, or is already gone, is not removed', async () => {
  await removeHostPermission('https://api.example', { isLast: true });
  await requestHostPermission('https://api.example');
  await removeHostPermission('https://api.example', { isLast: false });
  await removeHostPermission('https://api.example', { isLast: false });
  expect([...granted]).toEqual([]);
});

test('the notification permission is granted with the switch, and removed with it', async () => {
  granted.add('https://api.example/*');
  expect(await hasNotificationPermission()).toBe(false);
  expect(await requestNotificationPermission()).toBe(true);
  expect(requests).toEqual([{ permissions: ['notifications'] }]);
  expect(await hasNotificationPermission()).toBe(true);
  await removeNotificationPermission();
  expect([...granted]).toEqual(['https://api.example/*']);
});
