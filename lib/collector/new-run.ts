/** The snapshot with which a run starts. Pure. */
import { handleKey, idInHandle } from '../model/handles.ts';
import { accountIdSchema, type AccountId, type ProviderId, type SnapshotId } from '../model/ids.ts';
import type { Unit } from '../model/money.ts';
import type { Platform, Relation } from '../model/platform.ts';
import { type Handle, type ProfileFacts, unknownFacts } from '../model/profile.ts';
import type { Estimate, Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { listKind, type Preferences } from '../settings/preferences.ts';
import { estimateOf } from './estimate.ts';

export interface ProfileHint {
  readonly id: AccountId | null;
  readonly name: string | null;
  readonly bio: string | null;
  readonly followers: number | null;
  readonly following: number | null;
}

export interface NewRun {
  readonly platform: Platform;
  readonly handle: Handle;
  readonly relation: Relation;
  /** `null` takes the preferred provider that has a key. */
  readonly provider: ProviderId | null;
  readonly howMany: number | null;
  readonly cap: number | null;
  readonly again: boolean;
  /** Whether only the request that states the count is approved, with `cap`: the price that it leads to is asked for. */
  readonly check?: boolean | undefined;
  /** What the profile's own page states, if that is certain. An ID from it saves the lookup. */
  readonly hint: ProfileHint | null;
  readonly startedFrom: Snapshot['startedFrom'];
}

/** The provider to collect with: the requested one, else the preferred one, else the first that has a key. */
export function chooseAdapter(
  run: NewRun,
  adapters: readonly Adapter[],
  { preferredProvider }: Preferences,
  withKey: ReadonlySet<ProviderId>,
): Adapter | undefined {
  const isIdOnly = idInHandle(run.platform, run.handle) !== null;
  const able = adapters.filter(
    (adapter) =>
      adapter.supports(run.platform, run.relation) &&
      withKey.has(adapter.id) &&
      (!isIdOnly || adapter.listsBy === 'id'),
  );
  const wanted = run.provider ?? preferredProvider[listKind(run.platform, run.relation)];
  return able.find((adapter) => adapter.id === wanted) ?? (run.provider === null ? able[0] : undefined);
}

/**
 * What page buttons may spend with a provider without approval, in its unit: nothing until the user has approved a price
 * for a list that was started from a page.
 */
export function spendableFromPages(
  { askAbove, usedFromPages }: Preferences,
  { id, unit }: { readonly id: ProviderId; readonly unit: Unit },
): number {
  return usedFromPages.includes(id) ? askAbove[unit] : 0;
}

/** If an address names a profile by its ID, that ID saves the lookup. */
function hintFromAddress(platform: Platform, handle: Handle): ProfileHint | null {
  const id = idInHandle(platform, handle);
  if (id === null) return null;
  return { id: accountIdSchema.parse(id), name: null, bio: null, followers: null, following: null };
}

/** What the profile's page stated on that day. */
function factsFrom({ name, bio, followers, following }: ProfileHint): ProfileFacts {
  return { ...unknownFacts, name, bio, followers, following };
}

interface KnownBefore {
  /** The hint whose ID saves the lookup; `null` if a lookup is needed. */
  readonly known: ProfileHint | null;
  /** The page's own count. */
  readonly expected: number | null;
}

function knownBefore(
  { platform, handle, relation, hint }: Pick<NewRun, 'platform' | 'handle' | 'relation' | 'hint'>,
  adapter: Pick<Adapter, 'listsBy'>,
): KnownBefore {
  const withId = hintFromAddress(platform, handle) ?? (hint?.id == null ? null : hint);
  return {
    known: adapter.listsBy === 'handle' ? null : withId,
    expected: hint === null ? null : relation === 'followers' ? hint.followers : hint.following,
  };
}

/** What a run is expected to cost, before anything is stored or sent; without an amount if the count is not known. */
export function estimateNew(run: NewRun, adapter: Adapter): Estimate {
  const { known, expected } = knownBefore(run, adapter);
  const { platform, howMany } = run;
  return estimateOf(adapter, { platform, hinted: known !== null, howMany, expected });
}

/**
 * @param unapproved what may be spent without approval, in the adapter's unit
 * @returns the snapshot, and its estimate if the number of accounts is known
 */
export function newSnapshot(
  { platform, handle, relation, howMany, cap, check = false, startedFrom, hint }: NewRun,
  adapter: Adapter,
  { id, at, unapproved }: { readonly id: SnapshotId; readonly at: number; readonly unapproved: number },
): { readonly snapshot: Snapshot; readonly estimate: Estimate | null } {
  // The page's own count prices the run before approval is requested. A response that states another replaces it.
  const { known, expected } = knownBefore({ platform, handle, relation, hint }, adapter);
  const snapshot: Snapshot = {
    id,
    platform,
    handle,
    handleKey: handleKey(handle),
    profileId: known?.id ?? null,
    resolvedAt: known === null ? null : at,
    relation,
    provider: adapter.id,
    startedFrom,
    createdAt: at,
    startedAt: null,
    updatedAt: at,
    endedAt: null,
    pace: null,
    openedAt: null,
    state: { kind: 'queued' },
    facts: known === null ? null : factsFrom(known),
    hinted: known !== null,
    expected,
    howMany,
    unit: adapter.price.unit,
    cap: cap ?? unapproved,
    confirmed: cap !== null && !check,
    ...NOTHING_COLLECTED,
  };
  return { snapshot, estimate: expected === null ? null : estimateOf(adapter, snapshot) };
}

const NOTHING_COLLECTED = {
  estimate: null,
  pages: 0,
  rows: 0,
  duplicates: 0,
  unreadable: 0,
  unexpected: {},
  charged: 0,
  maybeCharged: 0,
  pagesWithoutNew: 0,
  losses: 0,
  attempt: 0,
  filled: 0,
  ending: null,
} as const;
