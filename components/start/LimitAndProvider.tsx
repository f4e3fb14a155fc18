import { useId } from 'react';
import { i18n } from '#i18n';
import type { ProviderId } from '../../lib/model/ids.ts';
import type { Relation } from '../../lib/model/platform.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { relationName } from '../../lib/words/names.ts';
import { priceOf, type Known, type Ready } from '../runs/provider.ts';
import { howManyOf, type Wanted } from './HowMany.tsx';
import { readAmount } from '../shared/amount-text.ts';
import { ProviderTable } from './ProviderTable.tsx';
import { ProviderSelect } from '../shared/ProviderSelect.tsx';
import { priceText } from './price-text.ts';

/** A list that can be started, and the providers that can collect it, the preferred one first. */
export interface Startable {
  readonly relation: Relation;
  readonly ready: readonly [Ready, ...Ready[]];
  readonly known: Known;
}

interface LimitAndProviderProps {
  readonly limit: string;
  readonly onLimit: (text: string) => void;
  readonly startable: readonly [Startable, ...Startable[]];
  readonly wanted: Wanted;
  readonly creditPrices: Preferences['creditPrice'];
  readonly onProvider: (id: ProviderId) => void;
}

function unitName({ adapter }: Ready): string {
  switch (adapter.price.unit) {
    case 'credits':
      return i18n.t('popup.spend_credits');
    case 'usd':
      return i18n.t('popup.spend_usd');
    case 'requests':
      return i18n.t('popup.spend_requests');
  }
}

/** The unit of the limit: one unit, or one for each list if their providers use different units. */
function unitText(startable: readonly Startable[]): string {
  const names = startable.map(({ ready: [first] }) => unitName(first));
  const [name = ''] = names;
  if (names.every((one) => one === name)) return name;
  const each = startable.map(({ relation }, at) =>
    i18n.t('popup.spend_for', { unit: names[at] ?? '', relation: relationName(relation) }),
  );
  return new Intl.ListFormat().format(each);
}

/** The user's limit for this run, and the choice of provider if several have keys. */
export function LimitAndProvider(props: LimitAndProviderProps) {
  const { limit, onLimit, startable, wanted } = props;
  const id = useId();
  const [{ ready }] = startable;
  const [lead] = ready;
  const howMany = howManyOf(wanted);
  const most = readAmount(limit, lead.adapter.price.unit);
  const endsEarly = startable.some((each) => {
    const [{ adapter }] = each.ready;
    const cap = readAmount(limit, adapter.price.unit);
    const { amount } = priceOf(adapter, howMany ?? null, each.known);
    return typeof cap === 'number' && amount !== null && cap < amount;
  });
  return (
    <details>
      <summary>{i18n.t('popup.more')}</summary>
      <div className="more">
        <div className="field">
          <label htmlFor={`${id}-most`}>{i18n.t('popup.spend_at_most')}</label>
          <div className="with-unit">
            <input
              id={`${id}-most`}
              className="input"
              inputMode="decimal"
              aria-invalid={most === undefined}
              aria-describedby={`${id}-unit`}
              value={limit}
              onChange={({ target }) => {
                onLimit(target.value);
              }}
            />
            <span id={`${id}-unit`} className="muted">
              {unitText(startable)}
            </span>
          </div>
          {most === undefined && <p className="tone-error">{i18n.t('options.number_broken')}</p>}
          {endsEarly && <p className="meta">{i18n.t('popup.cap_below')}</p>}
        </div>
        {ready.length > 1 && <ProviderChoice {...props} />}
        {howMany !== undefined &&
          startable.map((each) => (
            <ProviderTable
              key={each.relation}
              startable={each}
              howMany={howMany}
              creditPrices={props.creditPrices}
            />
          ))}
      </div>
    </details>
  );
}

function ProviderChoice({ startable, wanted, creditPrices, onProvider }: LimitAndProviderProps) {
  const [{ ready, known }] = startable;
  // A price applies to one list. If two can be started, only the provider's price per page applies to both.
  const rows = startable.length === 1 ? howManyOf(wanted) : undefined;
  return (
    <ProviderSelect
      adapters={ready.map(({ adapter }) => adapter)}
      value={ready[0].adapter.id}
      textOf={(adapter) =>
        i18n.t('run.with_price', {
          action: adapter.name,
          amount: priceText(adapter, rows, known, creditPrices[adapter.id] ?? null),
        })
      }
      onProvider={onProvider}
    />
  );
}
