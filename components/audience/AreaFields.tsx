import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from '../shared/Button.tsx';
import type { Area } from './FingerprintPlot.tsx';

interface AreaFieldsProps {
  readonly area: Area | null;
  readonly whole: Area;
  readonly onArea: (area: Area | null) => void;
}

const DAY = 86_400_000;

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The area of the fingerprint as fields, for the keyboard and for exact values. Positions count from 1. */
export function AreaFields({ area, whole, onArea }: AreaFieldsProps) {
  const { positions, created } = area ?? whole;
  const [from, setFrom] = useState(String(positions.from + 1));
  const [to, setTo] = useState(String(positions.to + 1));
  const [since, setSince] = useState(isoDay(created.from));
  const [until, setUntil] = useState(isoDay(created.to));
  const chosen: Area = {
    positions: { from: Number(from) - 1, to: Number(to) - 1 },
    created: { from: Date.parse(since), to: Date.parse(until) + DAY - 1 },
  };
  const isValid = [chosen.positions, chosen.created].every(
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
      <label>
        {i18n.t('audience.position_from')}
        <input
          className="input"
          type="number"
          min={1}
          value={from}
          onChange={({ target }) => {
            setFrom(target.value);
          }}
        />
      </label>
      <label>
        {i18n.t('audience.position_to')}
        <input
          className="input"
          type="number"
          min={1}
          value={to}
          onChange={({ target }) => {
            setTo(target.value);
          }}
        />
      </label>
      <label>
        {i18n.t('audience.created_from')}
        <input
          className="input"
          type="date"
          value={since}
          onChange={({ target }) => {
            setSince(target.value);
          }}
        />
      </label>
      <label>
        {i18n.t('audience.created_to')}
        <input
          className="input"
          type="date"
          value={until}
          onChange={({ target }) => {
            setUntil(target.value);
          }}
        />
      </label>
      <Button type="submit" size="small" aria-disabled={!isValid}>
        {i18n.t('audience.filter_area')}
      </Button>
    </form>
  );
}
