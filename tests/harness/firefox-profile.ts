/** The profile of a Firefox for tests: its preferences, and the extension's IDs in it. */
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './until.ts';

export interface FirefoxOptions {
  /** The unpacked extension; its manifest contains its Gecko ID. If hosts must be granted, see `withGrantedHosts`. */
  readonly extensionDir: string;
  /** A CONNECT proxy on 127.0.0.1 for all TLS; with `null` nothing is reachable. */
  readonly proxyPort: number | null;
  /** Default: true. */
  readonly headless?: boolean;
  readonly locale?: string;
  /** Leaves the welcome page of a new profile open; by default it is closed. */
  readonly keepWelcome?: boolean;
  /** Additional preferences of the profile. */
  readonly preferences?: Readonly<Record<string, string | number | boolean>>;
}

/** The extension's internal UUID in every profile of these tests. */
export const UUID = '6f1c7c52-6a5b-4f0e-9d0a-3b1f6c0a4e11';

export function preferencesFor(
  options: FirefoxOptions,
  addonId: string,
): Record<string, string | number | boolean> {
  return {
    'marionette.port': 0,
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: UUID }),
    'extensions.webextOptionalPermissionPrompts': false,
    'xpinstall.signatures.required': false,
    'network.proxy.type': 1,
    'network.proxy.ssl': '127.0.0.1',
    // Port 9 (discard): unmapped hosts reach nothing.
    'network.proxy.ssl_port': options.proxyPort ?? 9,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': options.proxyPort ?? 9,
    'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
    'network.proxy.failover_direct': false,
    'network.dns.disablePrefetch': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'app.update.disabledForTesting': true,
    'app.normandy.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.aboutwelcome.enabled': false,
    'browser.newtabpage.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'datareporting.healthreport.uploadEnabled': false,
    'toolkit.telemetry.reportingpolicy.firstRun': false,
    'toolkit.telemetry.enabled': false,
    'toolkit.telemetry.server': '',
    'extensions.update.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    'services.settings.server': 'data:,',
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.safebrowsing.update.enabled': false,
    ...(options.locale === undefined
      ? {}
      : { 'intl.locale.requested': options.locale, 'intl.accept_languages': options.locale }),
    ...options.preferences,
  };
}

export async function geckoIdOf(extensionDir: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(extensionDir, 'manifest.json'), 'utf8')) as {
    browser_specific_settings?: { gecko?: { id?: string } };
  };
  const id = manifest.browser_specific_settings?.gecko?.id;
  if (id === undefined) throw new Error(`The manifest in ${extensionDir} contains no Gecko ID.`);
  return id;
}

/** The port that Firefox writes into its profile once it listens. */
export function portOf(profile: string, child: ChildProcess, output: () => string): Promise<number> {
  return until(
    'Firefox to listen',
    async () => {
      if (child.exitCode !== null)
        throw new Error(`Firefox exited with code ${child.exitCode}.\n${output()}`);
      try {
        const port = Number(await readFile(join(profile, 'MarionetteActivePort'), 'utf8'));
        return port > 0 ? port : null;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
    { timeout: 60_000 },
  );
}
