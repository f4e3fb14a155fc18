import { useEffect, useRef, useState, type FocusEvent } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Relation } from '../../lib/model/platform.ts';
import { hasEnded, isWorthOpening } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import { platformName, profileName, relationTitle } from '../../lib/words/names.ts';
import { countText } from '../../lib/words/prices.ts';
import { useAction, type Action } from '../hooks/useAction.ts';
import { changePreferences } from '../hooks/usePreferences.ts';
import { Picture } from '../shared/Picture.tsx';
import { openSettings } from '../runs/open-extension-page.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import type { Wanted } from './HowMany.tsx';
import type { Startable } from './LimitAndProvider.tsx';
import '../styles/money.css';
import '../styles/palettes.css';
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

/**
 * When a run starts, the button that started it disappears, and when it ends, its status does. If it had the focus, what
 * replaced it takes it: the status, or the button that opens the list.
 */
function useKeptFocus(runs: number) {
  const card = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    if (!hadFocus.current || document.activeElement !== document.body) return;
    const find = (selector: string) => card.current?.querySelector<HTMLElement>(selector);
    (find('.running [role="status"]') ?? find('.existing .button') ?? find('h2'))?.focus();
  }, [runs]);
  return {
    ref: card,
    onFocus: () => {
      hadFocus.current = true;
    },
    // React doesn't report focus changes caused by its own rendering, so this one came from the user.
    onBlur: ({ target, relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
      // Except from a button that is disabled while it works.
      if (target.matches(':disabled')) return;
      hadFocus.current = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    },
  };
}

/** A profile: its lists, its runs, and the price of a new list. */
export default function ProfileCard(props: ProfileCardProps) {
  const { profile, preferences, onOpen } = props;
  const [wanted, setWanted] = useState<Wanted>({ kind: 'all' });
  const [limit, setLimit] = useState('');
  const action = useAction();
  const state = profileState(props);
  const { relations, fresh, again, isRunning, isWithoutProvider } = state;
  const focus = useKeptFocus(state.own.filter(({ state: { kind } }) => kind !== 'ended').length);
  const hasList = state.own.some(isWorthOpening);
  const form = ([first, ...further]: readonly Startable[], isAgain: boolean) =>
    first !== undefined && (
      <StartForm
        profile={profile}
        startable={[first, ...further]}
        preferences={preferences}
        again={isAgain}
        primary={!isAgain && !isRunning && !hasList}
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
    );
  return (
    <section className="panel" aria-label={i18n.t('popup.profile')} {...focus}>
      <ProfileHeading profile={profile} state={state} pictures={preferences.pictures} />
      {relations.length === 0 && (
        <p>{i18n.t('popup.unsupported', { platform: platformName(profile.platform) })}</p>
      )}
      <Lists state={state} onOpen={onOpen} />
      {again.length > 0 && (
        <details>
          <summary>{i18n.t('popup.again')}</summary>
          {form(again, true)}
        </details>
      )}
      {relations.length > 0 && !isRunning && isWithoutProvider && (
        <NoProvider profile={profile} state={state} action={action} onOpen={onOpen} />
      )}
      {form(fresh, false)}
      <ErrorText error={action.error} />
    </section>
  );
}

interface ProfileHeadingProps {
  readonly profile: PageProfile;
  readonly state: ProfileState;
  readonly pictures: boolean;
}

/** Whose lists these are, and how many accounts there are to collect. */
function ProfileHeading({
  profile: { platform, handle },
  state: { own, counts },
  pictures,
}: ProfileHeadingProps) {
  const known = own.find(({ facts }) => facts !== null);
  const facts = known?.facts ?? null;
  const called = profileName(platform, handle);
  const parts = [
    i18n.t('popup.on_platform', { platform: platformName(platform) }),
    ...counts.map(({ relation, count }) => countText(relation, count)),
  ];
  return (
    <div className="line profile-heading">
      <Picture
        id={known?.profileId ?? handle}
        name={facts?.name ?? null}
        handle={handle}
        url={pictures ? (facts?.avatarUrl ?? null) : null}
      />
      <div className="grow">
        <h2 className="ellipsis" dir="auto" tabIndex={-1}>
          <bdi>{facts?.name ?? called}</bdi>
        </h2>
        <p className="meta">
          {facts?.name != null && <bdi>{called} </bdi>}
          {parts.join(' · ')}
        </p>
      </div>
    </div>
  );
}

interface ListsProps {
  readonly state: ProfileState;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The newest list of each relation, finished or being collected. */
function Lists({ state: { own: existingLists, relations, isRunning }, onOpen }: ListsProps) {
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
        <RunCard snapshot={last} />
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
