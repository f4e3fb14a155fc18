import { useEffect } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { useSnapshot, useWhenGone } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { AccountList } from '../lists/AccountList.tsx';
import { copiedFields, USUAL_FIELDS } from '../lists/fields.ts';
import { ListView } from '../lists/ListView.tsx';
import type { ListPlace } from '../lists/useListState.ts';
import { SortMenu } from '../lists/SortMenu.tsx';
import { focusHeadingIfLost } from '../shared/focus-heading.ts';
import { Icon } from '../shared/Icon.tsx';
import { Button } from '../shared/Button.tsx';
import '../styles/palettes.css';

/** The fields to copy: the columns that the dashboard's table shows by default. */
const COPIED = copiedFields(USUAL_FIELDS);

interface OneListProps {
  readonly id: SnapshotId;
  readonly initial: ListPlace;
  /** Whether the user just opened it, from a line that had the focus. */
  readonly takesFocus: boolean;
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly onBack: () => void;
}

/** One list in the popup: its header, its accounts, and a way back to all lists. */
export default function OneList({ id, initial, takesFocus, onPlace, onBack }: OneListProps) {
  const snapshot = useSnapshot(id);
  const preferences = usePreferences();
  useWhenGone(snapshot, onBack);
  const isReady = snapshot !== undefined && snapshot !== null && preferences !== undefined;
  useEffect(() => {
    if (isReady && takesFocus) focusHeadingIfLost();
  }, [isReady, takesFocus]);
  if (snapshot === undefined || preferences === undefined) return null;
  if (snapshot === null) {
    return (
      <main className="empty">
        <p>{i18n.t('list.gone')}</p>
        <Button onClick={onBack}>{i18n.t('list.to_lists')}</Button>
      </main>
    );
  }
  return (
    <main className="one-list">
      <ListView
        snapshot={snapshot}
        preferences={preferences}
        initial={initial}
        onPlace={onPlace}
        back={
          <Button extraClass="icon-only" aria-label={i18n.t('list.back')} onClick={onBack}>
            <Icon name="back" />
          </Button>
        }
        fields={COPIED}
        draw={(accounts) => <AccountList {...accounts} pictures={preferences.pictures} />}
        tools={({ query, onQuery }) => (
          <SortMenu
            relation={snapshot.relation}
            sort={query.sort}
            onSort={(sort) => {
              onQuery({ ...query, sort });
            }}
          />
        )}
      />
    </main>
  );
}
