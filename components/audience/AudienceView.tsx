import { useMemo, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import type { AudienceOptions, FacetResult } from '../../lib/insight/answers.ts';
import { facetNames, type ArrivalUnit, type FacetName } from '../../lib/insight/facets.ts';
import { ruleNames, thresholdOf } from '../../lib/insight/rule-names.ts';
import { areaOf, selectArea } from '../../lib/insight/selection.ts';
import type { RuleSetting } from '../../lib/lists/conditions.ts';
import type { ListFilters, ListQuery } from '../../lib/lists/query.ts';
import { useAudience } from '../hooks/useAudience.ts';
import type { OpenedReader } from '../hooks/useReader.ts';
import { Button } from '../shared/Button.tsx';
import { facetsCsv } from './facets-csv.ts';
import { FacetPlot, type PlotSource } from './FacetPlot.tsx';
import { FingerprintPlot } from './FingerprintPlot.tsx';
import { Rules } from './Rules.tsx';
import { Runs } from './Runs.tsx';
import { saveText } from './save-plot.ts';

interface AudienceViewProps {
  readonly opened: OpenedReader;
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
  readonly source: PlotSource;
  /** The active filters. */
  readonly chips: ReactNode;
}

/** The size of the fingerprint, in points: fewer, and therefore larger ones, for a short list. */
function sizeFor(accounts: number): { readonly columns: number; readonly rows: number } {
  return accounts < 20_000 ? { columns: 240, rows: 108 } : { columns: 720, rows: 320 };
}

const initialRules: readonly RuleSetting[] = ruleNames.map((rule) => ({
  rule,
  n: thresholdOf(rule)?.initial ?? 0,
}));

const UNITS: readonly ArrivalUnit[] = ['day', 'week', 'month'];

/** Who the accounts are that the search and the filters leave. Every plot filters all others. */
export function AudienceView({ opened, query, onQuery, source, chips }: AudienceViewProps) {
  const [rules, setRules] = useState(initialRules);
  const [unit, setUnit] = useState<ArrivalUnit>('month');
  const options = useMemo(
    (): AudienceOptions => ({
      arrivals: unit,
      fingerprint: { ...sizeFor(opened.count), positions: null, created: null },
      rules,
      runs: true,
    }),
    [unit, rules, opened.count],
  );
  const audience = useAudience(opened, query, options);
  const { filters } = query;
  const onFilters = (next: ListFilters): void => {
    onQuery({ ...query, filters: next });
  };
  const area = filters.conditions.find((condition) => condition.kind === 'area') ?? null;
  return (
    <div className="audience" aria-busy={!audience.done}>
      <div className="audience-bar">
        {chips}
        <ArrivalUnits unit={unit} onUnit={setUnit} />
        <Button
          size="small"
          onClick={() => {
            saveText(facetsCsv(audience.facets.values()), `${source.file}_audience.csv`, 'text/csv');
          }}
        >
          {i18n.t('audience.csv')}
        </Button>
        <Button
          size="small"
          onClick={() => {
            print();
          }}
        >
          {i18n.t('audience.report')}
        </Button>
      </div>
      <p className="print-only">{source.line}</p>
      {audience.error !== null && (
        <p className="error-text" role="alert">
          {i18n.t('list.reading_failed', { why: audience.error })}
        </p>
      )}
      <Facets facets={audience.facets} filters={filters} onFilters={onFilters} unit={unit} source={source} />
      {audience.fingerprint !== null && (
        <FingerprintPlot
          fingerprint={audience.fingerprint}
          area={area}
          onArea={(next) => {
            onFilters(selectArea(filters, next));
          }}
          source={source}
        />
      )}
      <Runs
        runs={audience.runs}
        onRun={(run) => {
          onFilters(selectArea(filters, areaOf(run)));
        }}
      />
      <Rules
        settings={rules}
        onSettings={setRules}
        results={audience.rules}
        onFilter={(chosen, atLeast) => {
          const conditions = [...filters.conditions, { kind: 'rules', rules: chosen, atLeast } as const];
          onFilters({ ...filters, conditions });
        }}
      />
    </div>
  );
}

interface FacetsProps {
  readonly facets: ReadonlyMap<FacetName, FacetResult>;
  readonly filters: ListFilters;
  readonly onFilters: (filters: ListFilters) => void;
  readonly unit: ArrivalUnit;
  readonly source: PlotSource;
}

function Facets({ facets, ...rest }: FacetsProps) {
  return (
    <div className="facets">
      {facetNames.map((name) => {
        const result = facets.get(name);
        return result === undefined ? null : <FacetPlot key={name} result={result} {...rest} />;
      })}
    </div>
  );
}

interface ArrivalUnitsProps {
  readonly unit: ArrivalUnit;
  readonly onUnit: (unit: ArrivalUnit) => void;
}

function ArrivalUnits({ unit, onUnit }: ArrivalUnitsProps) {
  return (
    <div className="segments" role="group" aria-label={i18n.t('audience.arrivals')}>
      {UNITS.map((one) => (
        <Button
          key={one}
          size="small"
          variant="quiet"
          aria-pressed={one === unit}
          onClick={() => {
            onUnit(one);
          }}
        >
          {i18n.t(`audience.unit.${one}`)}
        </Button>
      ))}
    </div>
  );
}
