import { useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { PageHint } from '../../lib/messages/types.ts';
import {
  handleKey,
  hasEnded,
  isWorthOpening,
  type CreditPrice,
  type ProviderId,
  type Relation,
  type Snapshot,
  type SnapshotId,
} from '../../lib/model.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { adaptersFor } from '../../lib/providers/index.ts';
import { listKind, writePreferences, type Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/index.ts';
import { platformName, relationTitle } from '../../lib/words/names.ts';
import { priced } from '../../lib/words/numbers.ts';
import { priceSentence, rateWords } from '../../lib/words/prices.ts';
import { useAct, type Act } from '../hooks/useAct.ts';
import { Icon } from '../look/Icon.tsx';
import { openSettings } from '../runs/own-pages.ts';
import { priceOf, readyProviders, type Known, type Ready } from '../runs/provider.ts';
import { RunCard } from '../runs/RunCard.tsx';
import { TrySample } from '../start/TrySample.tsx';
import { Existing } from './Existing.tsx';
import { HowMany, howManyOf, type Wanted } from './HowMany.tsx';
import { readAmount } from './money.ts';

interface ProfileCardProps {
  readonly profile: PageProfile;
  /** What the profile's page said of it: for estimates. */
  readonly hint: PageHint | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  readonly onOpen: (id: SnapshotId) => void;
}

const RELATIONS: readonly Relation[] = ['followers', 'following'];

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
  const act = useAct();
  const matching = hint !== null && handleKey(hint.handle) === handleKey(handle) ? hint : null;

  const relations = RELATIONS.filter((relation) => adaptersFor(platform, relation).length > 0);
  const readyFor = (relation: Relation): readonly Ready[] =>
    readyProviders(platform, relation, keys, preferences.preferredProvider[listKind(platform, relation)]);
  /** The choice holds from now on, for every list on this platform that the provider can collect. */
  const prefer = (id: ProviderId): void => {
    const chosen = relations.filter((relation) =>
      readyFor(relation).some(({ adapter }) => adapter.id === id),
    );
    const preferredProvider: Preferences['preferredProvider'] = { ...preferences.preferredProvider };
    for (const relation of chosen) preferredProvider[listKind(platform, relation)] = id;
    act.act(() => writePreferences({ preferredProvider }));
  };
  const newest = (relation: Relation): Snapshot | undefined =>
    own.find((snapshot) => snapshot.relation === relation);
  const startable = relations.filter((relation) => {
    const last = newest(relation);
    return readyFor(relation).length > 0 && (last === undefined || hasEnded(last.state));
  });
  const isGoing = own.some(({ state }) => !hasEnded(state));
  const knownOf = (relation: Relation): Known => ({
    platform,
    count: countOf(relation, own, matching),
    idKnown: matching !== null && matching.id !== null,
  });
  const [leading] = startable;
  const lead = leading === undefined ? undefined : readyFor(leading)[0];
  const facts = own.find((snapshot) => snapshot.facts !== null)?.facts ?? null;

  return (
    <section className="panel" aria-label={i18n.t('popup.profile')}>
      <h2 className="ellipsis">
        <bdi>{facts?.name ?? `@${handle}`}</bdi>{' '}
        <span className="meta">
          {facts?.name != null && <bdi>@{handle} </bdi>}
          {i18n.t('popup.on_platform', { platform: platformName(platform) })}
        </span>
      </h2>
      {relations.length === 0 && <p>{i18n.t('popup.unsupported', { platform: platformName(platform) })}</p>}
      {relations.map((relation) => {
        const last = newest(relation);
        if (last === undefined) return null;
        return hasEnded(last.state) ? (
          <Existing
            key={relation}
            snapshot={last}
            primary={!isGoing && own.find(isWorthOpening) === last}
            onOpen={onOpen}
          />
        ) : (
          <div key={relation} className="running">
            <div className="line">
              <h3 className="grow">{relationTitle(relation)}</h3>
              <button
                type="button"
                className="button quiet"
                onClick={() => {
                  onOpen(last.id);
                }}
              >
                {i18n.t('popup.open')}
              </button>
            </div>
            <RunCard snapshot={last} askAbove={preferences.askAbove} />
          </div>
        );
      })}
      {relations.length > 0 && !isGoing && relations.every((relation) => readyFor(relation).length === 0) && (
        <NoKey profile={profile} relations={relations} act={act} onOpen={onOpen} />
      )}
      {leading !== undefined && lead !== undefined && (
        <form
          className="start"
          onSubmit={(event) => {
            event.preventDefault();
          }}
        >
          <HowMany
            wanted={wanted}
            onWanted={setWanted}
            adapter={lead.adapter}
            known={knownOf(leading)}
            creditPrice={preferences.creditPrice[lead.adapter.id] ?? null}
          />
          <p className="meta" id="price-sentence">
            {priceSentence({
              relation: leading,
              count: countOf(leading, own, matching),
              unit: lead.adapter.price.unit,
              estimate: priceOf(lead.adapter, howManyOf(wanted) ?? null, knownOf(leading)),
              balance: lead.balance,
              lookUp: knownOf(leading).idKnown ? 0 : lead.adapter.price.resolve,
              creditPrice: preferences.creditPrice[lead.adapter.id] ?? null,
            })}
          </p>
          {platform === 'tiktok' && <p className="meta">{i18n.t('popup.tiktok_hint')}</p>}
          <More
            limit={limit}
            onLimit={setLimit}
            ready={readyFor(leading)}
            wanted={wanted}
            known={knownOf(leading)}
            creditPrices={preferences.creditPrice}
            onProvider={prefer}
          />
          {startable.map((relation) => {
            const [ready] = readyFor(relation);
            if (ready === undefined) return null;
            const last = newest(relation);
            const again = last !== undefined && isWorthOpening(last);
            return (
              <StartButton
                key={relation}
                relation={relation}
                profile={profile}
                ready={ready}
                wanted={wanted}
                limit={limit}
                known={knownOf(relation)}
                again={again}
                creditPrice={preferences.creditPrice[ready.adapter.id] ?? null}
                primary={relation === leading && !isGoing && !own.some(isWorthOpening)}
                act={act}
                onOpen={onOpen}
              />
            );
          })}
        </form>
      )}
      {act.trouble !== null && (
        <p role="alert" className="tone-error">
          {act.trouble}
        </p>
      )}
    </section>
  );
}

function NoKey(props: {
  readonly profile: PageProfile;
  readonly relations: readonly Relation[];
  readonly act: Act;
  readonly onOpen: (id: SnapshotId) => void;
}) {
  const { profile, relations, act, onOpen } = props;
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
        <button
          type="button"
          className="button primary"
          onClick={() => {
            act.act(() => openSettings(adapters[0]?.id ?? null));
          }}
        >
          {i18n.t('remedy.add_key')}
        </button>
        <TrySample onOpen={onOpen} />
      </div>
    </>
  );
}

interface MoreProps {
  readonly limit: string;
  readonly onLimit: (text: string) => void;
  readonly ready: readonly Ready[];
  readonly wanted: Wanted;
  readonly known: Known;
  readonly creditPrices: Preferences['creditPrice'];
  readonly onProvider: (id: ProviderId) => void;
}

function unitWords(ready: Ready): string {
  switch (ready.adapter.price.unit) {
    case 'credits':
      return i18n.t('popup.spend_credits');
    case 'usd':
      return i18n.t('popup.spend_usd');
    case 'requests':
      return i18n.t('popup.spend_requests');
  }
}

/** The user's own limit, and which provider, where several have keys. */
function More({ limit, onLimit, ready, wanted, known, creditPrices, onProvider }: MoreProps) {
  const [lead] = ready;
  if (lead === undefined) return null;
  const { unit } = lead.adapter.price;
  const most = readAmount(limit, unit);
  const price = priceOf(lead.adapter, howManyOf(wanted) ?? null, known).amount;
  return (
    <details>
      <summary>{i18n.t('popup.more')}</summary>
      <div className="more">
        <div className="field">
          <label htmlFor="spend-at-most">{i18n.t('popup.spend_at_most')}</label>
          <div className="with-unit">
            <input
              id="spend-at-most"
              className="input"
              inputMode="decimal"
              aria-invalid={most === undefined}
              aria-describedby="spend-unit"
              value={limit}
              onChange={({ target }) => {
                onLimit(target.value);
              }}
            />
            <span id="spend-unit" className="muted">
              {unitWords(lead)}
            </span>
          </div>
          {most === undefined && <p className="tone-error">{i18n.t('options.number_broken')}</p>}
          {typeof most === 'number' && price !== null && most < price && (
            <p className="meta">{i18n.t('popup.cap_below')}</p>
          )}
        </div>
        {ready.length > 1 && (
          <div className="field">
            <label htmlFor="provider">{i18n.t('popup.provider')}</label>
            <select
              id="provider"
              className="select"
              value={lead.adapter.id}
              onChange={({ target }) => {
                const chosen = ready.find(({ adapter }) => adapter.id === target.value);
                if (chosen !== undefined) onProvider(chosen.adapter.id);
              }}
            >
              {ready
                .toSorted((a, b) => a.adapter.name.localeCompare(b.adapter.name))
                .map(({ adapter }) => (
                  <option key={adapter.id} value={adapter.id}>
                    {i18n.t('run.with_price', {
                      action: adapter.name,
                      amount: priceWords(adapter, howManyOf(wanted), known, creditPrices[adapter.id] ?? null),
                    })}
                  </option>
                ))}
            </select>
          </div>
        )}
      </div>
    </details>
  );
}

interface StartButtonProps {
  readonly relation: Relation;
  readonly profile: PageProfile;
  readonly ready: Ready;
  readonly wanted: Wanted;
  readonly limit: string;
  readonly known: Known;
  /** Whether a finished list is there, which would be opened for free. */
  readonly again: boolean;
  readonly creditPrice: CreditPrice | null;
  readonly primary: boolean;
  readonly act: Act;
  readonly onOpen: (id: SnapshotId) => void;
}

/** `about 1,204 credits · about $2.41`; what the provider charges for a page where the count is not known. */
function priceWords(
  adapter: Adapter,
  howMany: number | null | undefined,
  known: Known,
  creditPrice: CreditPrice | null,
): string {
  const { unit } = adapter.price;
  const price = howMany === undefined ? null : priceOf(adapter, howMany, known).amount;
  return price === null
    ? rateWords(adapter.price, adapter.pages(known.platform).most, creditPrice)
    : i18n.t('amount.about', { amount: priced(unit, price, creditPrice) });
}

/** `Get followers` or `Get following`, its price beside it and in its description. */
function StartButton(props: StartButtonProps) {
  const { relation, profile, ready, wanted, limit, known, again, primary, act, onOpen } = props;
  const { adapter } = ready;
  const { unit } = adapter.price;
  const howMany = howManyOf(wanted);
  const cap = readAmount(limit, unit);
  const words = {
    action: relation === 'followers' ? i18n.t('popup.get_followers') : i18n.t('popup.get_following'),
    price: priceWords(adapter, howMany, known, props.creditPrice),
  };
  async function start(): Promise<void> {
    if (howMany === undefined || cap === undefined) return;
    const answer = await send('run.start', {
      ...profile,
      relation,
      provider: adapter.id,
      howMany,
      cap,
      again,
    });
    if (answer.kind === 'no-key') await openSettings(adapter.id);
    else if (answer.kind === 'exists') onOpen(answer.snapshotId);
  }
  return (
    <div className="start-line">
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        disabled={act.busy || howMany === undefined || cap === undefined}
        aria-describedby={`price-${relation}`}
        onClick={() => {
          act.act(start);
        }}
      >
        <Icon name="busy" />
        {words.action}
      </button>
      <span id={`price-${relation}`} className="muted">
        <span className="visually-hidden">{i18n.t('popup.get_price')} </span>
        {again ? i18n.t('popup.again', { amount: words.price }) : words.price}
      </span>
    </div>
  );
}
