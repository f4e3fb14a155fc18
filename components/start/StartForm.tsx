import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { platformHint } from '../../lib/words/names.ts';
import type { Action } from '../hooks/useAction.ts';
import { HowMany, type Wanted } from './HowMany.tsx';
import { LimitAndProvider, type Startable } from './LimitAndProvider.tsx';
import { StartButton } from './StartButton.tsx';

interface StartFormProps {
  readonly profile: PageProfile;
  readonly startable: readonly [Startable, ...Startable[]];
  readonly preferences: Preferences;
  /** Whether finished lists of these could be opened for free. */
  readonly again: boolean;
  /** Whether starting is the view's primary action. */
  readonly primary: boolean;
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
  const { profile, startable, preferences, again, primary, wanted, limit, action, onOpen } = props;
  const advice = platformHint(profile.platform);
  return (
    <form
      className="start"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <HowMany wanted={wanted} onWanted={props.onWanted} startable={startable} />
      {startable.map((each, index) => (
        <StartButton
          key={each.relation}
          profile={profile}
          startable={each}
          wanted={wanted}
          limit={limit}
          again={again}
          creditPrice={preferences.creditPrice[each.ready[0].adapter.id] ?? null}
          leads={index === 0}
          primary={primary && index === 0}
          action={action}
          onOpen={onOpen}
        />
      ))}
      {advice !== null && <p className="meta">{advice}</p>}
      <LimitAndProvider
        limit={limit}
        onLimit={props.onLimit}
        startable={startable}
        wanted={wanted}
        creditPrices={preferences.creditPrice}
        onProvider={props.onProvider}
      />
    </form>
  );
}
