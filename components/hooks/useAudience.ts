import { startTransition, useEffect, useState } from 'react';
import type {
  AudienceOptions,
  FacetResult,
  Fingerprint,
  RuleResult,
  Run,
} from '../../lib/insight/answers.ts';
import type { FacetName } from '../../lib/insight/facets.ts';
import type { ListQuery } from '../../lib/lists/query.ts';
import type { OpenedReader } from './useReader.ts';

/** What is known about an audience so far. Parts of the previous answer stay until they are replaced. */
export interface Audience {
  readonly facets: ReadonlyMap<FacetName, FacetResult>;
  readonly fingerprint: Fingerprint | null;
  readonly rules: readonly RuleResult[];
  /** `null` until they are computed. They don't depend on filters. */
  readonly runs: readonly Run[] | null;
  readonly done: boolean;
  readonly error: string | null;
}

/** What was received, and the last question that was answered completely. */
interface Received extends Omit<Audience, 'done'> {
  readonly query: ListQuery | null;
  readonly options: AudienceOptions | null;
}

const nothing: Received = {
  facets: new Map(),
  fingerprint: null,
  rules: [],
  runs: null,
  error: null,
  query: null,
  options: null,
};

/** The audience of a list as far as a query leaves it. Pass the same objects for as long as they don't change. */
export function useAudience(
  opened: OpenedReader | null,
  query: ListQuery,
  options: AudienceOptions,
): Audience {
  const [audience, setAudience] = useState(nothing);
  const reader = opened?.reader ?? null;
  useEffect(() => {
    if (reader === null) return undefined;
    const ending = new AbortController();
    reader.describe(query, options, {
      signal: ending.signal,
      onPart: (part) => {
        // Drawing many plots is split, so that the page stays responsive.
        startTransition(() => {
          setAudience((last) => {
            switch (part.part) {
              case 'facets':
              case 'values':
              case 'terms': {
                const facets = new Map(last.facets);
                for (const result of part.results) facets.set(result.name, result);
                return { ...last, facets };
              }
              case 'fingerprint':
                return { ...last, fingerprint: part.fingerprint };
              case 'rules':
                return { ...last, rules: part.results };
              case 'runs':
                return { ...last, runs: part.runs };
              case 'done':
                return { ...last, error: null, query, options };
            }
          });
        });
      },
      onError: (error) => {
        setAudience((last) => ({ ...last, error: error.message, query, options }));
      },
    });
    return () => {
      ending.abort();
    };
  }, [reader, query, options]);
  const { query: answered, options: answeredOptions, ...known } = audience;
  return { ...known, done: answered === query && answeredOptions === options };
}
