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
}: Pick<Snapshot, 'provider' | 'platform'>): FollowSource {
  if (provider === SAMPLE_PROVIDER) return { platform, followTime: timeInPair };
  return { platform, followTime: cursorTimeOf(provider) ?? null };
}
