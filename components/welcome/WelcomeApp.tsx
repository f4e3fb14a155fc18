import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';
import { PLATFORMS } from '../../lib/model/platform.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adapters } from '../../lib/providers/index.ts';
import { platformName } from '../../lib/words/names.ts';
import { rateText } from '../../lib/words/prices.ts';
import { useKeyInfos, useSnapshots } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { Icon, Mark } from '../shared/Icon.tsx';
import { ProviderRegion } from '../providers/ProviderRegion.tsx';
import { StartHere } from '../start/StartHere.tsx';
import { TrySample } from '../start/TrySample.tsx';

function openList(id: SnapshotId): void {
  location.assign(`/dashboard.html?list=${id}`);
}

/** What a provider collects, and what it charges. */
function offerOf(adapter: Adapter): string {
  const platforms = PLATFORMS.filter((platform) => adapter.supports(platform, 'followers'));
  const [first] = platforms;
  const names = new Intl.ListFormat(undefined).format(platforms.map(platformName));
  return first === undefined
    ? names
    : `${names} · ${rateText(adapter.price, adapter.pages(first).most, null)}`;
}

/** Guides new users to their first list: choose a provider, enter its key, and choose a profile. */
export function WelcomeApp() {
  const keys = useKeyInfos();
  const snapshots = useSnapshots();
  const preferences = usePreferences();
  const [chosen, setChosen] = useState<ProviderId | null>(null);
  const id = useId();
  if (keys === undefined || snapshots === undefined || preferences === undefined) return null;
  const adapter = adapters.find(({ id }) => id === (chosen ?? keys[0]?.provider)) ?? adapters[0];
  if (adapter === undefined) return null;
  const hasKey = keys.length > 0;
  return (
    <main className="settings welcome">
      <header className="line title">
        <Mark />
        <h1>{i18n.t('welcome.title')}</h1>
      </header>
      <p>{i18n.t('welcome.what')}</p>
      <section className="step" aria-labelledby={`${id}-1`}>
        <StepTitle id={`${id}-1`} number={1} text={i18n.t('welcome.provider')} done={hasKey} />
        <p className="muted">{i18n.t('welcome.provider_why')}</p>
        <ProviderChoice adapter={adapter} onProvider={setChosen} />
      </section>
      <section className="step" aria-labelledby={`${id}-2`}>
        <StepTitle id={`${id}-2`} number={2} text={i18n.t('welcome.key')} done={hasKey} />
        <p className="muted">{i18n.t('welcome.key_why')}</p>
        <ProviderRegion
          key={adapter.id}
          adapter={adapter}
          info={keys.find(({ provider }) => provider === adapter.id) ?? null}
        />
      </section>
      <section className="step" aria-labelledby={`${id}-3`}>
        <StepTitle
          id={`${id}-3`}
          number={3}
          text={i18n.t('welcome.collect')}
          done={snapshots.some(({ rows }) => rows > 0)}
        />
        <p className="muted">{i18n.t('welcome.collect_how')}</p>
        <StartHere
          activeProfile={null}
          snapshots={snapshots}
          keys={keys}
          preferences={preferences}
          onOpen={openList}
          focused={hasKey}
        />
      </section>
      <footer className="buttons">
        <span className="muted">{i18n.t('welcome.no_key')}</span>
        <TrySample onOpen={openList} />
      </footer>
    </main>
  );
}

interface ProviderChoiceProps {
  readonly adapter: Adapter;
  readonly onProvider: (id: ProviderId) => void;
}

function ProviderChoice({ adapter, onProvider }: ProviderChoiceProps) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={i18n.t('welcome.provider')} className="offers">
      {adapters.map((one) => (
        <label key={one.id} className="choice">
          <input
            type="radio"
            name={group}
            checked={one.id === adapter.id}
            onChange={() => {
              onProvider(one.id);
            }}
          />
          <span className="grow">
            {one.name} <span className="meta block">{offerOf(one)}</span>
          </span>
        </label>
      ))}
    </div>
  );
}

interface StepTitleProps {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly done: boolean;
}

function StepTitle({ id, number, text, done }: StepTitleProps) {
  return (
    <h2 id={id} className="line step-title">
      <span className={done ? 'step-number done' : 'step-number'} aria-hidden="true">
        {done ? <Icon name="done" /> : number}
      </span>
      {text}
      {done && <span className="visually-hidden">{i18n.t('welcome.done')}</span>}
    </h2>
  );
}
