import { useId } from 'react';
import { i18n } from '#i18n';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { briefly, count } from '../../lib/words/numbers.ts';
import { priceOf } from '../runs/provider.ts';
import type { Startable } from './LimitAndProvider.tsx';

/** The current choice: a number of the newest accounts, all accounts, or a number being entered. */
export type Wanted =
  | { readonly kind: 'newest'; readonly rows: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'number'; readonly text: string };

const OFFERED = [1_000, 10_000];

/**
 * Converts the choice to a number of accounts; `null` is all.
 * @returns `undefined` if the entered text is not a valid number of accounts
 */
export function howManyOf(wanted: Wanted): number | null | undefined {
  switch (wanted.kind) {
    case 'newest':
      return wanted.rows;
    case 'all':
      return null;
    case 'number': {
      const rows = Number(wanted.text);
      return wanted.text.trim() !== '' && Number.isSafeInteger(rows) && rows > 0 ? rows : undefined;
    }
  }
}

interface HowManyProps {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly startable: readonly [Startable, ...Startable[]];
  readonly creditPrices: Preferences['creditPrice'];
}

interface ChoiceProps {
  readonly group: string;
  readonly label: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

function Choice({ group, label, checked, onChoose }: ChoiceProps) {
  return (
    <label className="choice">
      <input type="radio" name={group} checked={checked} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}

interface NumberChoiceProps extends Pick<HowManyProps, 'wanted' | 'onWanted'> {
  readonly group: string;
}

function NumberChoice({ group, wanted, onWanted }: NumberChoiceProps) {
  return (
    <div className="choice">
      <input
        type="radio"
        name={group}
        aria-label={i18n.t('popup.number')}
        checked={wanted.kind === 'number'}
        onChange={() => {
          onWanted({ kind: 'number', text: '' });
        }}
      />
      <input
        type="number"
        className="input"
        min={1}
        step={1}
        inputMode="numeric"
        aria-label={i18n.t('popup.number_of_accounts')}
        placeholder={i18n.t('popup.number')}
        value={wanted.kind === 'number' ? wanted.text : ''}
        onChange={({ target }) => {
          onWanted({ kind: 'number', text: target.value });
        }}
      />
    </div>
  );
}

/** A choice with its price. For two lists, the price is omitted, because each has its own. */
function withPrice(
  label: string,
  rows: number | null,
  { startable, creditPrices }: Pick<HowManyProps, 'startable' | 'creditPrices'>,
): string {
  const [{ ready, known }, other] = startable;
  const [{ adapter }] = ready;
  const { amount } = priceOf(adapter, rows, known);
  if (other !== undefined || amount === null) return label;
  const { unit } = adapter.price;
  return i18n.t('run.with_price', {
    action: label,
    amount: briefly(unit, amount, creditPrices[adapter.id] ?? null),
  });
}

/** Chooses how many accounts to collect. */
export function HowMany(props: HowManyProps) {
  const { wanted, onWanted, startable } = props;
  const group = useId();
  const counts = startable.map(({ known }) => known.count);
  const isOffered = (rows: number): boolean => counts.some((all) => all === null || rows < all);
  return (
    <div role="radiogroup" aria-label={i18n.t('popup.how_many')} className="field">
      <span className="label" aria-hidden="true">
        {i18n.t('popup.how_many')}
      </span>
      <div className="choices">
        {OFFERED.filter(isOffered).map((rows) => (
          <div key={rows} role="presentation">
            <Choice
              group={group}
              label={withPrice(i18n.t('popup.newest', { n: count(rows) }), rows, props)}
              checked={wanted.kind === 'newest' && wanted.rows === rows}
              onChoose={() => {
                onWanted({ kind: 'newest', rows });
              }}
            />
          </div>
        ))}
        <Choice
          group={group}
          label={withPrice(i18n.t('popup.all'), null, props)}
          checked={wanted.kind === 'all'}
          onChoose={() => {
            onWanted({ kind: 'all' });
          }}
        />
        <NumberChoice group={group} wanted={wanted} onWanted={onWanted} />
      </div>
    </div>
  );
}
