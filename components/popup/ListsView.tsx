import { useEffect, useMemo, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { ActiveProfile } from '../../lib/messages/types.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { collectedNothing, waitsInBatch, type Snapshot } from '../../lib/model/snapshot.ts';
import type { Preferences } from '../../lib/settings/preferences.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { useUnreadableLists } from '../hooks/useDatabase.ts';
import { useNow } from '../hooks/useNow.ts';
import { FindList, FoundLists, useListSearch } from '../lists/FindList.tsx';
import { SnapshotLines } from '../lists/SnapshotLines.tsx';
import { UnreadableLists } from '../lists/UnreadableLists.tsx';
import { Mark } from '../shared/Icon.tsx';
import { openDashboard, openSettings } from '../runs/open-extension-page.ts';
import { StartHere } from '../start/StartHere.tsx';
import { TrySample } from '../start/TrySample.tsx';
import { IconButton } from '../shared/Button.tsx';

interface ListsViewProps {
  readonly activeProfile: ActiveProfile | null;
  /** The field's initial text; `null` is the profile of the active tab. */
  readonly text: string | null;
  readonly snapshots: readonly Snapshot[];
  readonly keys: readonly KeyInfo[];
  readonly preferences: Preferences;
  /** Whether a list was just closed, which had the focus. */
  readonly takesFocus: boolean;
  readonly onOpen: (id: SnapshotId) => void;
}

/** The profile of the active tab, and all lists below it. */
export function ListsView(props: ListsViewProps) {
  const { activeProfile, text, snapshots, keys, preferences, takesFocus, onOpen } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const now = useNow(30_000);
  const unreadable = useUnreadableLists();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const lists = useMemo(
    () => snapshots.filter((one) => !collectedNothing(one) && !waitsInBatch(one)),
    [snapshots],
  );
  const search = useListSearch(lists);
  const icon = (text: string, name: 'window' | 'settings', open: () => Promise<void>) => (
    <IconButton
      icon={name}
      label={text}
      onClick={() => {
        open().catch(console.error);
      }}
    />
  );
  return (
    <div className="lists-view">
      <header className="bar">
        <Mark />
        <h1 className="grow">{i18n.t('popup.title')}</h1>
        {icon(i18n.t('popup.dashboard'), 'window', () => openDashboard(null))}
        {icon(i18n.t('popup.settings'), 'settings', () => openSettings(null))}
      </header>
      <main className="scrolled" ref={setScroller}>
        <div className="start-here">
          <StartHere
            activeProfile={activeProfile}
            text={text}
            snapshots={snapshots}
            keys={keys}
            preferences={preferences}
            onOpen={onOpen}
          />
        </div>
        <section aria-labelledby="lists" className="all-lists">
          <div className="line lists-heading">
            <h2 id="lists" ref={heading} tabIndex={-1}>
              {i18n.t('popup.lists')}
            </h2>
            {lists.length > 0 && <FindList search={search} lines={scroller} />}
          </div>
          <FoundLists search={search} />
          {lists.length === 0 ? (
            <div className="no-lists">
              <p className="muted">{i18n.t('popup.no_lists')}</p>
              <div className="buttons">
                <TrySample onOpen={onOpen} />
              </div>
            </div>
          ) : (
            <SnapshotLines
              snapshots={lists}
              found={search.found}
              now={now}
              open={null}
              scroller={scroller}
              onOpen={onOpen}
            />
          )}
          <UnreadableLists count={unreadable} />
        </section>
      </main>
    </div>
  );
}
