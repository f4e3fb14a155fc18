import { useEffect, useState } from 'react';
import type { List } from '../../lib/lists/list.ts';

/** A pause in typing, after which the search begins. */
const PAUSE = 120;
/** What was found is shown at most so often while the search goes on. */
const EVERY = 150;
/** A list that grows is searched again after so long. */
const AGAIN = 2000;

export interface Found {
  /** Positions that match, in order; `null` where nothing is searched for. */
  readonly positions: readonly number[] | null;
  readonly searching: boolean;
}

interface State {
  readonly list: List | null;
  readonly query: string;
  readonly positions: readonly number[];
  readonly searching: boolean;
  /** How many accounts the list had. */
  readonly of: number;
}

const nothing: State = { list: null, query: '', positions: [], searching: false, of: 0 };

/** Searches a list as the user types. */
export function useSearch(list: List | null, count: number, text: string): Found {
  const query = text.trim();
  const [state, setState] = useState<State>(nothing);
  const [round, setRound] = useState(0);
  const current = state.list === list && state.query === query ? state : null;

  useEffect(() => {
    if (list === null || query === '') return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    async function search(searched: List): Promise<void> {
      const of = searched.count;
      let shownAt = 0;
      let positions: readonly number[] = [];
      for await (positions of searched.search(query, { signal })) {
        if (signal.aborted) return;
        if (Date.now() - shownAt < EVERY) continue;
        shownAt = Date.now();
        setState({ list: searched, query, positions, searching: true, of });
      }
      if (!signal.aborted) setState({ list: searched, query, positions, searching: false, of });
    }
    const timer = setTimeout(() => {
      search(list).catch(console.error);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [list, query, round]);

  const behind = current !== null && !current.searching && current.of < count;
  useEffect(() => {
    if (!behind) return undefined;
    const timer = setTimeout(() => {
      setRound((last) => last + 1);
    }, AGAIN);
    return () => {
      clearTimeout(timer);
    };
  }, [behind]);

  if (query === '') return { positions: null, searching: false };
  // Until the new search has found something, what the last one found stays in view.
  const last = state.list === list ? state.positions : [];
  return current ?? { positions: last, searching: true };
}
