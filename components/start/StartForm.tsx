import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';
import { isWorthOpening } from '../../lib/model/snapshot.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { platformHint } from '../../lib/words/names.ts';
import type { Action } from '../hooks/useAction.ts';
import { HowMany, type Wanted } from './HowMany.tsx';
import { LimitAndProvider, type Startable } from './LimitAndProvider.tsx';
import { newestOf, type ProfileState } from './profile-state.ts';
import { StartButton } from './StartButton.tsx';

interface StartFormProps {
  readonly profile: PageProfile;
  readonly state: ProfileState;
  readonly startable: readonly [Startable, ...Startable[]];
  readonly preferences: Preferences;
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly limit: string;
  readonly onLimit: (text: string) => void;
  readonly action: Action;
  readonly onProvider: (id: ProviderId) => void;
  readonly onOpen: (id: SnapshotId) => void;
}

/** Chooses how many accounts, the limit, and the provider, and starts the run. */
export function StartForm(props: StartFormProps) {
  const { profile, state, startable, preferences, wanted, limit, action, onOpen } = props;
  const { own: existingLists, isRunning } = state;
  const advice = platformHint(profile.platform);
  return (
    <form
      className="start"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <HowMany
        wanted={wanted}
        onWanted={props.onWanted}
        startable={startable}
        creditPrices={preferences.creditPrice}
      />
      {advice !== null && <p className="meta">{advice}</p>}
      <LimitAndProvider
        limit={limit}
        onLimit={props.onLimit}
        startable={startable}
        wanted={wanted}
        creditPrices={preferences.creditPrice}
        onProvider={props.onProvider}
      />
      {startable.map((each, index) => {
        const last = newestOf(existingLists, each.relation);
        return (
          <StartButton
            key={each.relation}
            profile={profile}
            startable={each}
            wanted={wanted}
            limit={limit}
            again={last !== undefined && isWorthOpening(last)}
            creditPrice={preferences.creditPrice[each.ready[0].adapter.id] ?? null}
            primary={index === 0 && !isRunning && !existingLists.some(isWorthOpening)}
            action={action}
            onOpen={onOpen}
          />
        );
      })}
    </form>
  );
}
