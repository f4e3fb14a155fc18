/** What the screen needs to know of providers. */
import { i18n } from '#i18n';
import { SAMPLE_PROVIDER, type ProviderId } from '../../lib/model/ids.ts';
import type { Unit } from '../../lib/model/money.ts';
import type { Platform, Relation } from '../../lib/model/platform.ts';
import type { Estimate } from '../../lib/model/snapshot.ts';
import { estimateRun, rowsToCollect } from '../../lib/collector/estimate.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adapterById, adaptersFor } from '../../lib/providers/index.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';

/** The provider's name; its id where this version does not know it. */
export function nameOfProvider(id: ProviderId): string {
  if (id === SAMPLE_PROVIDER) return i18n.t('sample.provider');
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

/** What is known of a list before it is paid for. */
export interface Known {
  readonly platform: Platform;
  /** The profile's count; `null` where it is not known. */
  readonly count: number | null;
  /** Whether the profile's own page named its id, which saves looking it up. */
  readonly idKnown: boolean;
}

/** The price of the newest `howMany` accounts (`null`: all), looking the profile up included. */
export function priceOf(adapter: Adapter, howMany: number | null, known: Known): Estimate {
  const { platform, count, idKnown } = known;
  return estimateRun(adapter, { platform, rows: rowsToCollect(howMany, count), resolved: idKnown });
}

/** What may be spent unasked, by unit. */
export type AskAbove = Readonly<Record<Unit, number>>;
