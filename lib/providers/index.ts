/** The registry of providers, in display order. A new provider is a file in this folder and a line here. */
import type { ProviderId } from '../model/ids.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from './adapter.ts';
import { socialFetch } from './socialfetch.ts';
import { socialData } from './socialdata.ts';
import { sociavault } from './sociavault/index.ts';
import { twitterApiIo } from './twitterapi-io.ts';
import { xV11 } from './x-v1.1.ts';
import { xV2 } from './x-v2.ts';

export const adapters: readonly Adapter[] = [
  // One per line, as they are offered.
  sociavault,
  socialFetch,
  twitterApiIo,
  socialData,
  xV2,
  xV11,
];

export function adapterById(id: ProviderId): Adapter | undefined {
  return adapters.find((adapter) => adapter.id === id);
}

/** The provider that can continue a list; `undefined` if it is unknown or no longer offers such lists. */
export function adapterOf(list: Pick<Snapshot, 'provider' | 'platform' | 'relation'>): Adapter | undefined {
  const adapter = adapterById(list.provider);
  return adapter?.supports(list.platform, list.relation) === true ? adapter : undefined;
}

/** The providers that can collect a relation on a platform, in display order. */
export function adaptersFor(platform: Platform, relation: Relation): readonly Adapter[] {
  return adapters.filter((adapter) => adapter.supports(platform, relation));
}
