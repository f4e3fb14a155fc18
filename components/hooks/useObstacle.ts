import { useEffect, useState } from 'react';
import { dueRun } from '../../lib/collector/watch/start-due.ts';
import { readSecret } from '../../lib/keys/storage.ts';
import type { Obstacle, Watch } from '../../lib/model/watch.ts';
import { adapters } from '../../lib/providers/index.ts';
import { readPreferences } from '../../lib/settings/move-from-local-storage.ts';
import { store } from './store.ts';

/** Why a watched list that is due was not started; `null` if nothing prevents it, or it isn't due. */
export function useObstacle(watch: Watch, isDue: boolean): Obstacle | null {
  const [known, setKnown] = useState<Obstacle | null>(null);
  useEffect(() => {
    if (!isDue || watch.action.kind === 'remind') return undefined;
    let isOutdated = false;
    const environment = {
      store,
      adapters,
      now: Date.now,
      newId: () => crypto.randomUUID(),
      preferences: () => readPreferences(store),
      readSecret: (row: Parameters<typeof readSecret>[1]) => readSecret(store.keys, row),
    };
    dueRun(environment, watch, watch.action)
      .then((due) => {
        if (!isOutdated) setKnown(typeof due === 'string' ? due : null);
      })
      .catch(console.error);
    return () => {
      isOutdated = true;
    };
  }, [watch, isDue]);
  return isDue ? known : null;
}
