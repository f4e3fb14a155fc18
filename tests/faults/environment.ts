/** Where the suite happens: an emulator, a copy of the build with its hosts granted, and a browser profile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFolder } from '../../scripts/extension.ts';
import type { ProviderName } from '../emulator/exchange.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { launchChromium, type Chromium } from '../harness/chromium.ts';
import { withGrantedHosts } from '../harness/granted-hosts.ts';
import { saveKey } from '../harness/options-page.ts';
import { openDoor, type Door } from './network-switch.ts';
import { message, prefer, type Hands } from './page-actions.ts';
import { launchRaw, type RawChromium } from './unattached-chromium.ts';

const NAMES: Readonly<Record<ProviderName, string>> = {
  sociavault: 'SociaVault',
  socialfetch: 'SocialFetch',
  'x-v2': 'X API v2',
  'x-v1.1': 'X API v1.1',
};

/** A provider as the options name it. */
export function providerName(provider: ProviderName): string {
  return NAMES[provider];
}

/** A browser that is driven, with a page of the extension that stays open. */
export interface Driven {
  readonly browser: Chromium;
  readonly hands: Hands;
}

export interface Stand {
  readonly emulator: Emulator;
  /** Between the emulator and the browsers that {@link open} opens. */
  readonly door: Door;
  /** Opens the profile in a driven browser. */
  open(): Promise<Driven>;
  /** Opens the profile in a browser that nothing is attached to. */
  openRaw(): Promise<RawChromium>;
  close(): Promise<void>;
}

export interface StandOptions {
  /** The providers whose keys are saved, as a user saves them. */
  readonly providers: readonly ProviderName[];
  /** Whether the providers speak HTTP/2; HTTP/1.1 unless said otherwise. */
  readonly http2?: boolean;
  /** The folder in which the profile is made. */
  readonly within?: string;
}

/** A page that shows little: what is shown costs time that is not the collector's. */
const QUIET_PAGE = 'options.html';

export async function openStand({
  providers,
  http2 = false,
  within = tmpdir(),
}: StandOptions): Promise<Stand> {
  const emulator = await startEmulator();
  emulator.speakHttp2(http2);
  const door = await openDoor(emulator.tlsPort);
  const copy = await withGrantedHosts(buildFolder('chrome'));
  const userDataDir = await mkdtemp(join(within, 'followledger-faults-'));
  let extensionId = '';

  const open = async (): Promise<Driven> => {
    const browser = await launchChromium({
      extensionDir: copy.folder,
      tlsPort: door.port,
      userDataDir,
      locale: 'en-US',
    });
    extensionId = browser.extensionId;
    const page = await browser.openExtensionPage(QUIET_PAGE);
    return { browser, hands: (expression) => page.evaluate(expression) };
  };

  for (const provider of providers) {
    emulator.key({ provider, balance: Infinity, rateLimit: null });
  }
  const first = await open();
  for (const provider of providers) {
    await saveKey(first.browser, NAMES[provider], emulator.defaultKey(provider));
  }
  // What may be spent unasked is not what is tested here.
  await prefer(first.hands, { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 } });
  await first.browser.close();

  return {
    emulator,
    door,
    open,
    openRaw: () =>
      launchRaw({ extensionDir: copy.folder, extensionId, userDataDir, tlsPort: emulator.tlsPort }),
    close: async () => {
      await door.close();
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

/** Starts a run as the popup does. @returns the id of its list */
export async function startRun(hands: Hands, { cap = 1e12, ...profile }: Start): Promise<string> {
  const answer = (await message(hands, 'run.start', {
    ...profile,
    relation: 'followers',
    howMany: null,
    cap,
    again: false,
  })) as { kind: string; snapshotId?: string };
  if (answer.kind !== 'started' || answer.snapshotId === undefined) {
    throw new Error(`The run of ${profile.handle} did not start: ${answer.kind}`);
  }
  return answer.snapshotId;
}
