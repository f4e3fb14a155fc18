import { useDeferredValue } from 'react';
import { i18n } from '#i18n';
import { isFiltering } from '../../../lib/lists/query.ts';
import { relationName } from '../../../lib/words/names.ts';
import { AudienceView } from '../../audience/AudienceView.tsx';
import '../../styles/audience.css';
import { FilterChips } from '../../lists/filters/FilterChips.tsx';
import { SavedViews } from '../../lists/saved/SavedViews.tsx';
import { CountBar } from '../../lists/CountLine.tsx';
import { Button } from '../../shared/Button.tsx';
import type { TabProps } from './tab.ts';

/** Who the accounts of a list are: facets, the fingerprint with its runs, and rules. */
export default function AudienceTab({ snapshot, list, onTab }: TabProps) {
  const { query, onQuery, opened } = list;
  const described = useDeferredValue(query);
  if (opened === null) return <div aria-busy="true" />;
  const day = new Date(snapshot.startedAt ?? snapshot.createdAt).toISOString().slice(0, 10);
  return (
    <AudienceView
      opened={opened}
      query={described}
      onQuery={onQuery}
      source={{
        line: i18n.t('audience.source', {
          handle: snapshot.handle,
          list: relationName(snapshot.relation),
          day,
          provider: snapshot.provider,
        }),
        file: `followledger_${snapshot.handle}_${snapshot.relation}_${day}`,
      }}
      chips={
        <>
          <CountBar state={list} />
          <FilterChips
            filters={query.filters}
            onFilters={(filters) => {
              onQuery({ ...query, filters });
            }}
          />
          <SavedViews id={snapshot.id} query={query} onQuery={onQuery} />
          {isFiltering(query) && (
            <Button
              size="small"
              onClick={() => {
                onTab('accounts');
              }}
            >
              {i18n.t('audience.show_accounts')}
            </Button>
          )}
        </>
      }
    />
  );
}
