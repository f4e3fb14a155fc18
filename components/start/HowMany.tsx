import { useId } from 'react';
import { i18n } from '#i18n';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { briefly, count } from '../../lib/words/numbers.ts';
import { priceOf } from '../runs/provider.ts';
import type { Startable } from './LimitAndProvider.tsx';

/** The choice as it stands: a number of the newest accounts, all, or a number being typed. */
export type Wanted =
  | { readonly kind: 'newest'; readonly rows: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'number'; readonly text: string };

const OFFERED = [1_000, 10_000];

/**
 * How many accounts that is: `null` is all.
 * @returns `undefined` where the typed text is no number of accounts.
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

/** How many accounts; each choice with its price, unless it is the choice for two lists, of which each has its own. */
export function HowMany({ wanted, onWanted, startable, creditPrices }: HowManyProps) {
  const group = useId();
  const counts = startable.map(({ known }) => known.count);
  const isOffered = (rows: number): boolean => counts.some((all) => all === null || rows < all);
  const priced = (words: string, rows: number | null): string => {
    const [{ ready, known }, other] = startable;
    const [{ adapter }] = ready;
    const { amount } = priceOf(adapter, rows, known);
    if (other !== undefined || amount === null) return words;
    const { unit } = adapter.price;
    return i18n.t('run.with_price', {
      action: words,
      amount: briefly(unit, amount, creditPrices[adapter.id] ?? null),
    });
  };
  const choice = (value: Wanted, words: string, chosen: boolean) => (
    <label className="choice">
      <input
        type="radio"
        name={group}
        checked={chosen}
        onChange={() => {
          onWanted(value);
        }}
      />
      <span>{words}</span>
    </label>
  );
  return (
    <div role="radiogroup" aria-label={i18n.t('popup.how_many')} className="field">
      <span className="label" aria-hidden="true">
        {i18n.t('popup.how_many')}
      </span>
      <div className="choices">
        {OFFERED.filter(isOffered).map((rows) => (
          <div key={rows} role="presentation">
            {choice(
              { kind: 'newest', rows },
              priced(i18n.t('popup.newest', { n: count(rows) }), rows),
              wanted.kind === 'newest' && wanted.rows === rows,
            )}
          </div>
        ))}
        {choice({ kind: 'all' }, priced(i18n.t('popup.all'), null), wanted.kind === 'all')}
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
      </div>
    </div>
  );
}
