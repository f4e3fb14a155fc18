import { useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { hasEnded, isWorthOpening, type Snapshot } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { platformName, profileName, relationTitle } from '../../lib/words/names.ts';
import { useAction, type Action } from '../hooks/useAction.ts';
import { changePreferences } from '../hooks/usePreferences.ts';
import { openSettings } from '../runs/open-extension-page.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import type { Wanted } from './HowMany.tsx';
import {
  newestOf,
  preferredFor,
  profileState,
  type ProfileInput,
  type ProfileState,
} from './profile-state.ts';
import { ProfileLists } from './ProfileLists.tsx';
import { StartForm } from './StartForm.tsx';
import { TrySample } from './TrySample.tsx';

interface ProfileCardProps extends ProfileInput {
  readonly onOpen: (id: SnapshotId) => void;
}

/** A profile: its lists, its runs, and the price of a new list. */
export function ProfileCard(props: ProfileCardProps) {
  const { profile, preferences, onOpen } = props;
  const [wanted, setWanted] = useState<Wanted>({ kind: 'all' });
  const [limit, setLimit] = useState('');
  const action = useAction();
  const state = profileState(props);
  const { relations, startable, isRunning, isWithoutProvider } = state;
  const [first, ...further] = startable;
  return (
    <section className="panel" aria-label={i18n.t('popup.profile')}>
      <ProfileHeading profile={profile} own={state.own} />
      {relations.length === 0 && (
        <p>{i18n.t('popup.unsupported', { platform: platformName(profile.platform) })}</p>
      )}
      <Lists state={state} preferences={preferences} onOpen={onOpen} />
      {relations.length > 0 && !isRunning && isWithoutProvider && (
        <NoProvider profile={profile} state={state} action={action} onOpen={onOpen} />
      )}
      {first !== undefined && (
        <StartForm
          profile={profile}
          state={state}
          startable={[first, ...further]}
          preferences={preferences}
          wanted={wanted}
          onWanted={setWanted}
          limit={limit}
          onLimit={setLimit}
          action={action}
          onProvider={(id) => {
            const preferred = preferredFor(props, id);
            action.run(() =>
              changePreferences(({ preferredProvider }) => ({
                preferredProvider: { ...preferredProvider, ...preferred },
              })),
            );
          }}
          onOpen={onOpen}
        />
      )}
      <ErrorText error={action.error} />
    </section>
  );
}

interface ProfileHeadingProps {
  readonly profile: PageProfile;
  readonly own: readonly Snapshot[];
}

function ProfileHeading({ profile: { platform, handle }, own: existingLists }: ProfileHeadingProps) {
  const name = existingLists.find((snapshot) => snapshot.facts !== null)?.facts?.name ?? null;
  return (
    <h2 className="ellipsis">
      <bdi>{name ?? profileName(platform, handle)}</bdi>{' '}
      <span className="meta">
        {name !== null && <bdi>{profileName(platform, handle)} </bdi>}
        {i18n.t('popup.on_platform', { platform: platformName(platform) })}
      </span>
    </h2>
  );
}

interface ListsProps {
  readonly state: ProfileState;
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The newest list of each relation, finished or being collected. */
function Lists({ state: { own: existingLists, relations, isRunning }, preferences, onOpen }: ListsProps) {
  return relations.map((relation) => {
    const last = newestOf(existingLists, relation);
    if (last === undefined) return null;
    return hasEnded(last.state) ? (
      <ProfileLists
        key={relation}
        snapshot={last}
        primary={!isRunning && existingLists.find(isWorthOpening) === last}
        onOpen={onOpen}
      />
    ) : (
      <div key={relation} className="running">
        <div className="line">
          <h3 className="grow">{relationTitle(relation)}</h3>
          <Button
            variant="quiet"
            onClick={() => {
              onOpen(last.id);
            }}
          >
            {i18n.t('popup.open')}
          </Button>
        </div>
        <RunCard snapshot={last} askAbove={preferences.askAbove} />
      </div>
    );
  });
}

interface NoProviderProps {
  readonly profile: PageProfile;
  readonly state: ProfileState;
  readonly action: Action;
  readonly onOpen: (id: SnapshotId) => void;
}

function NoProvider({ profile, state: { relations, needHandle }, action, onOpen }: NoProviderProps) {
  if (needHandle.size === 0) {
    return <NoKey profile={profile} relations={relations} action={action} onOpen={onOpen} />;
  }
  return <p>{i18n.t('popup.needs_handle', { providers: new Intl.ListFormat().format(needHandle) })}</p>;
}

function NoKey(props: {
  readonly profile: PageProfile;
  readonly relations: readonly Relation[];
  readonly action: Action;
  readonly onOpen: (id: SnapshotId) => void;
}) {
  const { profile, relations, action, onOpen } = props;
  const platform = platformName(profile.platform);
  const adapters = Array.from(
    new Set(relations.flatMap((relation) => adaptersFor(profile.platform, relation))),
  );
  const providers = new Intl.ListFormat(undefined, { type: 'disjunction' }).format(
    adapters.map(({ name }) => name),
  );
  return (
    <>
      <p>{i18n.t('popup.no_key', { platform, providers })}</p>
      <div className="buttons">
        <Button
          variant="primary"
          onClick={() => {
            action.run(() => openSettings(adapters[0]?.id ?? null));
          }}
        >
          {i18n.t('remedy.add_key')}
        </Button>
        <TrySample onOpen={onOpen} />
      </div>
    </>
  );
}
