import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import type { ProviderId, SnapshotId } from '../../lib/model/ids.ts';
import { PLATFORMS } from '../../lib/model/platform.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adapters } from '../../lib/providers/index.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { platformName, profileName } from '../../lib/words/names.ts';
import { rateText } from '../../lib/words/prices.ts';
import { useKeyInfos, useSnapshots } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { Icon, Mark } from '../shared/Icon.tsx';
import { ProviderRegion } from '../providers/ProviderRegion.tsx';
import { StartHere } from '../start/StartHere.tsx';
import { TrySample } from '../start/TrySample.tsx';
import { readWanted, type Wanted } from './wanted.ts';

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
  const wanted = useWanted();
  const [chosen, setChosen] = useState<ProviderId | null>(null);
  const id = useId();
  const offered = offeredFor(wanted ?? null);
  const hasKey = keys !== undefined && withKey(offered, keys).length > 0;
  const last = useFocusOnStart(wanted != null && hasKey);
  if (keys === undefined || snapshots === undefined || preferences === undefined || wanted === undefined)
    return null;
  const adapter = offered.find(({ id }) => id === (chosen ?? withKey(offered, keys)[0]?.id)) ?? offered[0];
  if (adapter === undefined) return null;
  return (
    <main className="settings welcome">
      <header className="line title">
        <Mark />
        <h1>{i18n.t('welcome.title')}</h1>
      </header>
      <p>{wanted === null ? i18n.t('welcome.what') : <bdi>{toCollect(wanted)}</bdi>}</p>
      <section className="step" aria-labelledby={`${id}-1`}>
        <StepTitle id={`${id}-1`} number={1} text={i18n.t('welcome.provider')} done={hasKey} />
        <p className="muted">{i18n.t('welcome.provider_why')}</p>
        <ProviderChoice offered={offered} adapter={adapter} onProvider={setChosen} />
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
      <section ref={last} className="step" aria-labelledby={`${id}-3`}>
        <StepTitle
          id={`${id}-3`}
          number={3}
          text={i18n.t('welcome.collect')}
          done={snapshots.some(({ rows }) => rows > 0)}
        />
        <p className="muted">{i18n.t('welcome.collect_how')}</p>
        <StartHere
          activeProfile={wanted}
          snapshots={snapshots}
          keys={keys}
          preferences={preferences}
          onOpen={openList}
          focused={wanted === null && hasKey}
        />
      </section>
      <footer className="buttons">
        <span className="muted">{i18n.t('welcome.no_key')}</span>
        <TrySample onOpen={openList} />
      </footer>
    </main>
  );
}

/** The providers that can collect the wanted list; all of them if the page was not opened for one. */
function offeredFor(wanted: Wanted | null): readonly Adapter[] {
  if (wanted === null) return adapters;
  const able = adapters.filter((adapter) => adapter.supports(wanted.platform, wanted.relation));
  return able.length === 0 ? adapters : able;
}

function withKey(offered: readonly Adapter[], keys: readonly KeyInfo[]): readonly Adapter[] {
  return offered.filter(({ id }) => keys.some(({ provider }) => provider === id));
}

function toCollect({ platform, handle }: Wanted): string {
  return i18n.t('welcome.to_collect', {
    profile: profileName(platform, handle),
    platform: platformName(platform),
  });
}

/** `undefined` until it is read. */
function useWanted(): Wanted | null | undefined {
  const [wanted, setWanted] = useState<Wanted | null>();
  useEffect(() => {
    readWanted(location.search)
      .then(setWanted)
      .catch((error: unknown) => {
        console.error(error);
        setWanted(null);
      });
  }, []);
  return wanted;
}

/** As soon as the wanted list can be collected, the button that states its price takes the focus. */
function useFocusOnStart(isReady: boolean): RefObject<HTMLElement | null> {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isReady) section.current?.querySelector<HTMLElement>('.start-line .primary')?.focus();
  }, [isReady]);
  return section;
}

interface ProviderChoiceProps {
  readonly offered: readonly Adapter[];
  readonly adapter: Adapter;
  readonly onProvider: (id: ProviderId) => void;
}

function ProviderChoice({ offered, adapter, onProvider }: ProviderChoiceProps) {
  const group = useId();
  return (
    <div role="radiogroup" aria-label={i18n.t('welcome.provider')} className="offers">
      {offered.map((one) => (
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
