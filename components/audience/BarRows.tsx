import type { Bar } from '../../lib/insight/answers.ts';
import type { FacetName } from '../../lib/insight/facets.ts';
import { barLabel } from '../lists/audience-text.ts';
import { count, percent } from '../../lib/words/numbers.ts';

interface BarRowsProps {
  readonly name: FacetName;
  readonly bars: readonly Bar[];
  readonly known: number;
  readonly selected: readonly string[];
  readonly onKey: (key: string) => void;
}

/** Bars with labels, one below the other. Each is a button that adds it to the filter, or removes it. */
export function BarRows({ name, bars, known, selected, onKey }: BarRowsProps) {
  const most = bars.reduce((largest, bar) => Math.max(largest, bar.count), 1);
  return (
    <ul className="bar-rows">
      {bars.map((bar) => (
        <li key={bar.key}>
          <button
            type="button"
            className="bar-row"
            aria-pressed={selected.includes(bar.key)}
            onClick={() => {
              onKey(bar.key);
            }}
          >
            <bdi className="bar-label ellipsis" title={barLabel(name, bar)}>
              {barLabel(name, bar)}
            </bdi>
            <span className="bar-track" aria-hidden="true">
              <span className="bar-fill" style={{ inlineSize: `${String((100 * bar.count) / most)}%` }} />
            </span>
            <span className="bar-count">{count(bar.count)}</span>
            <span className="bar-share">{known === 0 ? '' : percent(bar.count / known)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
