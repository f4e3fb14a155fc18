/** Where the follow times of a list come from: its provider's cursors. */
import { SAMPLE_PROVIDER } from '../model/ids.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { timeInPair } from '../providers/follow-times.ts';
import { cursorTimeOf } from '../providers/cursor-times.ts';
import type { FollowSource } from './follow-times.ts';

/** How to read the cursors of a list. The sample list has cursors like those of X's own lists. */
export function followSourceOf({
  provider,
  platform,
  update,
}: Pick<Snapshot, 'provider' | 'platform' | 'update'>): FollowSource {
  if (provider === SAMPLE_PROVIDER) return { platform, followTime: timeInPair };
  const followTime = cursorTimeOf(provider) ?? null;
  const starts = update?.joined?.starts ?? [];
  if (starts.length === 0) return { platform, followTime };
  const earlier = starts.map((start) => ({
    seq: start.seq,
    followTime: cursorTimeOf(start.provider) ?? null,
  }));
  return { platform, followTime, earlier };
}
