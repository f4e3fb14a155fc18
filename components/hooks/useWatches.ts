import { useLiveQuery } from 'dexie-react-hooks';
import type { Budget } from '../../lib/model/budget.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { watchIdOf, type Watch } from '../../lib/model/watch.ts';
import { watchesOf } from '../../lib/store/watches.ts';
import { store } from './store.ts';

/** A watch, with the limit of its runs; `null` if it only reminds. */
export interface WholeWatch {
  readonly watch: Watch;
  readonly budget: Budget | null;
  /** The profile's lists, newest first. */
  readonly lists: readonly Snapshot[];
}

async function whole(watch: Watch): Promise<WholeWatch> {
  const { action, platform, handleKey, relation } = watch;
  const [budget, lists] = await Promise.all([
    action.kind === 'update' ? watchesOf(store).budget(action.budget) : undefined,
    store.snapshots.ofProfile(platform, handleKey, relation),
  ]);
  return { watch, budget: budget ?? null, lists };
}

/** All watched lists, kept current. `undefined` until they are read. */
export function useWatches(): readonly WholeWatch[] | undefined {
  return useLiveQuery(async () => Promise.all((await watchesOf(store).all()).map(whole)), []);
}

/** The watch of a list; `null` if it isn't watched, `undefined` until that is known. */
export function useWatchOf(snapshot: Snapshot): WholeWatch | null | undefined {
  const id = watchIdOf(snapshot);
  return useLiveQuery(async () => {
    const watch = await watchesOf(store).get(id);
    return watch === undefined ? null : whole(watch);
  }, [id]);
}
