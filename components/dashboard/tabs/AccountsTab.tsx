import { useTableSettings } from '../../hooks/useTableSettings.ts';
import { ListAccounts } from '../../lists/ListView.tsx';
import { AccountTable } from '../AccountTable.tsx';
import { AccountsToolbar } from '../AccountsToolbar.tsx';
import type { TabProps } from './tab.ts';

/** The accounts of a list as a table, with search, filters, and the details of one account. */
export default function AccountsTab({ snapshot, preferences, list, initial, onPlace }: TabProps) {
  const [settings, change] = useTableSettings();
  if (settings === undefined) return null;
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
          settings={settings}
          onSettings={change}
          pictures={preferences.pictures}
        />
      )}
      toolbar={<AccountsToolbar snapshot={snapshot} state={list} settings={settings} onSettings={change} />}
    />
  );
}
