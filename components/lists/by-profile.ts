/** The lists in display order: grouped by profile, the profile with the newest list first. Pure. */
import type { Platform } from '../../lib/model/platform.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';

export interface ProfileHeading {
  /** From the newest list that has it. */
  readonly name: string | null;
  readonly handle: string;
  readonly platform: Platform;
}

export interface ListLine {
  readonly snapshot: Snapshot;
  /** The heading above the first list of a profile. */
  readonly heading: ProfileHeading | null;
}

/** @param snapshots newest first */
export function byProfile(snapshots: readonly Snapshot[]): readonly ListLine[] {
  const groups = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    const key = `${snapshot.platform}/${snapshot.handleKey}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [snapshot]);
    else group.push(snapshot);
  }
  return Array.from(groups.values()).flatMap((group) =>
    group.map((snapshot, at): ListLine => {
      if (at > 0) return { snapshot, heading: null };
      // The newest list may have ended before the profile was looked up.
      const name = group.find(({ facts }) => facts !== null)?.facts?.name ?? null;
      return { snapshot, heading: { name, handle: snapshot.handle, platform: snapshot.platform } };
    }),
  );
}
