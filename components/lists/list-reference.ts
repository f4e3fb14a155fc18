/** How filters, chips, and receipts call another list. */
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { listTitle } from '../../lib/words/lists.ts';
import { profileName, relationTitle } from '../../lib/words/names.ts';
import { knownSnapshot } from '../hooks/useDatabase.ts';

/** The list on screen, short: `@nasa: Followers from 14 Nov, 09:31`. */
export function listReference(id: SnapshotId, now: number = Date.now()): string {
  const snapshot = knownSnapshot(id);
  return snapshot === undefined ? i18n.t('sets.unknown_list') : referenceTo(snapshot, now);
}

export function referenceTo(snapshot: Snapshot, now: number): string {
  const { platform, handle } = snapshot;
  return i18n.t('sets.list_of', {
    profile: profileName(platform, handle),
    list: listTitle(snapshot, now),
  });
}

/** The list in a receipt: whose, when, how it ended, and its ID. */
export function listInReceipt(id: SnapshotId): string {
  const snapshot = knownSnapshot(id);
  if (snapshot === undefined) return id;
  const { platform, handle, relation, state, startedAt, createdAt } = snapshot;
  const outcome = hasEnded(state) ? state.outcome.kind : state.kind;
  const at = new Date(startedAt ?? createdAt).toISOString();
  return `${profileName(platform, handle)} ${relationTitle(relation)} ${at} (${outcome}, ${id})`;
}
