import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { collectedNothing, type Snapshot } from '../../lib/model/snapshot.ts';
import { bytesText } from '../../lib/words/sizes.ts';
import { useDeletedSnapshots } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import { useTotalStorage } from '../hooks/useStorage.ts';
import { SnapshotLines } from '../lists/SnapshotLines.tsx';
import { UnreadableLists } from '../lists/UnreadableLists.tsx';
import { Mark } from '../shared/Icon.tsx';
import { openSettings } from '../runs/open-extension-page.ts';
import { Button, IconButton } from '../shared/Button.tsx';
import { PAGES } from './pages/index.ts';

interface SidebarProps {
  /** `undefined` while loading. */
  readonly snapshots: readonly Snapshot[] | undefined;
  /** How many lists cannot be read. */
  readonly unreadable: number;
  readonly open: SnapshotId | null;
  /** The key of the open page. */
  readonly page: string | null;
  readonly isHome: boolean;
  readonly onOpen: (id: SnapshotId) => void;
  readonly onHome: () => void;
  readonly onPage: (key: string) => void;
}

/** All profiles with their lists, the storage used, and links to the other views. */
export function Sidebar(props: SidebarProps) {
  const { snapshots, unreadable, open, page, isHome, onOpen, onHome, onPage } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const now = useNow(30_000);
  const deleted = useDeletedSnapshots();
  const stored = useMemo(
    () => (snapshots === undefined ? undefined : [...snapshots, ...(deleted ?? [])]),
    [snapshots, deleted],
  );
  const lists = useMemo(() => snapshots?.filter((one) => !collectedNothing(one)), [snapshots]);
  const total = useTotalStorage(stored);
  /** With no lists left, the browser's figure is space that it has not freed yet. */
  const isFreed = total?.isMoreThanEmpty === true && stored?.length === 0 && unreadable === 0;
  const way = (key: string, text: string, isVisible: boolean, go: () => void) => (
    <Button key={key} variant="quiet" aria-current={isVisible ? 'page' : undefined} onClick={go}>
      {text}
    </Button>
  );
  return (
    <nav className="sidebar" aria-label={i18n.t('dashboard.lists')}>
      <header className="line">
        <Mark />
        <p className="grow sidebar-title">{i18n.t('dashboard.title')}</p>
        <IconButton
          icon="settings"
          label={i18n.t('popup.settings')}
          onClick={() => {
            openSettings(null).catch(console.error);
          }}
        />
      </header>
      <div className="profiles" ref={setScroller} aria-busy={snapshots === undefined}>
        {lists?.length === 0 && <p className="muted">{i18n.t('popup.no_lists')}</p>}
        {lists !== undefined && lists.length > 0 && (
          <SnapshotLines
            snapshots={lists}
            now={now}
            open={open}
            storage={total}
            scroller={scroller}
            onOpen={onOpen}
          />
        )}
        <UnreadableLists count={unreadable} />
      </div>
      <div className="sidebar-links">
        {way('home', i18n.t('dashboard.new_list'), isHome, onHome)}
        {PAGES.map(({ key, title }) =>
          way(key, title(), page === key, () => {
            onPage(key);
          }),
        )}
        {total !== null && (
          <p className="meta storage">
            {i18n.t(isFreed ? 'dashboard.storage_left_over' : 'dashboard.storage', {
              size: bytesText(total.bytes),
            })}
          </p>
        )}
      </div>
    </nav>
  );
}
