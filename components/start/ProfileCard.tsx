import { useState } from 'react';
import { i18n } from '#i18n';
import type { PageHint } from '../../lib/messages/types.ts';
import { idInHandle } from '../../lib/model/handles.ts';
import { handleKey } from '../../lib/model/handles.ts';
import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';
import { RELATIONS, type Relation } from '../../lib/model/platform.ts';
import { hasEnded, isWorthOpening, type Snapshot } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import { listKind, type Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { platformHint, platformName, profileName, relationTitle } from '../../lib/words/names.ts';
import { useAction, type Action } from '../hooks/useAction.ts';
import { changePreferences } from '../hooks/usePreferences.ts';
import { openSettings } from '../runs/open-extension-page.ts';
import { readyProviders, type Known, type Ready } from '../runs/provider.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { TrySample } from '../start/TrySample.tsx';
import { ProfileLists } from './ProfileLists.tsx';
import { HowMany, type Wanted } from './HowMany.tsx';
import { LimitAndProvider, type Startable } from './LimitAndProvider.tsx';
import { StartButton } from './StartButton.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface ProfileCardProps {
  readonly profile: PageProfile;
  /** What the profile's page said of it: for estimates. */
  readonly hint: PageHint | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The count of a relation: as the newest list found it, else as the page said it. */
function countOf(relation: Relation, own: readonly Snapshot[], hint: PageHint | null): number | null {
  const found = own.find((snapshot) => snapshot.facts !== null)?.facts ?? null;
  return found?.[relation] ?? hint?.[relation] ?? null;
}

/** The profile at hand: what it would cost, what is there already, and what is going on. */
export function ProfileCard({ profile, hint, snapshots, keys, preferences, onOpen }: ProfileCardProps) {
  const { platform, handle } = profile;
  const own = snapshots.filter(
    (snapshot) => snapshot.platform === platform && snapshot.handleKey === handleKey(handle),
  );
  const [wanted, setWanted] = useState<Wanted>({ kind: 'all' });
  const [limit, setLimit] = useState('');
  const action = useAction();
  const matching = hint !== null && handleKey(hint.handle) === handleKey(handle) ? hint : null;

  const relations = RELATIONS.filter((relation) => adaptersFor(platform, relation).length > 0);
  const isIdAlone = idInHandle(platform, handle) !== null;
  const advice = platformHint(platform);
  const withKeyFor = (relation: Relation): readonly Ready[] =>
    readyProviders(platform, relation, keys, preferences.preferredProvider[listKind(platform, relation)]);
  const readyFor = (relation: Relation): readonly Ready[] =>
    withKeyFor(relation).filter(({ adapter }) => !isIdAlone || adapter.listsBy === 'id');
  /** Providers with a key that cannot list this profile, of which only the id is known. */
  const needHandle = new Set(relations.flatMap(withKeyFor).map(({ adapter }) => adapter.name));
  /** The choice holds from now on, for every list on this platform that the provider can collect. */
  const prefer = (id: ProviderId): void => {
    const chosen = relations.filter((relation) =>
      readyFor(relation).some(({ adapter }) => adapter.id === id),
    );
    const preferred = Object.fromEntries(chosen.map((relation) => [listKind(platform, relation), id]));
    action.run(() =>
      changePreferences(({ preferredProvider }) => ({
        preferredProvider: { ...preferredProvider, ...preferred },
      })),
    );
  };
  const newest = (relation: Relation): Snapshot | undefined =>
    own.find((snapshot) => snapshot.relation === relation);
  const isGoing = own.some(({ state }) => !hasEnded(state));
  const knownOf = (relation: Relation): Known => ({
    platform,
    count: countOf(relation, own, matching),
    idKnown: isIdAlone || (matching !== null && matching.id !== null),
  });
  const startable = relations.flatMap((relation): Startable[] => {
    const last = newest(relation);
    const [lead, ...others] = readyFor(relation);
    if (lead === undefined || (last !== undefined && !hasEnded(last.state))) return [];
    return [{ relation, ready: [lead, ...others], known: knownOf(relation) }];
  });
  const [leading, ...further] = startable;
  const facts = own.find((snapshot) => snapshot.facts !== null)?.facts ?? null;

  return (
    <section className="panel" aria-label={i18n.t('popup.profile')}>
      <h2 className="ellipsis">
        <bdi>{facts?.name ?? profileName(platform, handle)}</bdi>{' '}
        <span className="meta">
          {facts?.name != null && <bdi>{profileName(platform, handle)} </bdi>}
          {i18n.t('popup.on_platform', { platform: platformName(platform) })}
        </span>
      </h2>
      {relations.length === 0 && <p>{i18n.t('popup.unsupported', { platform: platformName(platform) })}</p>}
      {relations.map((relation) => {
        const last = newest(relation);
        if (last === undefined) return null;
        return hasEnded(last.state) ? (
          <ProfileLists
            key={relation}
            snapshot={last}
            primary={!isGoing && own.find(isWorthOpening) === last}
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
      })}
      {relations.length > 0 &&
        !isGoing &&
        relations.every((relation) => readyFor(relation).length === 0) &&
        (needHandle.size > 0 ? (
          <p>{i18n.t('popup.needs_handle', { providers: new Intl.ListFormat().format(needHandle) })}</p>
        ) : (
          <NoKey profile={profile} relations={relations} action={action} onOpen={onOpen} />
        ))}
      {leading !== undefined && (
        <form
          className="start"
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <HowMany
            wanted={wanted}
            onWanted={setWanted}
            startable={[leading, ...further]}
            creditPrices={preferences.creditPrice}
          />
          {advice !== null && <p className="meta">{advice}</p>}
          <LimitAndProvider
            limit={limit}
            onLimit={setLimit}
            startable={[leading, ...further]}
            wanted={wanted}
            creditPrices={preferences.creditPrice}
            onProvider={prefer}
          />
          {startable.map((each) => {
            const last = newest(each.relation);
            return (
              <StartButton
                key={each.relation}
                profile={profile}
                startable={each}
                wanted={wanted}
                limit={limit}
                again={last !== undefined && isWorthOpening(last)}
                creditPrice={preferences.creditPrice[each.ready[0].adapter.id] ?? null}
                primary={each === leading && !isGoing && !own.some(isWorthOpening)}
                action={action}
                onOpen={onOpen}
              />
            );
          })}
        </form>
      )}
      <ErrorText error={action.error} />
    </section>
  );
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
