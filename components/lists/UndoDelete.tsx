import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { UNDO_TIME, type Snapshot } from '../../lib/model/snapshot.ts';
import { relationTitle } from '../../lib/words/names.ts';
import { listTime } from '../../lib/words/times.ts';
import { useDeletedSnapshots } from '../hooks/useDatabase.ts';
import { useAction } from '../hooks/useAction.ts';
import { focusHeadingIfLost } from '../shared/focus-heading.ts';
import { Toast } from '../shared/Toast.tsx';
import { toastContainer } from '../shared/toast-container.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface UndoDeleteProps {
  /** Called with the restored list. */
  readonly onRestored: (id: SnapshotId) => void;
}

function endOf({ deletedAt = 0 }: Snapshot): number {
  return deletedAt + UNDO_TIME;
}

/** The deleted lists whose deletion can still be undone. */
function useUndoable(deleted: readonly Snapshot[]): readonly Snapshot[] {
  const [now, setNow] = useState(() => Date.now());
  const undoable = deleted.filter((snapshot) => endOf(snapshot) > now);
  const next = Math.min(...undoable.map(endOf));
  useEffect(() => {
    if (next === Infinity) return undefined;
    const timer = setTimeout(
      () => {
        setNow(Date.now());
      },
      Math.max(0, next - Date.now()),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [next]);
  return undoable;
}

/** Shows which lists were just deleted, and restores them. All open extension pages show it. */
export function UndoDelete({ onRestored }: UndoDeleteProps) {
  const undoable = useUndoable(useDeletedSnapshots() ?? []);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const shown = undoable.filter(({ id }) => !dismissed.has(id));
  return createPortal(
    <div role="status" className="toast-region">
      {shown.length > 0 && (
        <Toast
          tone="busy"
          leaves={false}
          onLeave={() => {
            setDismissed(new Set(undoable.map(({ id }) => id)));
          }}
        >
          <div className="toast-lines">
            {shown.map((snapshot) => (
              <Undo key={snapshot.id} snapshot={snapshot} onRestored={onRestored} />
            ))}
          </div>
        </Toast>
      )}
    </div>,
    toastContainer(),
  );
}

function Undo({ snapshot, onRestored }: UndoDeleteProps & { readonly snapshot: Snapshot }) {
  const { id, handle, relation, createdAt } = snapshot;
  const { run, busy, error } = useAction();
  // The button may have had the focus.
  useEffect(() => focusHeadingIfLost, []);
  const [now] = useState(() => Date.now());
  async function restore(): Promise<void> {
    if (!(await send('list.restore', { snapshotId: id }))) throw new Error(i18n.t('list.undo_late'));
    onRestored(id);
  }
  return (
    <div className="line">
      <p className="grow">
        {i18n.t('list.deleted', {
          handle: `@${handle}`,
          relation: relationTitle(relation),
          day: listTime(createdAt, now),
        })}
      </p>
      <Button
        size="small"
        disabled={busy}
        onClick={() => {
          run(restore);
        }}
      >
        {i18n.t('list.undo')}
      </Button>
      <ErrorText error={error} />
    </div>
  );
}
