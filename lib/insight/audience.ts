/** Answers what a page asks about the audience of one list, from its derived columns. It runs in the list's worker. */
import { followColumns, type Column, type ValueColumn } from '../lists/columns.ts';
import type { Extent } from '../lists/extent.ts';
import type { LoadedColumns, LoadedSegment } from '../lists/loaded.ts';
import { columnsFor, criteriaOf, matchSegment, type Criteria } from '../lists/match.ts';
import type { ListQuery } from '../lists/query.ts';
import { createYielder } from '../lists/yield-to-events.ts';
import type { AudienceOptions, AudiencePart, FacetResult, RuleResult } from './answers.ts';
import { counterOf, terms, type Counter, type CounterContext } from './counters.ts';
import { partQuery, type PlotName } from './cross-filter.ts';
import { Density, ListSpans } from './density.ts';
import { columnsOfFacet, facetNames, facetOf, isOfTerms, type FacetName } from './facets.ts';
import { columnsOfRule, type RuleContext } from './rules.ts';
import { RuleCounter } from './rule-counter.ts';
import { findRuns } from './runs.ts';
import { termKind } from './terms.ts';
import { Vocabulary } from './vocabulary.ts';
import { WholeColumn } from './whole-column.ts';

/** Every filter is met. */
const MEETS_ALL = 0;
/** More than one plot's own filter is not met. */
const MEETS_FEW = 255;

/** Which of a plot's own filters the accounts of a list miss: 0 none, 255 several, else the number of the only one. */
interface Missed {
  readonly codes: Uint8Array<ArrayBuffer>;
  readonly codeOf: (plot: PlotName | null) => number;
}

const TERM_FACETS = { words: 'words', hashtags: 'hashtags', emoji: 'emoji' } as const;
/** Numbers, times, and flags: what is counted fastest. */
const plainFacets = facetNames.filter((name) => !isOfTerms(name) && facetOf(name).kind !== 'values');
const valueFacets = facetNames.filter((name) => facetOf(name).kind === 'values');

export class Audience {
  readonly #loaded: LoadedColumns;
  readonly #vocabularies = new Map<Column, Vocabulary>();

  constructor(loaded: LoadedColumns) {
    this.#loaded = loaded;
  }

  /** Frees all cached data. */
  release(): void {
    this.#vocabularies.clear();
    this.#loaded.retain('audience', []);
  }

  /**
   * The parts of an answer, the fastest first.
   * @throws `signal.reason` if it is aborted; what the store throws
   */
  async *answer(
    query: ListQuery,
    options: AudienceOptions,
    extent: Extent,
    context: RuleContext,
    signal: AbortSignal,
  ): AsyncGenerator<AudiencePart> {
    const { base, own } = partQuery(query);
    this.#loaded.retain('audience', this.#columns(query, options));
    const missed = await this.#match(criteriaOf(base), own, extent, context, signal);
    const counterContext: CounterContext = {
      stated: context.stated,
      arrivals: options.arrivals,
      vocabularyOf: (column) => this.#vocabularyOf(column),
    };
    const spans = new ListSpans();
    yield {
      part: 'facets',
      results: await this.#facets(plainFacets, missed, counterContext, extent, signal, spans),
    };
    if (options.fingerprint !== null) {
      const density = new Density(options.fingerprint, extent.rows, spans);
      const code = missed.codeOf('fingerprint');
      for await (const segment of this.#segments(extent, ['createdAt', ...followColumns], signal)) {
        density.add(segment, rowsOf(missed.codes, segment, code));
      }
      yield { part: 'fingerprint', fingerprint: density.fingerprint() };
    }
    yield {
      part: 'values',
      results: await this.#facets(valueFacets, missed, counterContext, extent, signal, null),
    };
    if (options.rules.length > 0) yield await this.#rules(options, missed, extent, context, signal);
    yield { part: 'terms', results: await this.#terms(missed, extent, signal) };
    if (options.runs) yield { part: 'runs', runs: await this.#runs(extent, signal) };
    yield { part: 'done' };
  }

  #columns(query: ListQuery, { rules }: AudienceOptions): readonly Column[] {
    return Array.from(
      new Set([
        ...facetNames.flatMap((name) => columnsOfFacet(name)),
        ...columnsFor(criteriaOf(query)),
        ...rules.flatMap(({ rule }) => columnsOfRule(rule)),
      ]),
    );
  }

  #vocabularyOf(column: 'terms' | ValueColumn): Vocabulary {
    const known = this.#vocabularies.get(column);
    if (known !== undefined) return known;
    const created = new Vocabulary(column === 'terms' ? termKind : () => '');
    this.#vocabularies.set(column, created);
    return created;
  }

  /** The segments, with pauses in which other messages are handled. */
  async *#segments(
    extent: Extent,
    columns: readonly Column[],
    signal: AbortSignal,
  ): AsyncGenerator<LoadedSegment> {
    const yields = createYielder();
    for await (const segment of this.#loaded.segments(extent, columns, signal)) {
      yield segment;
      await yields();
      signal.throwIfAborted();
    }
  }

  async #match(
    base: Criteria,
    own: ReadonlyMap<PlotName, ListQuery>,
    extent: Extent,
    context: RuleContext,
    signal: AbortSignal,
  ): Promise<Missed> {
    const codes = new Uint8Array(extent.rows);
    const plots = Array.from(own.keys());
    const parts = Array.from(own.values(), criteriaOf);
    const columns = Array.from(new Set([base, ...parts].flatMap(columnsFor)));
    if (columns.length > 0 || parts.length > 0) {
      for await (const segment of this.#segments(extent, columns, signal)) {
        const { first, count } = segment;
        const missed = codes.subarray(first, first + count);
        matchSegment(segment, base, context, null).forEach((matches, at) => {
          if (matches === 0) missed[at] = MEETS_FEW;
        });
        parts.forEach((criteria, index) => {
          addMissed(missed, matchSegment(segment, criteria, context, null), index + 1);
        });
      }
    }
    return { codes, codeOf: (plot) => (plot === null ? 0 : plots.indexOf(plot) + 1) };
  }

  /** @param spans gets the times of each segment, if they are needed */
  async #facets(
    names: readonly FacetName[],
    missed: Missed,
    context: CounterContext,
    extent: Extent,
    signal: AbortSignal,
    spans: ListSpans | null,
  ): Promise<readonly FacetResult[]> {
    const counters = names.flatMap((name) => {
      const counter = counterOf(name, context);
      return counter === null ? [] : [{ counter, code: missed.codeOf(name) }];
    });
    const columns = names.flatMap((name) => columnsOfFacet(name));
    for await (const segment of this.#segments(extent, Array.from(new Set(columns)), signal)) {
      spans?.add(segment);
      addToAll(counters, missed, segment);
    }
    return counters.flatMap(({ counter }) => counter.results());
  }

  async #terms(missed: Missed, extent: Extent, signal: AbortSignal): Promise<readonly FacetResult[]> {
    const vocabulary = this.#vocabularyOf('terms');
    // Facets with their own filter count other accounts than the rest. Each group of facets has one pass.
    const byCode = new Map<number, FacetName[]>();
    for (const name of Object.values(TERM_FACETS)) {
      const code = missed.codeOf(name);
      byCode.set(code, [...(byCode.get(code) ?? []), name]);
    }
    const counters = Array.from(byCode, ([code, names]) => ({
      code,
      names,
      counter: terms(TERM_FACETS, vocabulary),
    }));
    for await (const segment of this.#segments(extent, ['terms', 'flags'], signal)) {
      addToAll(counters, missed, segment);
    }
    const results = counters.flatMap(({ counter, names }) =>
      counter.results().filter(({ name }) => names.includes(name)),
    );
    return facetNames.flatMap((name) => results.filter((result) => result.name === name));
  }

  async #rules(
    { rules }: AudienceOptions,
    missed: Missed,
    extent: Extent,
    context: RuleContext,
    signal: AbortSignal,
  ): Promise<AudiencePart> {
    const counters = rules.map((setting) => new RuleCounter(setting));
    const columns = Array.from(new Set(rules.flatMap(({ rule }) => columnsOfRule(rule))));
    let total = 0;
    for await (const segment of this.#segments(extent, columns, signal)) {
      const rows = rowsOf(missed.codes, segment, MEETS_ALL);
      total += rows.length;
      for (const counter of counters) counter.add(segment, rows, context);
    }
    const results: readonly RuleResult[] = counters.map((counter) => counter.result());
    return { part: 'rules', total, results: [...results] };
  }

  async #runs(extent: Extent, signal: AbortSignal) {
    const times = new WholeColumn('createdAt', extent.rows);
    for await (const segment of this.#segments(extent, ['createdAt'], signal)) times.add(segment);
    return [...findRuns(times.values)];
  }
}

/** Notes which accounts miss one more filter. */
function addMissed(missed: Uint8Array, marks: Uint8Array, code: number): void {
  for (let at = 0; at < marks.length; at += 1) {
    if (marks[at] === 1) continue;
    missed[at] = missed[at] === MEETS_ALL ? code : MEETS_FEW;
  }
}

/** The accounts of a segment that miss no filter but, perhaps, the one with this code. */
function rowsOf(codes: Uint8Array, { first, count }: LoadedSegment, code: number): Uint16Array {
  const rows = new Uint16Array(count);
  let found = 0;
  for (let at = 0; at < count; at += 1) {
    const missed = codes[first + at] ?? 0;
    if (missed === MEETS_ALL || missed === code) rows[found++] = at;
  }
  return rows.subarray(0, found);
}

interface Coded {
  readonly counter: Counter;
  readonly code: number;
}

function addToAll(counters: readonly Coded[], { codes }: Missed, segment: LoadedSegment): void {
  const byCode = new Map<number, Uint16Array>();
  for (const { counter, code } of counters) {
    const rows = byCode.get(code) ?? rowsOf(codes, segment, code);
    byCode.set(code, rows);
    counter.add(segment, rows);
  }
}
