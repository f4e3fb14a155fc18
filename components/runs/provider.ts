/** Provider data for the UI. */
import { i18n } from '#i18n';
import { SAMPLE_PROVIDER, type ProviderId } from '../../lib/model/ids.ts';
import type { Platform, Relation } from '../../lib/model/platform.ts';
import type { Estimate } from '../../lib/model/snapshot.ts';
import { estimateRun, rowsToCollect } from '../../lib/collector/estimate.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adapterById, adaptersFor } from '../../lib/providers/index.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';

/** The provider's name, or its ID if this version does not know it. */
export function nameOfProvider(id: ProviderId): string {
  if (id === SAMPLE_PROVIDER) return i18n.t('sample.provider');
  return adapterById(id)?.name ?? id;
}

/** A provider that supports the request and has a key, with the key's known balance. */
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

/** What is known about a list before it is paid for. */
export interface Known {
  readonly platform: Platform;
  /** The profile's count; `null` if it is not known. */
  readonly count: number | null;
  /** Whether the profile's page contained its ID, so that no lookup is needed. */
  readonly idKnown: boolean;
}

/** The price of the newest `howMany` accounts (`null`: all), including the profile lookup. */
export function priceOf(adapter: Adapter, howMany: number | null, known: Known): Estimate {
  const { platform, count, idKnown } = known;
  const rows = rowsToCollect(howMany, count);
  return estimateRun(adapter, { platform, rows, listed: count, resolved: idKnown });
}
