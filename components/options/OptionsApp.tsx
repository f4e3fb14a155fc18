import { Fragment, useState } from 'react';
import { i18n } from '#i18n';
import { adapters } from '../../lib/providers/index.ts';
import { useKeyInfos } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { Mark } from '../shared/Icon.tsx';
import { DamagedKeys } from './DamagedKeys.tsx';
import { DeleteEverything } from './DeleteEverything.tsx';
import { KeyLock } from './KeyLock.tsx';
import { Notifications } from './Notifications.tsx';
import { Backup } from './Backup.tsx';
import { ProviderRegion } from '../providers/ProviderRegion.tsx';
import { SpendingLimits } from './SpendingLimits.tsx';
import { Switches } from './Switches.tsx';

/** The settings page. */
export function OptionsApp() {
  const keys = useKeyInfos();
  const preferences = usePreferences();
  /** How often everything was deleted. As a React key, it discards earlier messages, which no longer apply. */
  const [times, setTimes] = useState(0);
  if (keys === undefined || preferences === undefined) return null;
  return (
    <main className="settings">
      <header className="line title">
        <Mark />
        <h1>{i18n.t('options.title')}</h1>
      </header>
      <h2>{i18n.t('options.providers')}</h2>
      <p className="muted">{i18n.t('options.intro')}</p>
      <DamagedKeys />
      <Fragment key={times}>
        {adapters.map((adapter) => (
          <ProviderRegion
            key={adapter.id}
            adapter={adapter}
            info={keys.find(({ provider }) => provider === adapter.id) ?? null}
          />
        ))}
        <KeyLock />
        <SpendingLimits preferences={preferences} />
        <Switches preferences={preferences} />
        <Notifications preferences={preferences} />
        <Backup preferences={preferences} />
      </Fragment>
      <DeleteEverything
        onDone={() => {
          setTimes(times + 1);
        }}
      />
    </main>
  );
}
