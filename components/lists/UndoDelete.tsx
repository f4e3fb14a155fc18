import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { UNDO_TIME, type Snapshot, type SnapshotId } from '../../lib/model.ts';
import { relationTitle } from '../../lib/words/names.ts';
import { day } from '../../lib/words/times.ts';
import { useDeletedSnapshots } from '../hooks/live.ts';
import { useAct } from '../hooks/useAct.ts';

interface UndoDeleteProps {
  /** Told of the list that is there again. */
  readonly onRestored: (id: SnapshotId) => void;
}

/** Says which list was just deleted, and brings it back. Every page of ours that is open says it. */
export function UndoDelete({ onRestored }: UndoDeleteProps) {
  const deleted = useDeletedSnapshots();
  return (
    <div role="status" className="undo-place">
      {deleted?.map((snapshot) => (
        <Undo key={snapshot.id} snapshot={snapshot} onRestored={onRestored} />
      ))}
    </div>
  );
}

function Undo({ snapshot, onRestored }: UndoDeleteProps & { readonly snapshot: Snapshot }) {
  const { id, handle, relation, createdAt, deletedAt = 0 } = snapshot;
  const { act, busy, trouble } = useAct();
  const [late, setLate] = useState(() => deletedAt + UNDO_TIME <= Date.now());
  const [now] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(
      () => {
        setLate(true);
      },
      Math.max(0, deletedAt + UNDO_TIME - Date.now()),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [deletedAt]);
  if (late) return null;
  async function restore(): Promise<void> {
    if (!(await send('list.restore', { snapshotId: id }))) throw new Error(i18n.t('list.undo_late'));
    onRestored(id);
  }
  return (
    <div className="undo">
      <p className="grow">
        {i18n.t('list.deleted', {
          handle: `@${handle}`,
          relation: relationTitle(relation),
          day: day(createdAt, now),
        })}
      </p>
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => {
          act(restore);
        }}
      >
        {i18n.t('list.undo')}
      </button>
      {trouble !== null && (
        <p role="alert" className="tone-error">
          {trouble}
        </p>
      )}
    </div>
  );
}
