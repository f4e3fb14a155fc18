/** A Firefox with the extension and saved keys. Its extension pages are open only while they are used. */
import { buildFolder } from '../../scripts/extension.ts';
import type { ProviderName } from '../emulator/exchange.ts';
import { startEmulator, type Emulator } from '../emulator/emulator.ts';
import { Firefox } from '../harness/firefox.ts';
import { withGrantedHosts } from '../harness/granted-hosts.ts';
import { asText } from '../harness/marionette.ts';
import { setPreferences, type PageActions } from './page-actions.ts';
import { providerName } from './environment.ts';

export interface FirefoxEnvironment {
  readonly emulator: Emulator;
  readonly pageActions: PageActions;
  close(): Promise<void>;
}

export async function openFirefoxEnvironment(
  providers: readonly ProviderName[],
): Promise<FirefoxEnvironment> {
  const emulator = await startEmulator();
  const copy = await withGrantedHosts(buildFolder('firefox'));
  const firefox = await Firefox.launch({
    extensionDir: copy.folder,
    proxyPort: emulator.httpPort,
    locale: 'en-US',
  });
  const close = async (): Promise<void> => {
    await firefox.close();
    await copy.remove();
    await emulator.close();
  };
  /** Runs in a page that is closed again, because an open one would keep the event page alive. */
  const pageActions: PageActions = async (expression) => {
    await firefox.openExtensionPage('options.html');
    try {
      const text = `return (async () => JSON.stringify(await ${expression.replaceAll('chrome.', 'browser.')} ?? null))();`;
      return JSON.parse(asText(await firefox.evaluate(text))) as unknown;
    } finally {
      await firefox.goto('about:blank');
    }
  };
  try {
    for (const provider of providers) {
      emulator.key({ provider, balance: Infinity, rateLimit: null });
      await firefox.openExtensionPage('options.html');
      const within = await firefox.waitForRole('region', providerName(provider));
      await firefox.fill(await firefox.waitForField('API key', { within }), emulator.defaultKey(provider));
      await firefox.click(await firefox.waitForRole('button', 'Save', { within }));
      await firefox.waitForText(/The key works and is saved\./);
    }
    await setPreferences(pageActions, { askAbove: { credits: 1e9, usd: 1e12, requests: 1e9 } });
  } catch (error) {
    await close();
    throw error;
  }
  return { emulator, pageActions, close };
}
