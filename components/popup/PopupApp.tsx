import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { snapshotIdSchema, type SnapshotId } from '../../lib/model/ids.ts';
import { useKeyInfos, useSnapshots } from '../hooks/useDatabase.ts';
import {
  nothingRemembered,
  recallRequestedProfile,
  recallView,
  rememberView,
  type RememberedView,
} from './session-memory.ts';
import { useActiveProfile } from '../hooks/useActiveProfile.ts';
import { usePreferences } from '../hooks/usePreferences.ts';
import type { ListPlace } from '../lists/useListState.ts';
import { ListsView } from './ListsView.tsx';

// Loaded separately: the popup opens with the lists, and a single list is loaded when it is shown.
const OneList = lazy(() => import('./OneList.tsx'));
const UndoDelete = lazy(() =>
  import('../lists/UndoDelete.tsx').then((file) => ({ default: file.UndoDelete })),
);

/** The popup's initial view. */
interface First {
  readonly view: RememberedView;
  /** The field's text; `null` is the profile of the active tab. */
  readonly text: string | null;
}

/**
 * `?list=ID` opens one list. A link that the popup was opened for fills the field. Otherwise, the last view is shown.
 */
async function firstView(): Promise<First> {
  const requested = snapshotIdSchema.safeParse(new URLSearchParams(location.search).get('list'));
  const text = await recallRequestedProfile();
  if (text !== null) return { view: nothingRemembered, text };
  const recalled = await recallView();
  const other = requested.success && requested.data !== recalled.list;
  return { view: other ? { ...nothingRemembered, list: requested.data } : recalled, text };
}

/** Scrolling and typing are saved after this much idle time, because a popup closes without notice. */
const SETTLED = 100;

/** The popup: all lists, or one of them. It reopens in its last view. */
export function PopupApp() {
  const [view, setView] = useState<RememberedView | null>(null);
  const [text, setText] = useState<string | null>(null);
  /** Whether the user moved between views, which takes the focus from what was clicked. */
  const [hasMoved, setHasMoved] = useState(false);
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
        remembered.current = first.view;
        setText(first.text);
        setView(first.view);
      })
      .catch(console.error);
  }, []);
  const show = useCallback(
    (list: SnapshotId | null) => {
      const next = { ...nothingRemembered, list };
      remember(next);
      setView(next);
      setHasMoved(true);
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
        <Lists text={text} takesFocus={hasMoved} onOpen={show} />
      ) : (
        <Suspense fallback={null}>
          <OneList
            key={view.list}
            id={view.list}
            initial={view}
            takesFocus={hasMoved}
            onPlace={place}
            onBack={back}
          />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <UndoDelete onRestored={show} />
      </Suspense>
    </div>
  );
}

interface ListsProps extends Pick<First, 'text'> {
  readonly takesFocus: boolean;
  readonly onOpen: (id: SnapshotId) => void;
}

function Lists({ text, takesFocus, onOpen }: ListsProps) {
  const activeProfile = useActiveProfile();
  const snapshots = useSnapshots();
  const keys = useKeyInfos();
  const preferences = usePreferences();
  if (
    activeProfile === undefined ||
    snapshots === undefined ||
    keys === undefined ||
    preferences === undefined
  )
    return null;
  return (
    <ListsView
      activeProfile={activeProfile}
      text={text}
      snapshots={snapshots}
      keys={keys}
      preferences={preferences}
      takesFocus={takesFocus}
      onOpen={onOpen}
    />
  );
}
