/** The environment of the suite: an emulator, a copy of the build with its hosts granted, and a browser profile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFolder } from '../../scripts/extension.ts';
import type { ProviderName } from '../emulator/exchange.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { providerNamed } from '../emulator/providers/all.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import { withGrantedHosts } from '../harness/granted-hosts.ts';
import { saveKey } from '../harness/options-page.ts';
import { openNetworkSwitch, type NetworkSwitch } from './network-switch.ts';
import { message, setPreferences, type PageActions } from './page-actions.ts';
import { launchRaw, type RawChromium } from './unattached-chromium.ts';

/** The provider's name in the options. */
export function providerName(provider: ProviderName): string {
  return providerNamed(provider).name;
}

/** An automated browser, with an extension page that stays open. */
export interface Driven {
  readonly browser: Chromium;
  readonly pageActions: PageActions;
}

export interface FaultEnvironment {
  readonly emulator: Emulator;
  /** Between the emulator and the browsers that {@link open} opens. */
  readonly networkSwitch: NetworkSwitch;
  /** Opens the profile in an automated browser. */
  open(): Promise<Driven>;
  /** Opens the profile in a browser without a debugger attached. */
  openRaw(): Promise<RawChromium>;
  close(): Promise<void>;
}

export interface FaultEnvironmentOptions {
  /** The providers whose keys are saved, through the options page. */
  readonly providers: readonly ProviderName[];
  /** Whether the providers use HTTP/2. Default: HTTP/1.1. */
  readonly http2?: boolean;
  /** The folder in which the profile is created. */
  readonly within?: string;
}

/** A page that renders little, because rendering takes time from the collector. */
const QUIET_PAGE = 'options.html';

export async function openFaultEnvironment({
  providers,
  http2 = false,
  within = tmpdir(),
}: FaultEnvironmentOptions): Promise<FaultEnvironment> {
  const emulator = await startEmulator();
  emulator.speakHttp2(http2);
  const networkSwitch = await openNetworkSwitch(emulator.tlsPort);
  const copy = await withGrantedHosts(buildFolder('chrome'));
  const userDataDir = await mkdtemp(join(within, 'followledger-faults-'));
  let extensionId = '';

  const open = async (): Promise<Driven> => {
    const browser = await launchChromium({
      extensionDir: copy.folder,
      tlsPort: networkSwitch.port,
      userDataDir,
      locale: 'en-US',
    });
    extensionId = browser.extensionId;
    const page = await browser.openExtensionPage(QUIET_PAGE);
    return { browser, pageActions: (expression) => page.evaluate(expression) };
  };

  for (const provider of providers) {
    emulator.key({ provider, balance: Infinity, rateLimit: null });
  }
  const first = await open();
  for (const provider of providers) {
    await saveKey(first.browser, providerNamed(provider).name, emulator.defaultKey(provider));
  }
  // Approval thresholds are not tested here.
  await setPreferences(first.pageActions, { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 } });
  await first.browser.close();

  return {
    emulator,
    networkSwitch,
    open,
    openRaw: () =>
      launchRaw({ extensionDir: copy.folder, extensionId, userDataDir, tlsPort: emulator.tlsPort }),
    close: async () => {
      await networkSwitch.close();
      await emulator.close();
      await copy.remove();
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

export interface Start {
  readonly platform: 'x' | 'tiktok';
  readonly handle: string;
  readonly provider: ProviderName;
  /** In the provider's unit. */
  readonly cap?: number;
}

/** Starts a run as the popup does. @returns the ID of its list */
export async function startRun(pageActions: PageActions, { cap = 1e12, ...profile }: Start): Promise<string> {
  const response = (await message(pageActions, 'run.start', {
    ...profile,
    relation: 'followers',
    howMany: null,
    cap,
    again: false,
  })) as { kind: string; snapshotId?: string };
  if (response.kind !== 'started' || response.snapshotId === undefined) {
    throw new Error(`The run of ${profile.handle} did not start: ${response.kind}`);
  }
  return response.snapshotId;
}
