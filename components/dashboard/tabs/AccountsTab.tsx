import { useTableSettings } from '../../hooks/useTableSettings.ts';
import { fieldsOf, USUAL_FIELDS } from '../../lists/fields.ts';
import { ListAccounts } from '../../lists/ListView.tsx';
import { AccountTable } from '../AccountTable.tsx';
import { ColumnChoice } from '../ColumnChoice.tsx';
import type { TabProps } from './tab.ts';

/** The accounts of a list as a table, with search, filters, and the details of one account. */
export default function AccountsTab({ snapshot, preferences, list, initial, onPlace }: TabProps) {
  const [settings, change] = useTableSettings();
  if (settings === undefined) return null;
  const fields = fieldsOf(settings.columns ?? USUAL_FIELDS);
  return (
    <ListAccounts
      snapshot={snapshot}
      preferences={preferences}
      state={list}
      initial={initial}
      onPlace={onPlace}
      draw={(accounts) => (
        <AccountTable
          key={settings.compact ? 'compact' : 'usual'}
          {...accounts}
          relation={snapshot.relation}
          fields={fields}
          compact={settings.compact}
          pictures={preferences.pictures}
        />
      )}
      tools={() => <ColumnChoice settings={settings} onSettings={change} />}
    />
  );
}
