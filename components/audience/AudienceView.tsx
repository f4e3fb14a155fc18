import { useMemo, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import type { AudienceOptions, FacetResult, FingerprintAxis } from '../../lib/insight/answers.ts';
import { saveText } from '../../lib/export/files/save.ts';
import { arrivalUnits, facetNames, type ArrivalUnit, type FacetName } from '../../lib/insight/facets.ts';
import { ruleNames, thresholdOf } from '../../lib/insight/rule-names.ts';
import { areaOf, selectArea, selectedArea } from '../../lib/insight/selection.ts';
import type { RuleSetting } from '../../lib/lists/conditions.ts';
import type { ListFilters, ListQuery } from '../../lib/lists/query.ts';
import { useAudience } from '../hooks/useAudience.ts';
import type { OpenedReader } from '../hooks/useReader.ts';
import { Button } from '../shared/Button.tsx';
import { Choice } from './Choice.tsx';
import { facetsCsv } from './facets-csv.ts';
import { FacetPlot, type PlotSource } from './FacetPlot.tsx';
import { FingerprintPlot } from './FingerprintPlot.tsx';
import { Rules } from './Rules.tsx';
import { Runs } from './Runs.tsx';

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

/** Who the accounts are that the search and the filters leave. Every plot filters all others. */
export function AudienceView({ opened, query, onQuery, source, chips }: AudienceViewProps) {
  const [rules, setRules] = useState(initialRules);
  const [unit, setUnit] = useState<ArrivalUnit>('month');
  const [axis, setAxis] = useState<FingerprintAxis>('time');
  const options = useMemo(
    (): AudienceOptions => ({
      arrivals: unit,
      fingerprint: { ...sizeFor(opened.count), axis },
      rules,
      runs: true,
    }),
    [unit, axis, rules, opened.count],
  );
  const audience = useAudience(opened, query, options);
  const { filters } = query;
  const onFilters = (next: ListFilters): void => {
    onQuery({ ...query, filters: next });
  };
  return (
    <div className="audience" aria-busy={!audience.done}>
      <div className="audience-bar">
        {chips}
        <Choice
          label={i18n.t('audience.arrivals')}
          of={arrivalUnits}
          text={(one) => i18n.t(`audience.unit.${one}`)}
          chosen={unit}
          onChosen={setUnit}
        />
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
          condition={selectedArea(filters)}
          onCondition={(next) => {
            onFilters(selectArea(filters, next));
          }}
          chosenAxis={axis}
          onAxis={setAxis}
          source={source}
        />
      )}
      <Runs
        runs={audience.runs}
        onRun={(run) => {
          // A run is a stretch of the list, so it can be drawn along its order only.
          setAxis('order');
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
