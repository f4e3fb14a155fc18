import { useEffect, useState } from 'react';
import { canBeUpdated, offerUpdate, type UpdateOffer } from '../../lib/collector/update-offer.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { adapters } from '../../lib/providers/index.ts';
import { useKeyInfos } from './useDatabase.ts';
import { usePreferences } from './usePreferences.ts';
import { store } from './store.ts';

/** What bringing a list up to date costs now; `null` if it can't be updated, `undefined` until that is known. */
export function useUpdateOffer(snapshot: Snapshot): UpdateOffer | null | undefined {
  const keys = useKeyInfos();
  const preferences = usePreferences();
  const [known, setKnown] = useState<{ readonly id: string; readonly offer: UpdateOffer | null }>();
  useEffect(() => {
    if (keys === undefined || preferences === undefined || !canBeUpdated(snapshot)) return undefined;
    let isOutdated = false;
    const withKey = new Set(keys.map(({ provider }) => provider));
    offerUpdate(store.pages, snapshot, { adapters, preferences, withKey, now: Date.now() })
      .then((offer) => {
        if (!isOutdated) setKnown({ id: snapshot.id, offer });
      })
      .catch(console.error);
    return () => {
      isOutdated = true;
    };
  }, [snapshot, keys, preferences]);
  if (!canBeUpdated(snapshot)) return null;
  return known?.id === snapshot.id ? known.offer : undefined;
}
