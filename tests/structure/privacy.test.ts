/** Compares what the documents say about permissions with what the manifests request. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/command.ts';
import { BROWSERS, type BrowserName } from '../../scripts/extension.ts';
import { readManifest } from './built.ts';

const privacy = readFileSync(join(ROOT, 'PRIVACY.md'), 'utf8');
const permissionsDocument = readFileSync(join(ROOT, 'docs/permissions.md'), 'utf8');

/** The part of a document under a heading. */
function under(text: string, heading: string): string {
  const [, after] = text.split(`\n## ${heading}\n`);
  if (after === undefined) throw new Error(`There is no heading "${heading}".`);
  return after.split('\n## ')[0] ?? '';
}

/** The cells of a table's rows, without its header. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function codes(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Everything that the extension requests from a browser, now or later. */
function requested(browser: BrowserName): string[] {
  const manifest = readManifest(browser);
  const { optional = [], required = [] } =
    manifest.browser_specific_settings?.gecko?.data_collection_permissions ?? {};
  return [
    ...(manifest.permissions ?? []),
    ...(manifest.optional_permissions ?? []),
    ...(manifest.host_permissions ?? []),
    ...(manifest.optional_host_permissions ?? []),
    ...required.filter((kind) => kind !== 'none'),
    ...optional,
  ].sort();
}

const NAMES: Readonly<Record<BrowserName, string>> = { chrome: 'Chromium', firefox: 'Firefox' };

describe('PRIVACY', () => {
  const rows = rowsOf(under(privacy, 'Permissions'));

  test.each(BROWSERS)('names everything requested from %s, and nothing else', (browser) => {
    const named = rows
      .filter(([, where = '']) => where === 'both' || where === NAMES[browser])
      .flatMap(([what = '']) => codes(what));
    expect(named.sort()).toEqual(requested(browser));
  });

  test('states when and why for each', () => {
    expect(rows.length).toBeGreaterThan(5);
    for (const [what, where, when, why, ...others] of rows) {
      expect(['both', 'Chromium', 'Firefox'], what).toContain(where);
      expect(when?.length, what).toBeGreaterThan(5);
      expect(why?.length, what).toBeGreaterThan(20);
      expect(others).toEqual([]);
    }
  });

  test('states "at install" for what is requested at install, and for nothing else', () => {
    const atInstall = rows.flatMap(([what = '', , when]) => (when === 'at install' ? codes(what) : []));
    const required = BROWSERS.map(readManifest).flatMap(({ permissions = [], host_permissions = [] }) => [
      ...permissions,
      ...host_permissions,
    ]);
    expect(atInstall.sort()).toEqual([...new Set(required)].sort());
  });

  test('names the hosts from which the policy allows pictures, and what else it allows', () => {
    const statement = under(privacy, 'Permissions').split('The content security policy of')[1] ?? '';
    for (const browser of BROWSERS) {
      const policy = readManifest(browser).content_security_policy?.extension_pages ?? '';
      const directives = new Map(
        policy.split('; ').map((directive) => {
          const [name = '', ...values] = directive.split(' ');
          return [name, values] as const;
        }),
      );
      expect(directives.get('img-src')).toEqual(["'self'", 'data:', ...codes(statement)]);
      expect(directives.get('connect-src')).toEqual(['https:', 'http://127.0.0.1:*', 'http://localhost:*']);
      expect(directives.get('default-src')).toEqual(["'self'"]);
      expect(directives.get('style-src')).toEqual(["'self'"]);
      expect(directives.has('script-src')).toBe(false);
    }
  });

  test('states that no data collection is declared to Firefox at install', () => {
    const { data_collection_permissions: data } =
      readManifest('firefox').browser_specific_settings?.gecko ?? {};
    expect(data?.required).toEqual(['none']);
    expect(privacy).toContain('that no data is collected (`none`)');
  });
});

describe('the permissions document', () => {
  const rows = rowsOf(permissionsDocument);

  test('names each permission with its reason, and none that is not requested', () => {
    const named = rows.flatMap(([what = '']) => codes(what));
    const permissions = BROWSERS.map(readManifest).flatMap((manifest) => [
      ...(manifest.permissions ?? []),
      ...(manifest.optional_permissions ?? []),
    ]);
    expect(named.sort()).toEqual([...new Set(permissions)].sort());
    expect(rows.filter(([, why = '']) => why.length < 20)).toEqual([]);
  });

  test('names each site', () => {
    const sites = rows.find(([what = '']) => what.includes('tiktok.com'))?.[0]?.split(', ');
    const hosts = readManifest('chrome').host_permissions ?? [];
    const domains = hosts.map((host) =>
      new URL(host.replace('*', '')).hostname.split('.').slice(-2).join('.'),
    );
    expect(sites?.sort()).toEqual([...new Set(domains)].sort());
  });
});
