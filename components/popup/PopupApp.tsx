import { useCallback, useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model.ts';
import { useKeyInfos, useSnapshot, useSnapshots, useWhenGone } from '../hooks/live.ts';
import { nothingRemembered, recallView, rememberView, type RememberedView } from '../hooks/remembered.ts';
import { useAtHand } from '../hooks/useAtHand.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import { AccountList } from '../lists/AccountList.tsx';
import { fieldsOf, USUAL_FIELDS } from '../lists/fields.ts';
import { ListView, type ListPlace } from '../lists/ListView.tsx';
import { SortMenu } from '../lists/SortMenu.tsx';
import { UndoDelete } from '../lists/UndoDelete.tsx';
import { Icon } from '../look/Icon.tsx';
import { ListsView } from './ListsView.tsx';

/** `?list=ID` opens one list; else what was shown last. */
async function firstView(): Promise<RememberedView> {
  const asked = snapshotIdSchema.safeParse(new URLSearchParams(location.search).get('list'));
  const recalled = await recallView();
  return asked.success && asked.data !== recalled.list
    ? { ...nothingRemembered, list: asked.data }
    : recalled;
}

/** What a copy holds: what the dashboard's table usually has. */
const COPIED = fieldsOf(USUAL_FIELDS);

/** Scrolling and typing are remembered when they rest this long: a popup ends without notice. */
const SETTLED = 100;

/** The popup: all lists, or one of them. What was shown is shown again. */
export function PopupApp() {
  const [view, setView] = useState<RememberedView | null>(null);
  const remembered = useRef<RememberedView>(nothingRemembered);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const remember = useCallback((next: RememberedView) => {
    remembered.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      rememberView(next).catch(console.error);
    }, SETTLED);
  }, []);
  useEffect(() => {
    firstView()
      .then((first) => {
        remembered.current = first;
        setView(first);
      })
      .catch(console.error);
  }, []);
  const show = useCallback(
    (list: SnapshotId | null) => {
      const next = { ...nothingRemembered, list };
      remember(next);
      setView(next);
    },
    [remember],
  );
  const place = useCallback(
    (at: Partial<ListPlace>) => {
      remember({ ...remembered.current, ...at });
    },
    [remember],
  );
  const back = useCallback(() => {
    show(null);
  }, [show]);
  if (view === null) return null;
  return (
    <div className="popup">
      {view.list === null ? (
        <Lists onOpen={show} />
      ) : (
        <OneList key={view.list} id={view.list} initial={view} onPlace={place} onBack={back} />
      )}
      <UndoDelete onRestored={show} />
    </div>
  );
}

function Lists({ onOpen }: { readonly onOpen: (id: SnapshotId) => void }) {
  const atHand = useAtHand();
  const snapshots = useSnapshots();
  const keys = useKeyInfos();
  const preferences = usePreferences();
  if (atHand === undefined || snapshots === undefined || keys === undefined || preferences === undefined)
    return null;
  return (
    <ListsView atHand={atHand} snapshots={snapshots} keys={keys} preferences={preferences} onOpen={onOpen} />
  );
}

interface OneListProps {
  readonly id: SnapshotId;
  readonly initial: ListPlace;
  readonly onPlace: (place: Partial<ListPlace>) => void;
  readonly onBack: () => void;
}

function OneList({ id, initial, onPlace, onBack }: OneListProps) {
  const snapshot = useSnapshot(id);
  const preferences = usePreferences();
  useWhenGone(snapshot, onBack);
  if (snapshot === undefined || preferences === undefined) return null;
  if (snapshot === null) {
    return (
      <main className="empty">
        <p>{i18n.t('list.gone')}</p>
        <button type="button" className="button" onClick={onBack}>
          {i18n.t('list.to_lists')}
        </button>
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
          <button
            type="button"
            className="button icon-only"
            aria-label={i18n.t('list.back')}
            onClick={onBack}
          >
            <Icon name="back" />
          </button>
        }
        fields={COPIED}
        draw={(accounts) => <AccountList {...accounts} pictures={preferences.pictures} />}
        tools={({ query, onQuery }) => (
          <SortMenu
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
