import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { i18n } from '#i18n';
import type { Bar } from '../../lib/insight/answers.ts';
import type { FacetName } from '../../lib/insight/facets.ts';
import type { Range } from '../../lib/lists/query.ts';
import { barLabel, facetTitle } from '../lists/audience-text.ts';
import { count, percent } from '../../lib/words/numbers.ts';

interface ColumnsProps {
  readonly name: FacetName;
  readonly bars: readonly Bar[];
  readonly known: number;
  readonly range: Range | null;
  readonly onRange: (range: Range | null) => void;
}

/** A selection of columns: the one it began with, and the last. */
interface Brush {
  readonly from: number;
  readonly to: number;
}

function rangeOf(bars: readonly Bar[], { from, to }: Brush): Range | null {
  const [first, last] = [bars[Math.min(from, to)], bars[Math.max(from, to)]];
  return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
}

function isWithin({ from, to }: Bar, range: Range): boolean {
  return (from ?? 0) >= (range.from ?? -Infinity) && (to ?? Infinity) <= (range.to ?? Infinity);
}

/**
 * Columns along an axis. A click selects one, and a drag several. With the keyboard: arrows move, Enter selects, and
 * Shift with Enter extends the selection to the current column.
 */
export function Columns({ name, bars, known, range, onRange }: ColumnsProps) {
  const group = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [brush, setBrush] = useState<Brush | null>(null);
  const current = Math.min(active, Math.max(0, bars.length - 1));
  const most = bars.reduce((largest, bar) => Math.max(largest, bar.count), 1);
  const shown = brush === null ? range : rangeOf(bars, brush);
  const select = (next: Brush): void => {
    const chosen = rangeOf(bars, next);
    const isSame = chosen !== null && range?.from === chosen.from && range.to === chosen.to;
    onRange(isSame ? null : chosen);
  };
  const focus = (index: number): void => {
    const next = Math.min(bars.length - 1, Math.max(0, index));
    setActive(next);
    group.current?.querySelectorAll<HTMLElement>('[data-column]')[next]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: 10,
      PageUp: -10,
      End: bars.length,
      Home: -bars.length,
    }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const isRightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
      focus(current + (isRightToLeft && event.key.startsWith('Arrow') ? -step : step));
      return;
    }
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (event.shiftKey && anchor !== null) select({ from: anchor, to: current });
    else {
      setAnchor(current);
      select({ from: current, to: current });
    }
  };
  const indexAt = ({ clientX, clientY }: PointerEvent): number => {
    const column = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-column]');
    return column === undefined || column === null ? -1 : Number(column.dataset['column']);
  };
  return (
    <div className="columns-plot">
      <span className="axis-most" aria-hidden="true">
        {count(most)}
      </span>
      <div
        ref={group}
        className="columns"
        role="group"
        aria-label={i18n.t('audience.columns', { title: facetTitle(name) })}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const at = indexAt(event);
          if (at === -1 || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setBrush({ from: at, to: at });
        }}
        onPointerMove={(event) => {
          if (brush === null) return;
          const at = indexAt(event);
          if (at !== -1 && at !== brush.to) setBrush({ ...brush, to: at });
        }}
        onPointerUp={() => {
          if (brush === null) return;
          setBrush(null);
          setAnchor(brush.from);
          setActive(brush.to);
          select(brush);
        }}
        onPointerCancel={() => {
          setBrush(null);
        }}
      >
        {bars.map((bar, index) => {
          const label = barLabel(name, bar);
          const share = known === 0 ? '' : percent(bar.count / known);
          return (
            <div
              key={bar.key}
              className="column"
              data-column={index}
              role="button"
              tabIndex={index === current ? 0 : -1}
              aria-pressed={shown !== null && isWithin(bar, shown)}
              aria-label={i18n.t('audience.bar', { label, n: count(bar.count), share })}
              title={`${label}: ${count(bar.count)} · ${share}`}
              data-out={shown !== null && !isWithin(bar, shown)}
              onFocus={() => {
                setActive(index);
              }}
            >
              <span className="column-fill" style={{ blockSize: `${String((100 * bar.count) / most)}%` }} />
            </div>
          );
        })}
      </div>
      <div className="axis-labels" aria-hidden="true">
        <span>{bars[0] === undefined ? '' : barLabel(name, bars[0])}</span>
        <span>{axisMiddle(name, bars)}</span>
        <span>{bars.length < 2 ? '' : barLabel(name, bars[bars.length - 1] ?? bars[0] ?? emptyBar)}</span>
      </div>
    </div>
  );
}

const emptyBar: Bar = { key: '', spelled: '', from: 0, to: 0, count: 0 };

function axisMiddle(name: FacetName, bars: readonly Bar[]): string {
  const middle = bars[Math.floor(bars.length / 2)];
  return middle === undefined || bars.length < 5 ? '' : barLabel(name, middle);
}
