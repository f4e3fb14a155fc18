import { useCallback, useEffect, useState } from 'react';
import { i18n } from '#i18n';
import { snapshotIdSchema, type Snapshot, type SnapshotId } from '../../lib/model.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import { useSnapshot, useSnapshots } from '../hooks/live.ts';
import { useNow } from '../hooks/useNow.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { ListView, type DrawAccounts } from '../lists/ListView.tsx';
import { SnapshotLines } from '../lists/SnapshotLines.tsx';
import { Icon, Mark } from '../look/Icon.tsx';
import { openSettings } from '../runs/own-pages.ts';
import { AccountTable } from './AccountTable.tsx';
import { Details } from './Details.tsx';
import { Spending } from './Spending.tsx';

/** What the address asks for: `?list=ID` opens a list, `?view=spending` the spending history. */
type Place = { readonly kind: 'home' | 'spending' } | { readonly kind: 'list'; readonly id: SnapshotId };

function placeInAddress(): Place {
  const asked = new URLSearchParams(location.search);
  if (asked.get('view') === 'spending') return { kind: 'spending' };
  const id = snapshotIdSchema.safeParse(asked.get('list'));
  return id.success ? { kind: 'list', id: id.data } : { kind: 'home' };
}

/** The dashboard: all profiles and lists, and one list at full width. */
export function DashboardApp() {
  const [place, setPlace] = useState(placeInAddress);
  const snapshots = useSnapshots();
  const preferences = usePreferences();
  const now = useNow(30_000);
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
  if (snapshots === undefined || preferences === undefined) return null;
  return (
    <div className="dashboard">
      <nav className="sidebar" aria-label={i18n.t('dashboard.lists')}>
        <header className="line">
          <Mark />
          <p className="grow sidebar-title">{i18n.t('dashboard.title')}</p>
          <button
            type="button"
            className="button icon-only"
            aria-label={i18n.t('popup.settings')}
            title={i18n.t('popup.settings')}
            onClick={() => {
              openSettings(null).catch(console.error);
            }}
          >
            <Icon name="settings" />
          </button>
        </header>
        {snapshots.length === 0 ? (
          <p className="muted">{i18n.t('popup.no_lists')}</p>
        ) : (
          <SnapshotLines
            snapshots={snapshots}
            now={now}
            open={place.kind === 'list' ? place.id : null}
            onOpen={(id) => {
              go(`?list=${id}`);
            }}
          />
        )}
        <button
          type="button"
          className="button quiet"
          aria-current={place.kind === 'spending' ? 'page' : undefined}
          onClick={() => {
            go('?view=spending');
          }}
        >
          {i18n.t('spending.title')}
        </button>
      </nav>
      {place.kind === 'spending' && <Spending />}
      {place.kind === 'list' && <OneList key={place.id} id={place.id} preferences={preferences} />}
      {place.kind === 'home' && (
        <main className="empty">
          <h1 className="visually-hidden">{i18n.t('dashboard.lists')}</h1>
          <p className="muted">{snapshots.length === 0 ? '' : i18n.t('dashboard.choose')}</p>
        </main>
      )}
    </div>
  );
}

function OneList({ id, preferences }: { readonly id: SnapshotId; readonly preferences: Preferences }) {
  const snapshot = useSnapshot(id);
  if (snapshot === undefined) return null;
  if (snapshot === null) {
    return (
      <main className="empty">
        <h1 className="visually-hidden">{i18n.t('dashboard.lists')}</h1>
        <p>{i18n.t('list.gone')}</p>
      </main>
    );
  }
  return <Opened snapshot={snapshot} preferences={preferences} />;
}

const TOP = { search: '', scroll: 0 };

function Opened({
  snapshot,
  preferences,
}: {
  readonly snapshot: Snapshot;
  readonly preferences: Preferences;
}) {
  const [chosen, setChosen] = useState<number | null>(null);
  const [compact, setCompact] = useState(false);
  const [nowhere] = useState(() => () => undefined);
  const draw = (accounts: DrawAccounts) => (
    <div className="table-and-details">
      <AccountTable
        key={`${accounts.view.isWhole ? 'all' : 'found'}${compact ? '-compact' : ''}`}
        {...accounts}
        compact={compact}
        pictures={preferences.pictures}
        chosen={chosen}
        onChosen={setChosen}
      />
      {chosen !== null && (
        <Details
          reader={accounts.reader}
          version={accounts.version}
          platform={snapshot.platform}
          position={chosen}
          pictures={preferences.pictures}
          onClose={() => {
            setChosen(null);
          }}
        />
      )}
    </div>
  );
  return (
    <main className="dashboard-list">
      <ListView
        snapshot={snapshot}
        preferences={preferences}
        initial={TOP}
        onPlace={nowhere}
        back={null}
        draw={draw}
        tools={
          <label className="check compact-check">
            <input
              type="checkbox"
              checked={compact}
              onChange={({ target }) => {
                setCompact(target.checked);
              }}
            />
            {i18n.t('dashboard.density')}
          </label>
        }
      />
    </main>
  );
}
