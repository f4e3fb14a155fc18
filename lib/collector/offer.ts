/** What a click on a profile's page would start, and what that would cost. Nothing is stored or sent. */
import { isWorthOpening, neededFor, type Estimate, type Snapshot } from '../model/snapshot.ts';
import type { ProviderId } from '../model/ids.ts';
import type { Adapter } from '../providers/adapter.ts';
import type { Preferences } from '../settings/preferences.ts';
import { estimateRun, likelyCost, type LikelyCost } from './estimate.ts';
import { chooseAdapter, estimateNew, spendableFromPages, type NewRun } from './new-run.ts';

export interface Offer {
  readonly adapter: Adapter;
  /** Without an amount if the page states no count. */
  readonly estimate: Estimate;
  /** `null` where the platform lists everything. */
  readonly likely: LikelyCost | null;
  /** What 1,000 accounts cost, without the lookup. */
  readonly thousand: number;
  /** Whether the price needs the user's approval before anything is spent. */
  readonly needsApproval: boolean;
}

interface OfferInput {
  readonly adapters: readonly Adapter[];
  readonly preferences: Preferences;
  readonly withKey: ReadonlySet<ProviderId>;
  /** The profile's lists of this relation. */
  readonly lists: readonly Pick<Snapshot, 'state' | 'rows'>[];
}

/** `null` if a click would spend nothing: no provider has a key, or there is a list that would be opened instead. */
export function offerOf(run: NewRun, { adapters, preferences, withKey, lists }: OfferInput): Offer | null {
  const adapter = chooseAdapter(run, adapters, preferences, withKey);
  if (adapter === undefined || lists.some(isWorthOpening)) return null;
  const { platform } = run;
  const estimate = estimateNew(run, adapter);
  const spendable = spendableFromPages(preferences, { id: adapter.id, unit: adapter.price.unit });
  return {
    adapter,
    estimate,
    likely: likelyCost(adapter, { platform, rows: estimate.rows, listed: estimate.rows, resolved: true }),
    thousand: estimateRun(adapter, { platform, rows: 1_000, listed: null, resolved: true }).amount ?? 0,
    needsApproval: spendable === 0 || (neededFor(estimate) ?? 0) > spendable,
  };
}
