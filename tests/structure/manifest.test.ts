import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../../scripts/extension.ts';
import { readManifest } from './built.ts';

const SITES = [
  'https://m.tiktok.com/*',
  'https://mobile.twitter.com/*',
  'https://mobile.x.com/*',
  'https://tiktok.com/*',
  'https://twitter.com/*',
  'https://www.tiktok.com/*',
  'https://www.twitter.com/*',
  'https://www.x.com/*',
  'https://x.com/*',
];

describe.each(BROWSERS)('the manifest for %s', (browser) => {
  const manifest = readManifest(browser);

  test('requests only the two sites at install, and nothing else with a warning', () => {
    expect([...(manifest.permissions ?? [])].sort()).toEqual([
      'alarms',
      'contextMenus',
      ...(browser === 'chrome' ? ['offscreen'] : []),
      'scripting',
      'storage',
      'unlimitedStorage',
    ]);
    expect([...(manifest.host_permissions ?? [])].sort()).toEqual(SITES);
  });

  test('may request the notifications permission later, and no other permission', () => {
    expect(manifest.optional_permissions).toEqual(['notifications']);
  });

  test('may request provider hosts later, which are HTTPS or this computer', () => {
    expect([...(manifest.optional_host_permissions ?? [])].sort()).toEqual([
      'http://127.0.0.1/*',
      'http://localhost/*',
      'https://*/*',
    ]);
  });

  test('runs its script on the two sites only, in an isolated world, in the top frame', () => {
    const [script, ...others] = manifest.content_scripts ?? [];
    expect(others).toEqual([]);
    expect(script?.matches.filter((pattern) => !SITES.includes(pattern))).toEqual([]);
    expect(script?.matches.length).toBeGreaterThan(0);
    expect(script?.world ?? 'ISOLATED').toBe('ISOLATED');
    expect(script?.all_frames ?? false).toBe(false);
  });

  test('exposes no files to web pages', () => {
    expect(manifest.web_accessible_resources ?? []).toEqual([]);
    expect(manifest.externally_connectable).toBeUndefined();
  });

  test('lets its pages use only their own scripts and styles', () => {
    const policy = manifest.content_security_policy?.extension_pages ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toMatch(
      /img-src 'self' data:( https:\/\/(\*\.|pbs\.|abs\.)(twimg|tiktokcdn(-eu|-us)?)\.com)+;/,
    );
    expect(policy).not.toMatch(/unsafe-|\bdata:[^;]*script|script-src[^;]*https?:/);
  });

  test('is Manifest V3 and stays out of private windows', () => {
    expect(manifest.manifest_version).toBe(3);
    expect(manifest.incognito).toBe('not_allowed');
  });
});

test('Chromium gets a service worker', () => {
  expect(readManifest('chrome').background?.service_worker).toBe('background.js');
});

test('Firefox gets an event page, an ID, and its minimum version', () => {
  const { background, browser_specific_settings: settings } = readManifest('firefox');
  expect(background?.scripts).toEqual(['background.js']);
  expect(settings?.gecko?.id).toBe('followledger@followledger.dev');
  expect(settings?.gecko?.strict_min_version).toBe('140.0');
});
