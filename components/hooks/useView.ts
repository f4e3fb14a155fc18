import { useEffect, useState } from 'react';
import { isFiltering, type ListQuery } from '../../lib/lists/query.ts';
import type { Reader, View } from '../../lib/lists/reader.ts';

export interface Shown {
  /** What the query found so far; until it found something, what the one before did. `null` before the first answer. */
  readonly view: View | null;
  /** Whether the view is not yet all that the query finds. */
  readonly searching: boolean;
  /** Why the query cannot be answered. */
  readonly error: string | null;
}

interface Answered {
  readonly reader: Reader | null;
  readonly query: ListQuery | null;
  readonly view: View | null;
  readonly error: string | null;
}

const nothing: Answered = { reader: null, query: null, view: null, error: null };

/** The accounts of a list that a query is about. The query has to stay the same object as long as it asks the same. */
export function useView(reader: Reader | null, query: ListQuery): Shown {
  const [answered, setAnswered] = useState<Answered>(nothing);
  useEffect(() => {
    if (reader === null) return undefined;
    const ending = new AbortController();
    reader.query(query, {
      signal: ending.signal,
      onChange: (view) => {
        setAnswered({ reader, query, view, error: null });
      },
      onError: (error) => {
        setAnswered((last) => ({ ...last, reader, query, error: error.message }));
      },
    });
    return () => {
      ending.abort();
    };
  }, [reader, query]);
  const isOfReader = answered.reader === reader && reader !== null;
  const isCurrent = isOfReader && answered.query === query;
  return {
    view: isOfReader ? answered.view : null,
    searching:
      reader !== null &&
      (isCurrent ? answered.error === null && answered.view?.done !== true : isFiltering(query)),
    error: isCurrent ? answered.error : null,
  };
}
