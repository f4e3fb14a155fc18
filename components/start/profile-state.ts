/** The existing lists of a profile, and what can be collected. Pure. */
import type { PageHint } from '../../lib/messages/types.ts';
import { handleKey, idInHandle } from '../../lib/model/handles.ts';
import type { ProviderId } from '../../lib/model/ids.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import { listKind, type Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { readyProviders, type Known, type Ready } from '../runs/provider.ts';
import type { Startable } from './LimitAndProvider.tsx';

export interface ProfileInput {
  readonly profile: PageProfile;
  /** The counts on the profile's page, for estimates. */
  readonly hint: PageHint | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
}

export interface ProfileState {
  /** The profile's lists, newest first. */
  readonly own: readonly Snapshot[];
  /** The relations that any provider can collect. */
  readonly relations: readonly Relation[];
  readonly startable: readonly Startable[];
  readonly isRunning: boolean;
  /** Whether no provider with a key can collect anything. */
  readonly isWithoutProvider: boolean;
  /** Providers with a key that can't collect this profile, because only its ID is known. */
  readonly needHandle: ReadonlySet<string>;
}

const RELATIONS: readonly Relation[] = ['followers', 'following'];

/** The count of a relation, from the newest list that has it, or else from the page. */
function countOf(
  relation: Relation,
  existingLists: readonly Snapshot[],
  hint: PageHint | null,
): number | null {
  const found = existingLists.find((snapshot) => snapshot.facts !== null)?.facts ?? null;
  return found?.[relation] ?? hint?.[relation] ?? null;
}

export function newestOf(existingLists: readonly Snapshot[], relation: Relation): Snapshot | undefined {
  return existingLists.find((snapshot) => snapshot.relation === relation);
}

function withKeyFor(input: ProfileInput, relation: Relation): readonly Ready[] {
  const { profile, keys, preferences } = input;
  const { platform } = profile;
  return readyProviders(
    platform,
    relation,
    keys,
    preferences.preferredProvider[listKind(platform, relation)],
  );
}

function isIdOnlyProfile({ profile: { platform, handle } }: ProfileInput): boolean {
  return idInHandle(platform, handle) !== null;
}

function readyFor(input: ProfileInput, relation: Relation): readonly Ready[] {
  const isIdOnly = isIdOnlyProfile(input);
  return withKeyFor(input, relation).filter(({ adapter }) => !isIdOnly || adapter.listsBy === 'id');
}

function relationsOf({ profile: { platform } }: ProfileInput): readonly Relation[] {
  return RELATIONS.filter((relation) => adaptersFor(platform, relation).length > 0);
}

export function profileState(input: ProfileInput): ProfileState {
  const { platform, handle } = input.profile;
  const existingLists = input.snapshots.filter(
    (snapshot) => snapshot.platform === platform && snapshot.handleKey === handleKey(handle),
  );
  const hint = input.hint !== null && handleKey(input.hint.handle) === handleKey(handle) ? input.hint : null;
  const relations = relationsOf(input);
  const known = (relation: Relation): Known => ({
    platform,
    count: countOf(relation, existingLists, hint),
    idKnown: isIdOnlyProfile(input) || (hint !== null && hint.id !== null),
  });
  const startable = relations.flatMap((relation): Startable[] => {
    const last = newestOf(existingLists, relation);
    const [lead, ...others] = readyFor(input, relation);
    if (lead === undefined || (last !== undefined && !hasEnded(last.state))) return [];
    return [{ relation, ready: [lead, ...others], known: known(relation) }];
  });
  return {
    own: existingLists,
    relations,
    startable,
    isRunning: existingLists.some(({ state }) => !hasEnded(state)),
    isWithoutProvider: relations.every((relation) => readyFor(input, relation).length === 0),
    needHandle: new Set(
      relations.flatMap((relation) => withKeyFor(input, relation)).map(({ adapter }) => adapter.name),
    ),
  };
}

/** Makes a provider the preferred one for every list on this platform that it can collect. */
export function preferredFor(input: ProfileInput, id: ProviderId): Preferences['preferredProvider'] {
  const chosen = relationsOf(input).filter((relation) =>
    readyFor(input, relation).some(({ adapter }) => adapter.id === id),
  );
  return Object.fromEntries(chosen.map((relation) => [listKind(input.profile.platform, relation), id]));
}
