import { Fragment, useEffect, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { adapters } from '../../lib/providers/index.ts';
import { monthlyLimitOf, type Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import type { MonthlySpending } from '../../lib/store/spending.ts';
import { useKeyInfos } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { useMonth } from '../hooks/useSpending.ts';
import { ProviderRegion } from '../providers/ProviderRegion.tsx';
import { Mark } from '../shared/Icon.tsx';
import { LimitBar } from '../shared/LimitBar.tsx';
import { Backup } from './Backup.tsx';
import { DamagedKeys } from './DamagedKeys.tsx';
import { DeleteEverything } from './DeleteEverything.tsx';
import { KeyLock } from './KeyLock.tsx';
import { Notifications } from './Notifications.tsx';
import { sectionTitle, type SectionId } from './sections.ts';
import { SettingsNav } from './SettingsNav.tsx';
import { SpendingLimits } from './SpendingLimits.tsx';
import { Switches } from './Switches.tsx';

/** The settings page. */
export function OptionsApp() {
  const keys = useKeyInfos();
  const preferences = usePreferences();
  const month = useMonth();
  if (keys === undefined || preferences === undefined || month === undefined) return null;
  return <Settings keys={keys} preferences={preferences} month={month} />;
}

interface SettingsProps {
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly month: ReadonlyMap<string, MonthlySpending>;
}

function Settings({ keys, preferences, month }: SettingsProps) {
  /** How often everything was deleted. As a React key, it discards earlier messages, which no longer apply. */
  const [times, setTimes] = useState(0);
  useEffect(() => {
    // The browser looked for the address's target before it existed.
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div className="settings-page">
      <SettingsNav />
      <main className="settings">
        <header className="line title">
          <Mark />
          <h1>{i18n.t('options.title')}</h1>
        </header>
        <Fragment key={times}>
          <Section id="providers">
            <p className="muted">{i18n.t('options.intro')}</p>
            <DamagedKeys />
            <Providers keys={keys} preferences={preferences} month={month} />
          </Section>
          <Section id="spending">
            <SpendingLimits preferences={preferences} />
          </Section>
          <Section id="pages">
            <Switches preferences={preferences} />
          </Section>
          <Section id="notifications">
            <Notifications preferences={preferences} />
          </Section>
          <Section id="privacy">
            <div id="keys">
              <KeyLock />
            </div>
          </Section>
        </Fragment>
        <Section id="data">
          <Backup key={times} preferences={preferences} />
          <DeleteEverything
            onDone={() => {
              setTimes(times + 1);
            }}
          />
        </Section>
      </main>
    </div>
  );
}

/** A group of settings, with its heading. */
function Section({ id, children }: { readonly id: SectionId; readonly children: ReactNode }) {
  return (
    <section id={id} className="settings-section" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{sectionTitle(id)}</h2>
      {children}
    </section>
  );
}

function Providers({ keys, preferences, month }: SettingsProps) {
  return adapters.map((adapter) => {
    const { id, name, price } = adapter;
    const info = keys.find(({ provider }) => provider === id) ?? null;
    const counted = month.get(id)?.counted ?? 0;
    const limit = monthlyLimitOf(preferences, id);
    const isOfInterest = info !== null || counted > 0;
    return (
      <ProviderRegion
        key={id}
        adapter={adapter}
        info={info}
        folds
        month={
          isOfInterest && (
            <LimitBar
              unit={price.unit}
              counted={counted}
              limit={limit}
              name={i18n.t('spending.this_month_of', { provider: name })}
            />
          )
        }
      />
    );
  });
}
