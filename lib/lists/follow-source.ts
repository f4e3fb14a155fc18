/** Where the follow times of a list come from: its provider's cursors. */
import { SAMPLE_PROVIDER } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { timeInPair } from '../providers/follow-times.ts';
import { adapterById } from '../providers/index.ts';
import type { FollowSource } from './follow-times.ts';

/** How to read the cursors of a list. The sample list has cursors like those of X's own lists. */
export function followSourceOf({
  provider,
  platform,
}: Pick<Snapshot, 'provider' | 'platform'>): FollowSource {
  if (provider === SAMPLE_PROVIDER) return { platform, followTime: timeInPair };
  const adapter = adapterById(provider);
  return { platform, followTime: adapter === undefined ? null : (cursor) => adapter.followTime(cursor) };
}
