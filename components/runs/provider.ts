/** What the screen needs to know of providers. */
import type { Estimate, Platform, ProviderId, Relation, Unit } from '../../lib/model.ts';
import { estimateRun, rowsToCollect } from '../../lib/collector/estimate.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adapterById, adaptersFor } from '../../lib/providers/index.ts';
import type { KeyInfo } from '../../lib/store/index.ts';

/** The provider's name; its id where this version does not know it. */
export function nameOfProvider(id: ProviderId): string {
  return adapterById(id)?.name ?? id;
}

/** A provider that can do what is asked and has a key, with what the key is known to have left. */
export interface Ready {
  readonly adapter: Adapter;
  readonly balance: number | null;
}

/** Providers with a key for a relation, the preferred one first. */
export function readyProviders(
  platform: Platform,
  relation: Relation,
  keys: readonly KeyInfo[],
  preferred: ProviderId | undefined,
): readonly Ready[] {
  const ready = adaptersFor(platform, relation).flatMap((adapter) => {
    const key = keys.find(({ provider }) => provider === adapter.id);
    return key === undefined ? [] : [{ adapter, balance: key.balance }];
  });
  return ready.toSorted((a, b) => Number(b.adapter.id === preferred) - Number(a.adapter.id === preferred));
}

/** The price of the newest `howMany` (`null`: all) of `count` accounts (`null`: unknown), resolving included. */
export function priceOf(
  adapter: Adapter,
  platform: Platform,
  howMany: number | null,
  count: number | null,
): Estimate {
  return estimateRun(adapter, { platform, rows: rowsToCollect(howMany, count), resolved: false });
}

/** What may be spent unasked, by unit. */
export type AskAbove = Readonly<Record<Unit, number>>;
