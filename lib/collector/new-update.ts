/** The snapshot with which an update starts. Pure. */
import type { SnapshotId } from '../model/ids.ts';
import { hasEnded, type Snapshot } from '../model/snapshot.ts';
import { NOTHING_KNOWN, type FullCollection } from '../model/update.ts';
import { newSnapshot } from './new-run.ts';
import type { UpdateOffer } from './update-offer.ts';

/** The last collection of a list that went from the newest account down. */
export function fullCollectionOf(list: Snapshot): FullCollection {
  if (list.update?.joined != null) return list.update.full;
  const { startedAt, createdAt, state, charged, unit } = list;
  return {
    startedAt: startedAt ?? createdAt,
    isComplete: hasEnded(state) && state.outcome.kind === 'complete',
    charged,
    unit,
  };
}

/**
 * @param cap the most that it may spend, in the provider's unit; `null` is what needs no approval
 * @param unapproved what may be spent without approval
 */
export function newUpdate(
  list: Snapshot,
  { adapter, estimate, since, pageSize }: UpdateOffer,
  {
    id,
    at,
    cap,
    unapproved,
  }: {
    readonly id: SnapshotId;
    readonly at: number;
    readonly cap: number | null;
    readonly unapproved: number;
  },
): Snapshot {
  const { platform, handle, relation, facts, idFromBackup } = list;
  const run = { platform, handle, relation, provider: adapter.id, howMany: null, cap, again: true } as const;
  const { snapshot } = newSnapshot({ ...run, startedFrom: 'own', hint: null }, adapter, {
    id,
    at,
    unapproved,
  });
  const profileId = list.profileId ?? null;
  // An ID that was never confirmed is looked up first.
  const isKnown = adapter.listsBy !== 'handle' && profileId !== null && idFromBackup === undefined;
  return {
    ...snapshot,
    ...(isKnown ? { profileId, resolvedAt: at } : {}),
    // If the handle belongs to somebody else now, nothing is added.
    ...(!isKnown && profileId !== null ? { idFromBackup: profileId } : {}),
    facts,
    expected: null,
    estimate,
    update: {
      base: list.id,
      baseStartedAt: list.startedAt ?? list.createdAt,
      since,
      full: fullCollectionOf(list),
      pageSize,
      known: NOTHING_KNOWN,
      joined: null,
    },
  };
}
