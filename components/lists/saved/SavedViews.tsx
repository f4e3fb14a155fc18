import { useState } from 'react';
import { i18n } from '#i18n';
import { isFiltering, type ListQuery } from '../../../lib/lists/query.ts';
import { isSameQuery, queryFromText, queryToText } from '../../../lib/lists/query-params.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { SavedQueries } from '../../../lib/model/saved-query.ts';
import { changePreferences, usePreferences } from '../../hooks/usePreferences.ts';
import { store } from '../../hooks/store.ts';
import { showFailure } from '../../shared/page-message.ts';
import { SavedMenu } from './SavedMenu.tsx';

/** Changes the saved views, and drops those of lists that were deleted for good. */
async function changeViews(change: (now: SavedQueries) => SavedQueries): Promise<void> {
  const lists = [...(await store.snapshots.all()), ...(await store.snapshots.deleted())];
  const ids = new Set(lists.map(({ id }) => id));
  await changePreferences(({ views }) => ({
    views: Object.fromEntries(
      Object.entries(change(views)).filter(([, { list }]) => list === null || ids.has(list)),
    ),
  }));
}

interface SavedViewsProps {
  readonly id: SnapshotId;
  readonly query: ListQuery;
  readonly onQuery: (query: ListQuery) => void;
}

/** A menu of saved views: a search, filters, and an order under a name, for one list or for all. */
export function SavedViews({ id, query, onQuery }: SavedViewsProps) {
  const views = usePreferences()?.views ?? {};
  const [isForAll, setForAll] = useState(true);
  const shown = Object.fromEntries(
    Object.entries(views).filter(([, { list }]) => list === null || list === id),
  );
  return (
    <SavedMenu
      title={i18n.t('saved.views')}
      saved={shown}
      isActive={(view) => isSameQuery(queryFromText(view.query), query)}
      onChoose={(view) => {
        onQuery(queryFromText(view.query));
      }}
      onChange={(change) => {
        changeViews(change).catch(showFailure);
      }}
      make={
        isFiltering(query) || query.sort !== null
          ? (name) => ({ name, list: isForAll ? null : id, query: queryToText(query) })
          : null
      }
      nothing={i18n.t('saved.no_view')}
      fields={
        <label className="check">
          <input
            type="checkbox"
            checked={isForAll}
            onChange={({ target }) => {
              setForAll(target.checked);
            }}
          />
          {i18n.t('saved.for_all')}
        </label>
      }
    />
  );
}
