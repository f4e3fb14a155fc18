import { Suspense, useCallback } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { useSnapshots, useUnreadableLists } from '../hooks/useDatabase.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { UndoDelete } from '../lists/UndoDelete.tsx';
import { CommandHost } from '../shared/commands/CommandHost.tsx';
import { ErrorBoundary } from '../shared/ErrorBoundary.tsx';
import { addressOfPage } from './address.ts';
import { useNavigationCommands } from './commands.ts';
import { Home } from './Home.tsx';
import { Gone, OpenList } from './OpenList.tsx';
import { PAGES } from './pages/index.ts';
import { Sidebar } from './Sidebar.tsx';
import { useAddress } from './useAddress.ts';
import { useDocumentTitle } from './useDocumentTitle.ts';

const NO_LISTS: readonly SnapshotId[] = [];

/** The dashboard: all profiles and lists beside one open list, a page, or the form for a new list. */
export function DashboardApp() {
  const { address, go, replace, openList, note } = useAddress();
  const snapshots = useSnapshots();
  const unreadable = useUnreadableLists();
  const preferences = usePreferences();
  const home = useCallback(() => {
    go({ kind: 'home', text: null });
  }, [go]);
  const showPage = useCallback(
    (key: string) => {
      go({ kind: 'page', page: key });
    },
    [go],
  );
  useNavigationCommands({ snapshots, onOpen: openList, onHome: home, onPage: showPage });
  const page = address.kind === 'page' ? PAGES.find(({ key }) => key === address.page) : undefined;
  // An address with an unknown page is the form for a new list.
  const at = address.kind === 'page' && page === undefined ? 'home' : address.kind;
  useDocumentTitle(at === 'list' ? null : (page?.title() ?? i18n.t('dashboard.new_list')));
  if (preferences === undefined) return null;
  return (
    <div className={`dashboard at-${at}`}>
      <Sidebar
        snapshots={snapshots}
        unreadable={unreadable}
        open={address.kind === 'list' ? address.id : null}
        page={page?.key ?? null}
        isHome={at === 'home'}
        onOpen={openList}
        onHome={home}
        onPage={showPage}
      />
      {page !== undefined && (
        <Suspense fallback={<main aria-busy="true" />}>
          <page.Content
            onBack={home}
            onOpen={openList}
            onShow={go}
            lists={(address.kind === 'page' ? address.lists : undefined) ?? NO_LISTS}
            onLists={(lists) => {
              replace(addressOfPage(page.key, lists));
            }}
            text={(address.kind === 'page' ? address.text : undefined) ?? ''}
            onText={(text) => {
              go(addressOfPage(page.key, [], text));
            }}
          />
        </Suspense>
      )}
      {address.kind === 'list' && (
        <ErrorBoundary
          key={address.id}
          instead={<Gone text={i18n.t('list.unreadable', 1, { n: 1 })} onBack={home} />}
        >
          <OpenList address={address} preferences={preferences} note={note} go={go} onBack={home} />
        </ErrorBoundary>
      )}
      {at === 'home' && snapshots === undefined && <main className="home" aria-busy="true" />}
      {at === 'home' && snapshots !== undefined && (
        <Home
          text={address.kind === 'home' ? address.text : null}
          snapshots={snapshots}
          preferences={preferences}
          onOpen={openList}
        />
      )}
      <UndoDelete onRestored={openList} />
      <CommandHost />
    </div>
  );
}
