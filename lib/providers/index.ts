/** The registry of providers, in the order they are shown. A new one is a file beside this and a line here. */
import type { Platform, ProviderId, Relation } from '../model.ts';
import type { Adapter } from './adapter.ts';
import { sociavault } from './sociavault/index.ts';
import { xV2 } from './x-v2.ts';

export const adapters: readonly Adapter[] = [sociavault, xV2];

export function adapterById(id: ProviderId): Adapter | undefined {
  return adapters.find((adapter) => adapter.id === id);
}

/** The providers that can collect a relation on a platform, in the order they are shown. */
export function adaptersFor(platform: Platform, relation: Relation): readonly Adapter[] {
  return adapters.filter((adapter) => adapter.supports(platform, relation));
}
