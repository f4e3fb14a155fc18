/** The emulated providers. */
import type { ProviderName } from '../exchange.ts';
import type { Provider } from './provider.ts';
import { socialfetch } from './socialfetch.ts';
import { socialdata } from './socialdata.ts';
import { sociavault } from './sociavault.ts';
import { twitterapiIo } from './twitterapi-io.ts';
import { xV11 } from './x-v1.1.ts';
import { xV2 } from './x-v2.ts';

export const PROVIDERS: readonly Provider[] = [sociavault, socialfetch, twitterapiIo, socialdata, xV2, xV11];

/** @throws for a provider that is not emulated. */
export function providerNamed(id: ProviderName): Provider {
  const found = PROVIDERS.find((provider) => provider.id === id);
  if (found === undefined) throw new Error(`the emulator does not serve ${id}`);
  return found;
}

/** The keys that are valid from the start. */
export function defaultKey(id: ProviderName): string {
  return providerNamed(id).defaultKey;
}
