/** What a click on a profile's page would start, and what that costs, as texts. Nothing is stored or sent. */
import { offerOf, type Offer } from '../../lib/collector/offer.ts';
import type { NewRun } from '../../lib/collector/new-run.ts';
import type { PageOffer, PageView } from '../../lib/messages/types.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { isWorthOpening } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adapters } from '../../lib/providers/index.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type { Store } from '../../lib/store/index.ts';
import { offerDetail, offerLabel, type OfferFacts } from '../../lib/words/offers.ts';
import { hintOf, withTrustedId } from './hints.ts';

/** The run that a click on the page button starts. */
export async function oneClickRun(
  store: Store,
  profile: PageProfile,
  relation: Relation,
  tabId: number,
): Promise<NewRun> {
  const hint = withTrustedId(await hintOf(tabId, profile), profile, await store.snapshots.all());
  return {
    ...profile,
    relation,
    provider: null,
    howMany: null,
    cap: null,
    again: false,
    hint,
    startedFrom: 'page',
  };
}

function textsOf(
  { adapter, estimate, ...offer }: Offer,
  run: NewRun,
  { creditPrice }: Preferences,
  isInTrash: boolean,
): PageOffer {
  const facts: OfferFacts = {
    ...offer,
    isInTrash,
    relation: run.relation,
    count: estimate.rows,
    providerName: adapter.name,
    price: adapter.price,
    most: adapter.pages(run.platform).most,
    amount: estimate.amount,
    seconds: estimate.seconds,
    creditPrice: creditPrice[adapter.id] ?? null,
  };
  return { label: offerLabel(facts), detail: offerDetail(facts) };
}

/** By relation; `null` where a click spends nothing. */
export async function pageOffers(
  store: Store,
  profile: PageProfile,
  tabId: number,
): Promise<PageView['offers']> {
  const [preferences, keys, deleted] = await Promise.all([
    readPreferences(store),
    store.keys.infos(),
    store.snapshots.deleted(),
  ]);
  const withKey = new Set(keys.map(({ provider }) => provider));
  const { platform, handle } = profile;
  const offerFor = async (relation: Relation): Promise<PageOffer | null> => {
    const [run, lists] = await Promise.all([
      oneClickRun(store, profile, relation, tabId),
      store.snapshots.ofProfile(platform, handleKey(handle), relation),
    ]);
    const offer = offerOf(run, { adapters, preferences, withKey, lists });
    const isInTrash = deleted.some(
      (list) =>
        list.platform === platform &&
        list.handleKey === handleKey(handle) &&
        list.relation === relation &&
        isWorthOpening(list),
    );
    return offer === null ? null : textsOf(offer, run, preferences, isInTrash);
  };
  const [followers, following] = await Promise.all([offerFor('followers'), offerFor('following')]);
  return { followers, following };
}
