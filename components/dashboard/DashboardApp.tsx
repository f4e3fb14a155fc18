import { useCallback, useEffect, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { wholeList } from '../../lib/lists/query.ts';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model/ids.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { useSnapshot, useSnapshots, useUnreadableLists, useWhenGone } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { useTableSettings } from '../hooks/useTableSettings.ts';
import { fieldsOf, USUAL_FIELDS } from '../lists/fields.ts';
import { ListView } from '../lists/ListView.tsx';
import type { ListPlace } from '../lists/useListState.ts';
import { UndoDelete } from '../lists/UndoDelete.tsx';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { AccountTable } from './AccountTable.tsx';
import { BackToLists } from './BackToLists.tsx';
import { ColumnChoice } from './ColumnChoice.tsx';
import { Home } from './Home.tsx';
import { Sidebar } from './Sidebar.tsx';
import { SpendingHistory } from './SpendingHistory.tsx';
import { Button } from '../shared/Button.tsx';

/**
 * The request in the page's URL: `?list=ID` opens a list, `?view=spending` opens the spending history, and `?for=LINK`
 * fills in the field for a new list.
 */
type Place =
  | { readonly kind: 'spending' }
  | { readonly kind: 'home'; readonly text: string | null }
  | { readonly kind: 'list'; readonly id: SnapshotId };

function placeInAddress(): Place {
  const requested = new URLSearchParams(location.search);
  if (requested.get('view') === 'spending') return { kind: 'spending' };
  const id = snapshotIdSchema.safeParse(requested.get('list'));
  return id.success ? { kind: 'list', id: id.data } : { kind: 'home', text: requested.get('for') };
}

/** The dashboard: all profiles and lists, and one open list at full width. */
export function DashboardApp() {
  const [place, setPlace] = useState(placeInAddress);
  const snapshots = useSnapshots();
  const unreadable = useUnreadableLists();
  const preferences = usePreferences();
  useEffect(() => {
    const onMove = (): void => {
      setPlace(placeInAddress());
    };
    addEventListener('popstate', onMove);
    return () => {
      removeEventListener('popstate', onMove);
    };
  }, []);
  const go = useCallback((address: string) => {
    history.pushState(null, '', address);
    setPlace(placeInAddress());
  }, []);
  const home = useCallback(() => {
    go('dashboard.html');
  }, [go]);
  const open = useCallback(
    (id: SnapshotId) => {
      go(`?list=${id}`);
    },
    [go],
  );
  if (preferences === undefined) return null;
  return (
    <div className={`dashboard at-${place.kind}`}>
      <Sidebar
        snapshots={snapshots}
        unreadable={unreadable}
        open={place.kind === 'list' ? place.id : null}
        at={place.kind}
        onOpen={open}
        onHome={home}
        onSpending={() => {
          go('?view=spending');
        }}
      />
      {place.kind === 'spending' && <SpendingHistory onBack={home} />}
      {place.kind === 'list' && (
        <ErrorBoundary
          key={place.id}
          instead={<Gone text={i18n.t('list.unreadable', 1, { n: 1 })} onBack={home} />}
        >
          <OneList id={place.id} preferences={preferences} onBack={home} />
        </ErrorBoundary>
      )}
      {place.kind === 'home' && snapshots === undefined && <main className="home" aria-busy="true" />}
      {place.kind === 'home' && snapshots !== undefined && (
        <Home text={place.text} snapshots={snapshots} preferences={preferences} onOpen={open} />
      )}
      <UndoDelete onRestored={open} />
    </div>
  );
}

interface OneListProps {
  readonly id: SnapshotId;
  readonly preferences: Preferences;
  readonly onBack: () => void;
}

function OneList({ id, preferences, onBack }: OneListProps) {
  const snapshot = useSnapshot(id);
  useWhenGone(snapshot, onBack);
  if (snapshot === undefined) return <main className="dashboard-list" aria-busy="true" />;
  if (snapshot === null) return <Gone text={i18n.t('list.gone')} onBack={onBack} />;
  return <Opened snapshot={snapshot} preferences={preferences} onBack={onBack} />;
}

/** Shown in place of a list that cannot be shown. */
function Gone({ text, onBack }: { readonly text: string; readonly onBack: () => void }) {
  return (
    <main className="empty">
      <h1 className="visually-hidden">{i18n.t('dashboard.lists')}</h1>
      <p>{text}</p>
      <Button onClick={onBack}>{i18n.t('list.to_lists')}</Button>
    </main>
  );
}

/** The query and scroll position of each list, for as long as the page is open. */
const places = new Map<SnapshotId, ListPlace>();
const TOP: ListPlace = { query: wholeList, scroll: 0 };

interface OpenedProps {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
  readonly onBack: () => void;
}

function Opened({ snapshot, preferences, onBack }: OpenedProps) {
  const { id } = snapshot;
  const [initial] = useState(() => places.get(id) ?? TOP);
  const [settings, change] = useTableSettings();
  const fields = useMemo(() => fieldsOf(settings?.columns ?? USUAL_FIELDS), [settings]);
  const remember = useCallback(
    (place: Partial<ListPlace>) => {
      places.set(id, { ...(places.get(id) ?? TOP), ...place });
    },
    [id],
  );
  if (settings === undefined) return <main className="dashboard-list" aria-busy="true" />;
  return (
    <main className="dashboard-list">
      <ListView
        snapshot={snapshot}
        preferences={preferences}
        initial={initial}
        onPlace={remember}
        back={<BackToLists onBack={onBack} />}
        fields={fields}
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
    </main>
  );
}
