import { useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { CreditPrice, Unit } from '../../lib/model/money.ts';
import { count } from '../../lib/words/numbers.ts';
import { readAmount, writeAmount } from '../shared/amount-text.ts';
import { unitName } from '../shared/unit-name.ts';
import { FieldError } from '../shared/ErrorText.tsx';

/** The field is for 1,000 credits, because the price of one would be too small. */
const PER = 1000;
const USUAL = 'USD';

function currencies(current: string): readonly string[] {
  const known = Intl.supportedValuesOf('currency');
  return known.includes(current) ? known : [current, ...known];
}

interface CurrencyChoiceProps {
  readonly label: string;
  readonly currency: string;
  readonly onCurrency: (currency: string) => void;
}

function CurrencyChoice({ label, currency, onCurrency }: CurrencyChoiceProps) {
  return (
    <select
      className="select"
      aria-label={label}
      value={currency}
      onChange={({ target }) => {
        onCurrency(target.value);
      }}
    >
      {currencies(currency).map((code) => (
        <option key={code}>{code}</option>
      ))}
    </select>
  );
}

interface CreditPriceFieldProps {
  /** The provider's name. */
  readonly provider: string;
  readonly unit: Unit;
  /** `null` is an empty field. */
  readonly value: CreditPrice | null;
  readonly onValue: (value: CreditPrice | null) => void;
}

/** What a thousand credits cost the user, in a currency of their choice; saved when the field loses focus. */
export function CreditPriceField({ provider, unit, value, onValue }: CreditPriceFieldProps) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [chosen, setChosen] = useState(value?.currency ?? USUAL);
  const currency = value?.currency ?? chosen;
  // A currency chosen before any price is saved applies to that price.
  const saved = useRef<number | null>(null);
  const shown = text ?? (value === null ? '' : writeAmount(value.perThousand, 'usd'));
  // Amounts in any currency are stored in millionths, as dollar amounts are.
  const read = readAmount(shown, 'usd');
  const per = { n: count(PER), unit: unitName(unit) };
  function save(): void {
    if (text === null || read === undefined) return;
    setText(null);
    saved.current = read;
    if (read !== (value?.perThousand ?? null)) {
      onValue(read === null ? null : { currency, perThousand: read });
    }
  }
  return (
    <div className="amount-field">
      <span className="amount-label" aria-hidden="true">
        {provider}
      </span>
      <div className="with-unit">
        <input
          className="input"
          inputMode="decimal"
          aria-label={i18n.t('options.cost_for', { provider, ...per })}
          aria-invalid={read === undefined}
          aria-describedby={`${id}-error`}
          value={shown}
          onChange={({ target }) => {
            setText(target.value);
          }}
          onBlur={save}
          onKeyDown={({ key }) => {
            if (key === 'Enter') save();
          }}
        />
        <CurrencyChoice
          label={i18n.t('options.cost_currency', { provider })}
          currency={currency}
          onCurrency={(next) => {
            setChosen(next);
            const perThousand = value?.perThousand ?? saved.current;
            if (perThousand !== null) onValue({ currency: next, perThousand });
          }}
        />
        <span className="muted" aria-hidden="true">
          {i18n.t('options.cost_per', per)}
        </span>
      </div>
      <FieldError id={`${id}-error`} error={read === undefined ? i18n.t('options.number_broken') : null} />
    </div>
  );
}
