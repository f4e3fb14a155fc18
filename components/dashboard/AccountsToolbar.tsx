import { i18n } from '#i18n';
import { isFiltering } from '../../lib/lists/query.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { TableSettings } from '../../lib/settings/preferences.ts';
import { CountBar } from '../lists/CountLine.tsx';
import { FilterChips } from '../lists/filters/FilterChips.tsx';
import { SavedViews } from '../lists/saved/SavedViews.tsx';
import { SearchOf } from '../lists/SearchOf.tsx';
import type { ListState } from '../lists/useListState.ts';
import { IconButton } from '../shared/Button.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';

interface AccountsToolbarProps {
  readonly snapshot: Snapshot;
  readonly state: ListState;
  readonly settings: TableSettings;
  readonly onSettings: (settings: TableSettings) => void;
}

/** The row above the table: search, filters, how many accounts are shown, columns, and row height. */
export function AccountsToolbar(props: AccountsToolbarProps) {
  const { snapshot, state, settings, onSettings } = props;
  const { query, onQuery } = state;
  if (snapshot.rows === 0 && !isFiltering(query)) return null;
  return (
    <div className="toolbar">
      <SearchOf state={state} />
      <FilterChips
        filters={query.filters}
        onFilters={(filters) => {
          onQuery({ ...query, filters });
        }}
      />
      <SavedViews id={snapshot.id} query={query} onQuery={onQuery} />
      <CountBar state={state} />
      <div className="line">
        <IconButton
          icon="density"
          label={i18n.t('dashboard.density')}
          aria-pressed={settings.compact}
          onClick={() => {
            onSettings({ ...settings, compact: !settings.compact });
          }}
        />
        <ColumnChoice settings={settings} onSettings={onSettings} />
      </div>
    </div>
  );
}
