import { useEffect, useState } from 'react';
import { isFiltering, type ListQuery } from '../../lib/lists/query.ts';
import type { Reader, View } from '../../lib/lists/reader.ts';

export interface Shown {
  /** The results so far. Until there are any, those of the previous query; `null` before the first result. */
  readonly view: View | null;
  /** Whether the query is still running. */
  readonly searching: boolean;
  /** Why the query failed. */
  readonly error: string | null;
}

interface ReceivedResult {
  readonly reader: Reader | null;
  readonly query: ListQuery | null;
  readonly view: View | null;
  readonly error: string | null;
}

const nothing: ReceivedResult = { reader: null, query: null, view: null, error: null };

/** The accounts of a list that match a query. Pass the same query object for as long as the query doesn't change. */
export function useView(reader: Reader | null, query: ListQuery): Shown {
  const [response, setResponse] = useState<ReceivedResult>(nothing);
  useEffect(() => {
    if (reader === null) return undefined;
    const ending = new AbortController();
    reader.query(query, {
      signal: ending.signal,
      onChange: (view) => {
        setResponse({ reader, query, view, error: null });
      },
      onError: (error) => {
        setResponse((last) => ({ ...last, reader, query, error: error.message }));
      },
    });
    return () => {
      ending.abort();
    };
  }, [reader, query]);
  const isOfReader = response.reader === reader && reader !== null;
  const isCurrent = isOfReader && response.query === query;
  return {
    view: isOfReader ? response.view : null,
    searching:
      reader !== null &&
      (isCurrent ? response.error === null && response.view?.done !== true : isFiltering(query)),
    error: isCurrent ? response.error : null,
  };
}
