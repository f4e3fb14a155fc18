import { useMemo, useState } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { collectedNothing, waitsInBatch, type Snapshot } from '../../lib/model/snapshot.ts';
import { bytesText } from '../../lib/words/sizes.ts';
import { useDeletedSnapshots } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import { useTotalStorage } from '../hooks/useStorage.ts';
import { FindList, FoundLists, useListSearch } from '../lists/FindList.tsx';
import { SnapshotLines } from '../lists/SnapshotLines.tsx';
import { UnreadableLists } from '../lists/UnreadableLists.tsx';
import { Icon, Mark } from '../shared/Icon.tsx';
import { openSettings } from '../runs/open-extension-page.ts';
import { Button } from '../shared/Button.tsx';
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

/** All lists in groups with a search, and links to the other views. */
export function Sidebar(props: SidebarProps) {
  const { snapshots, unreadable, open, page, isHome, onOpen, onHome, onPage } = props;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const now = useNow(30_000);
  const deleted = useDeletedSnapshots();
  const stored = useMemo(
    () => (snapshots === undefined ? undefined : [...snapshots, ...(deleted ?? [])]),
    [snapshots, deleted],
  );
  const lists = useMemo(
    () => snapshots?.filter((one) => !collectedNothing(one) && !waitsInBatch(one)),
    [snapshots],
  );
  const search = useListSearch(lists);
  const total = useTotalStorage(stored);
  /** With no lists left, the browser's figure is space that it has not freed yet. */
  const isFreed = total?.isMoreThanEmpty === true && stored?.length === 0 && unreadable === 0;
  const hasLists = lists !== undefined && lists.length > 0;
  return (
    <nav className="sidebar" aria-label={i18n.t('dashboard.lists')}>
      <header className="line">
        <Mark />
        <p className="grow ellipsis sidebar-title">{i18n.t('dashboard.title')}</p>
        <Button aria-current={isHome ? 'page' : undefined} onClick={onHome}>
          <Icon name="add" />
          {i18n.t('dashboard.new_list')}
        </Button>
      </header>
      {hasLists && <FindList search={search} lines={scroller} />}
      <div className="profiles" ref={setScroller} aria-busy={snapshots === undefined}>
        {lists?.length === 0 && <p className="muted">{i18n.t('popup.no_lists')}</p>}
        <FoundLists search={search} />
        {hasLists && (
          <SnapshotLines
            snapshots={lists}
            found={search.found}
            now={now}
            open={open}
            space={total}
            scroller={scroller}
            onOpen={onOpen}
          />
        )}
        <UnreadableLists count={unreadable} />
      </div>
      <div className="sidebar-links">
        {PAGES.map(({ key, title }) => (
          <Button
            key={key}
            variant="quiet"
            aria-current={page === key ? 'page' : undefined}
            onClick={() => {
              onPage(key);
            }}
          >
            {title()}
          </Button>
        ))}
        <Button
          variant="quiet"
          onClick={() => {
            openSettings(null).catch(console.error);
          }}
        >
          {i18n.t('popup.settings')}
        </Button>
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
