/** The lists in display order: those being collected, those that need the user, then the rest by profile. Pure. */
import { foldText } from '../../lib/lists/fold.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Platform } from '../../lib/model/platform.ts';
import type { Snapshot, State } from '../../lib/model/snapshot.ts';

/** A profile as its lists name it. */
export interface ListedProfile {
  /** From the newest list that has it: a list may have ended before the profile was looked up. */
  readonly name: string | null;
  readonly handle: string;
  readonly platform: Platform;
}

interface Group {
  readonly key: string;
  readonly lists: readonly Snapshot[];
}

export type ListGroup =
  | (Group & { readonly kind: 'running' | 'attention' })
  | (Group & { readonly kind: 'profile'; readonly profile: ListedProfile });

/** A line of the lists: a list, the heading above a group's first list, or only the heading of a collapsed group. */
export interface ListLine {
  /** It stays the same when the group is collapsed, so that the heading keeps the focus. */
  readonly key: string;
  readonly group: ListGroup;
  readonly hasHeading: boolean;
  readonly snapshot: Snapshot | null;
  /** The index of its first {@link Stop}. */
  readonly stop: number;
}

/** A place that the arrow keys lead to: the heading of a group, or a list. */
export interface Stop {
  readonly key: string;
  readonly line: number;
  readonly group: ListGroup;
  /** `null` is the heading. */
  readonly snapshot: SnapshotId | null;
}

export interface Lines {
  readonly lines: readonly ListLine[];
  readonly stops: readonly Stop[];
}

/** Identifies a profile among all platforms. */
export function profileKey({ platform, handleKey }: Pick<Snapshot, 'platform' | 'handleKey'>): string {
  return `${platform}/${handleKey}`;
}

/** @param snapshots newest first */
export function profilesOf(snapshots: readonly Snapshot[]): ReadonlyMap<string, ListedProfile> {
  const profiles = new Map<string, ListedProfile>();
  for (const snapshot of snapshots) {
    const key = profileKey(snapshot);
    const { handle, platform } = profiles.get(key) ?? snapshot;
    const name = profiles.get(key)?.name ?? snapshot.facts?.name ?? null;
    profiles.set(key, { name, handle, platform });
  }
  return profiles;
}

/**
 * The group of a list besides its profile. A list that ended as the user decided, by stopping it or by asking for the
 * newest ones only, does not need attention, although it could be continued.
 */
function groupOf(state: State): 'running' | 'attention' | 'profile' {
  switch (state.kind) {
    case 'queued':
    case 'resolving':
    case 'running':
    case 'waiting':
      return 'running';
    case 'confirming':
    case 'blocked':
    case 'paused':
      return 'attention';
    case 'ended':
      switch (state.outcome.kind) {
        case 'stalled':
          return 'attention';
        case 'capped':
          return state.outcome.by === 'rows' ? 'profile' : 'attention';
        case 'complete':
        case 'updated':
        case 'ended-early':
        case 'stopped':
        case 'failed':
          return 'profile';
      }
  }
}

/**
 * Every list is in one group. Groups without a list are left out; profiles are in the order of their newest list.
 * @param snapshots newest first
 * @param profiles of all lists, also of those that are not in `snapshots`
 */
export function listGroups(
  snapshots: readonly Snapshot[],
  profiles: ReadonlyMap<string, ListedProfile>,
): readonly ListGroup[] {
  const running: Snapshot[] = [];
  const attention: Snapshot[] = [];
  const byProfile = new Map<string, Snapshot[]>();
  for (const snapshot of snapshots) {
    const group = groupOf(snapshot.state);
    const key = profileKey(snapshot);
    if (group === 'running') running.push(snapshot);
    else if (group === 'attention') attention.push(snapshot);
    else {
      const lists = byProfile.get(key);
      if (lists === undefined) byProfile.set(key, [snapshot]);
      else lists.push(snapshot);
    }
  }
  const groups: readonly ListGroup[] = [
    { kind: 'running', key: 'running', lists: running },
    { kind: 'attention', key: 'attention', lists: attention },
    ...Array.from(byProfile).flatMap(([key, lists]): readonly ListGroup[] => {
      const profile = profiles.get(key);
      return profile === undefined ? [] : [{ kind: 'profile', key, lists, profile }];
    }),
  ];
  return groups.filter(({ lists }) => lists.length > 0);
}

/** A group's lists, each with whether the heading is above it; only the heading if they are hidden. */
function partsOf({ lists }: ListGroup, isCollapsed: boolean) {
  return isCollapsed
    ? [{ hasHeading: true, snapshot: null }]
    : lists.map((snapshot, at) => ({ hasHeading: at === 0, snapshot }));
}

/**
 * The lines of the groups, and their stops.
 * @param collapsed the keys of the groups whose lists are hidden; `null` if none can be, so that headings are no stops
 */
export function linesOf(groups: readonly ListGroup[], collapsed: ReadonlySet<string> | null): Lines {
  const lines: ListLine[] = [];
  const stops: Stop[] = [];
  for (const group of groups) {
    for (const { hasHeading, snapshot } of partsOf(group, collapsed?.has(group.key) === true)) {
      const line = lines.length;
      const key = hasHeading || snapshot === null ? group.key : snapshot.id;
      lines.push({ key, group, hasHeading, snapshot, stop: stops.length });
      if (hasHeading && collapsed !== null) stops.push({ key: group.key, line, group, snapshot: null });
      if (snapshot !== null) stops.push({ key: snapshot.id, line, group, snapshot: snapshot.id });
    }
  }
  return { lines, stops };
}

/** The lists with every word of a text in their profile's name or handle, their own name, or their notes. */
export function matchingLists(
  snapshots: readonly Snapshot[],
  profiles: ReadonlyMap<string, ListedProfile>,
  text: string,
): readonly Snapshot[] {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return snapshots;
  return snapshots.filter((snapshot) => {
    const { handle, name, notes } = snapshot;
    const profile = profiles.get(profileKey(snapshot));
    // Words contain no space, so none matches across two of these.
    const searched = foldText([profile?.name, `@${handle}`, name, notes].join(' '));
    return words.every((word) => searched.includes(word));
  });
}
