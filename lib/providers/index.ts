/** The registry of providers, in the order they are shown. A new one is a file beside this and a line here. */
import type { ProviderId } from '../model/ids.ts';
import type { Platform, Relation } from '../model/platform.ts';
import type { Adapter } from './adapter.ts';
import { socialFetch } from './socialfetch.ts';
import { sociavault } from './sociavault/index.ts';
import { xV11 } from './x-v1.1.ts';
import { xV2 } from './x-v2.ts';

export const adapters: readonly Adapter[] = [sociavault, socialFetch, xV2, xV11];

export function adapterById(id: ProviderId): Adapter | undefined {
  return adapters.find((adapter) => adapter.id === id);
}

/** The providers that can collect a relation on a platform, in the order they are shown. */
export function adaptersFor(platform: Platform, relation: Relation): readonly Adapter[] {
  return adapters.filter((adapter) => adapter.supports(platform, relation));
}
