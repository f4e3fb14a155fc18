import { useState } from 'react';
import { i18n } from '#i18n';
import type { FingerprintAxis } from '../../lib/insight/answers.ts';
import { readDay, writeDay } from '../lists/filters/filter-fields.ts';
import { Button } from '../shared/Button.tsx';
import type { Area } from './fingerprint-area.ts';

interface AreaFieldsProps {
  readonly axis: FingerprintAxis;
  /** The area that filters, or the whole fingerprint. */
  readonly area: Area;
  readonly onArea: (area: Area) => void;
}

/** The area of the fingerprint as fields, for the keyboard and for exact values. Positions count from 1. */
export function AreaFields({ axis, area, onArea }: AreaFieldsProps) {
  const { across, created } = area;
  const isOrder = axis === 'order';
  const write = (value: number): string => (isOrder ? String(value + 1) : writeDay(value));
  const [from, setFrom] = useState(write(across.from));
  const [to, setTo] = useState(write(across.to));
  const [since, setSince] = useState(writeDay(created.from));
  const [until, setUntil] = useState(writeDay(created.to));
  const read = (text: string, end: 'first' | 'last'): number =>
    isOrder ? Number(text) - 1 : (readDay(text, end) ?? NaN);
  const chosen: Area = {
    across: { from: read(from, 'first'), to: read(to, 'last') },
    created: { from: readDay(since, 'first') ?? NaN, to: readDay(until, 'last') ?? NaN },
  };
  const isValid = [chosen.across, chosen.created].every(
    (span) => Number.isFinite(span.from) && Number.isFinite(span.to) && span.from <= span.to,
  );
  return (
    <form
      className="area-fields"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onArea(chosen);
      }}
    >
      <EndField
        label={i18n.t(isOrder ? 'audience.position_from' : 'audience.followed_from')}
        isDay={!isOrder}
        value={from}
        onValue={setFrom}
      />
      <EndField
        label={i18n.t(isOrder ? 'audience.position_to' : 'audience.followed_to')}
        isDay={!isOrder}
        value={to}
        onValue={setTo}
      />
      <EndField label={i18n.t('audience.created_from')} isDay value={since} onValue={setSince} />
      <EndField label={i18n.t('audience.created_to')} isDay value={until} onValue={setUntil} />
      <Button type="submit" size="small" aria-disabled={!isValid}>
        {i18n.t('audience.filter_area')}
      </Button>
    </form>
  );
}

interface EndFieldProps {
  readonly label: string;
  readonly isDay: boolean;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

function EndField({ label, isDay, value, onValue }: EndFieldProps) {
  return (
    <label>
      {label}
      <input
        className="input"
        type={isDay ? 'date' : 'number'}
        min={isDay ? undefined : 1}
        value={value}
        onChange={({ target }) => {
          onValue(target.value);
        }}
      />
    </label>
  );
}
