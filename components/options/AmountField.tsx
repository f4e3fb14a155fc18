import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { Unit } from '../../lib/model/money.ts';
import { readAmount, writeAmount } from '../shared/amount-text.ts';
import { unitName } from '../shared/unit-name.ts';
import { FieldError } from '../shared/ErrorText.tsx';

interface AmountFieldProps {
  /** The accessible name: the visible label, and what distinguishes this field from others. */
  readonly name: string;
  readonly unit: Unit;
  /** `null` is an empty field. */
  readonly value: number | null;
  readonly mayBeEmpty: boolean;
  /** Shown before the field. */
  readonly label?: string;
  readonly onValue: (value: number | null) => void;
}

/** An amount of money, saved when the field loses focus. */
export function AmountField({ name, unit, value, mayBeEmpty, label, onValue }: AmountFieldProps) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (value === null ? '' : writeAmount(value, unit));
  const read = readAmount(shown, unit);
  const wrong = read === undefined || (read === null && !mayBeEmpty);
  function save(): void {
    if (text === null || wrong) return;
    setText(null);
    if (read !== value) onValue(read);
  }
  return (
    <div className="amount-field">
      {label !== undefined && (
        <span className="amount-label" aria-hidden="true">
          {label}
        </span>
      )}
      <div className="with-unit">
        <input
          className="input"
          inputMode="decimal"
          aria-label={name}
          aria-invalid={wrong}
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
        <span className="muted" aria-hidden="true">
          {unitName(unit)}
        </span>
      </div>
      <FieldError id={`${id}-error`} error={wrong ? i18n.t('options.number_broken') : null} />
    </div>
  );
}
