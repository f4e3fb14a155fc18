import { SearchField } from './SearchField.tsx';
import type { ListState } from './useListState.ts';

interface SearchOfProps {
  readonly state: Pick<ListState, 'query' | 'onQuery' | 'scroller' | 'searchField'>;
}

/** The search of an open list. */
export function SearchOf({ state: { query, onQuery, scroller, searchField } }: SearchOfProps) {
  return (
    <SearchField
      field={searchField}
      text={query.text}
      onText={(text) => {
        onQuery({ ...query, text });
      }}
      onDone={() => {
        scroller.current?.focus();
      }}
    />
  );
}
