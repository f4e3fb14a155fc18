import { useId } from 'react';
import { i18n } from '#i18n';
import type { Unit } from '../../../lib/model/money.ts';
import { readAmount } from '../../shared/amount-text.ts';

interface LimitFieldProps {
  readonly label: string;
  readonly text: string;
  readonly unit: Unit;
  /** What the limit means. */
  readonly hint: string | null;
  readonly onText: (text: string) => void;
}

function unitName(unit: Unit): string {
  switch (unit) {
    case 'credits':
      return i18n.t('popup.spend_credits');
    case 'usd':
      return i18n.t('popup.spend_usd');
    case 'requests':
      return i18n.t('popup.spend_requests');
  }
}

/** The limit of a batch. It can't be empty. */
export function LimitField({ label, text, unit, hint, onText }: LimitFieldProps) {
  const id = useId();
  const isBroken = readAmount(text, unit) === undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="with-unit">
        <input
          id={id}
          className="input"
          inputMode="decimal"
          value={text}
          aria-invalid={isBroken}
          aria-describedby={`${id}-unit ${id}-hint`}
          onChange={({ target }) => {
            onText(target.value);
          }}
        />
        <span id={`${id}-unit`} className="muted">
          {unitName(unit)}
        </span>
      </div>
      <p id={`${id}-hint`} className={isBroken ? 'tone-error' : 'meta'} aria-live="polite">
        {isBroken ? i18n.t('options.number_broken') : hint}
      </p>
    </div>
  );
}
