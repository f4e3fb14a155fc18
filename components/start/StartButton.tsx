import { useId } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { pagePrice, type CreditPrice } from '../../lib/model/money.ts';
import type { PageProfile } from '../../lib/platforms/index.ts';
import { amount, priced } from '../../lib/words/numbers.ts';
import { priceDetails, rateText } from '../../lib/words/prices.ts';
import type { Action } from '../hooks/useAction.ts';
import { Icon } from '../shared/Icon.tsx';
import { openSettings } from '../runs/open-extension-page.ts';
import { priceOf } from '../runs/provider.ts';
import { howManyOf, type Wanted } from './HowMany.tsx';
import type { Startable } from './LimitAndProvider.tsx';
import { readAmount } from '../shared/amount-text.ts';
import { Button } from '../shared/Button.tsx';

interface StartButtonProps {
  readonly profile: PageProfile;
  readonly startable: Startable;
  readonly wanted: Wanted;
  readonly limit: string;
  /** Whether there is a finished list that could be opened for free. */
  readonly again: boolean;
  readonly creditPrice: CreditPrice | null;
  /** Whether its price is the large figure. */
  readonly leads: boolean;
  readonly primary: boolean;
  readonly action: Action;
  readonly onOpen: (id: SnapshotId) => void;
}

/** What the price is, or if it is unknown what the provider charges per page, and what it consists of. */
function priceOfButton({ startable, wanted, creditPrice }: StartButtonProps): {
  readonly figure: string;
  readonly details: string;
} {
  const { ready, known } = startable;
  const [{ adapter, balance }] = ready;
  const { unit, resolve } = adapter.price;
  const estimate = priceOf(adapter, howManyOf(wanted) ?? null, known);
  const lookUp = known.idKnown ? 0 : resolve;
  return {
    figure:
      estimate.amount === null
        ? rateText(adapter.price, adapter.pages(known.platform).most, creditPrice)
        : i18n.t('amount.about', { amount: amount(unit, estimate.amount) }),
    details: priceDetails({ count: known.count, unit, estimate, balance, lookUp, creditPrice }),
  };
}

/** The cost of the request that states the count: the lookup, or else the first page. */
function priceOfCheck({ ready: [{ adapter }], known }: Startable): number {
  const { resolve } = adapter.price;
  return resolve > 0 && !known.idKnown
    ? resolve
    : pagePrice(adapter.price, adapter.pages(known.platform).most);
}

/** Pays only for the request that states the count. The price that follows from it is asked for. */
function CheckPrice(props: StartButtonProps & { readonly onCheck: () => void }) {
  const { startable, creditPrice, action, onCheck } = props;
  const [{ adapter }] = startable.ready;
  return (
    <Button size="small" extraClass="check-price" disabled={action.busy} onClick={onCheck}>
      {i18n.t('run.with_price', {
        action: i18n.t('run.check_price'),
        amount: priced(adapter.price.unit, priceOfCheck(startable), creditPrice),
      })}
    </Button>
  );
}

/** `Get followers` or `Get following`. The price beside it is its accessible description. */
export function StartButton(props: StartButtonProps) {
  const { profile, startable, wanted, limit, again, leads, primary, action, onOpen } = props;
  const { relation, ready } = startable;
  const [{ adapter }] = ready;
  const howMany = howManyOf(wanted);
  const cap = readAmount(limit, adapter.price.unit);
  async function start(check: boolean): Promise<void> {
    if (howMany === undefined || cap === undefined) return;
    const response = await send('run.start', {
      ...profile,
      relation,
      provider: adapter.id,
      howMany,
      cap: check ? priceOfCheck(startable) : cap,
      again,
      check,
    });
    if (response.kind === 'no-key') await openSettings(adapter.id);
    else if (response.kind === 'exists') onOpen(response.snapshotId);
  }
  const id = useId();
  const { figure, details } = priceOfButton(props);
  const button = (
    <Button
      variant={primary ? 'primary' : 'default'}
      disabled={action.busy || howMany === undefined || cap === undefined}
      aria-describedby={id}
      onClick={() => {
        action.run(() => start(false));
      }}
    >
      <Icon name="busy" />
      {relation === 'followers' ? i18n.t('popup.get_followers') : i18n.t('popup.get_following')}
    </Button>
  );
  return (
    <div className={leads ? 'start-line leads' : 'start-line'}>
      {!leads && button}
      <div className="price">
        <p id={id}>
          <span className="visually-hidden">{i18n.t('popup.get_price')} </span>
          <span className={leads ? 'price-figure' : undefined}>{figure}</span>
          {leads ? ' ' : ' · '}
          {details}
        </p>
        {howMany === null && startable.known.count === null && (
          <CheckPrice
            {...props}
            onCheck={() => {
              action.run(() => start(true));
            }}
          />
        )}
      </div>
      {leads && button}
    </div>
  );
}
