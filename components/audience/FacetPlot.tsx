import { useId, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { Bar, FacetResult } from '../../lib/insight/answers.ts';
import type { ArrivalUnit } from '../../lib/insight/facets.ts';
import {
  selectedKeys,
  selectedRange,
  selectRange,
  toggleKey,
  withoutPlot,
} from '../../lib/insight/selection.ts';
import type { ListFilters } from '../../lib/lists/query.ts';
import { barLabel, facetTitle } from '../lists/audience-text.ts';
import { count, percent } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';
import { isAlongAxis, plotBars } from './bars.ts';
import { BarRows } from './BarRows.tsx';
import { Columns } from './Columns.tsx';
import { plotSvg } from './plot-svg.ts';
import { PlotTools } from './PlotTools.tsx';
import { currentLook } from './save-plot.ts';

export interface PlotSource {
  /** List, date, and source, in one line. */
  readonly line: string;
  /** The beginning of names of files. */
  readonly file: string;
}

interface FacetPlotProps {
  readonly result: FacetResult;
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
  readonly unit: ArrivalUnit;
  readonly source: PlotSource;
}

/** How many rows are shown until the user asks for all. */
const FEW = 8;

/** For how many accounts a field is known, in words. */
function knownText({ name, known, total }: FacetResult): string {
  return i18n.t('audience.known', { field: facetTitle(name), n: count(known), of: count(total) });
}

/** One facet: a plot that filters, the same as a table, and files of it. */
export function FacetPlot({ result, filters, onFilters, unit, source }: FacetPlotProps) {
  const { name, known } = result;
  const id = useId();
  const [isTable, setTable] = useState(false);
  const [isAll, setAll] = useState(false);
  const along = isAlongAxis(name);
  const bars = useMemo(() => plotBars(name, result.bars, unit), [name, result.bars, unit]);
  const shown = along || isAll ? bars : bars.slice(0, FEW);
  const selected = selectedKeys(filters, name);
  const range = selectedRange(filters, name);
  const isFiltered = selected.length > 0 || range !== null;
  const svg = (): string =>
    plotSvg(
      shown.map((bar) => ({ label: barLabel(name, bar), count: bar.count })),
      along,
      { title: facetTitle(name), known: knownText(result), source: source.line },
      currentLook(),
      count,
    );
  return (
    <section className="facet" aria-labelledby={id}>
      <header className="facet-head">
        <h2 id={id}>{facetTitle(name)}</h2>
        {isFiltered && (
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              onFilters(withoutPlot(filters, name));
            }}
          >
            {i18n.t('audience.clear')}
          </Button>
        )}
        <PlotTools
          title={facetTitle(name)}
          isTable={isTable}
          onTable={setTable}
          svg={svg}
          file={`${source.file}_${name}`}
        />
      </header>
      <p className="meta">{knownText(result)}</p>
      {name === 'followed' && known > 0 && <p className="meta">{i18n.t('audience.arrivals_about')}</p>}
      {known === 0 ? (
        <p className="meta">{i18n.t(name === 'followed' ? 'audience.no_times' : 'audience.nothing_known')}</p>
      ) : isTable ? (
        <FacetTable result={{ ...result, bars }} />
      ) : along ? (
        <Columns
          name={name}
          bars={bars}
          known={known}
          range={range}
          onRange={(next) => {
            onFilters(selectRange(filters, name, next));
          }}
        />
      ) : (
        <BarRows
          name={name}
          bars={shown}
          known={known}
          selected={selected}
          onKey={(key) => {
            onFilters(toggleKey(filters, name, key));
          }}
        />
      )}
      {!along && bars.length > FEW && (
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            setAll(!isAll);
          }}
        >
          {isAll
            ? i18n.t('audience.fewer')
            : i18n.t('audience.more', { n: count(result.distinct ?? bars.length) })}
        </Button>
      )}
    </section>
  );
}

/** The figures of a plot. */
function FacetTable({ result: { name, known, bars } }: { readonly result: FacetResult }) {
  return (
    <div className="facet-table" tabIndex={0} role="group" aria-label={facetTitle(name)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{facetTitle(name)}</th>
            <th scope="col">{i18n.t('audience.accounts')}</th>
            <th scope="col">{i18n.t('audience.share')}</th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar: Bar) => (
            <tr key={bar.key}>
              <th scope="row">
                <bdi>{barLabel(name, bar)}</bdi>
              </th>
              <td>{count(bar.count)}</td>
              <td>{percent(bar.count / known)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
