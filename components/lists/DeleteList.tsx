import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { useAct } from '../hooks/useAction.ts';

/** Deletes a list that is not being collected any more: at once, and for a while it can be undone. */
export function DeleteList({ snapshot: { id, state } }: { readonly snapshot: Snapshot }) {
  const { act, busy, trouble } = useAct();
  if (!hasEnded(state)) return null;
  return (
    <>
      <button
        type="button"
        className="button quiet"
        disabled={busy}
        onClick={() => {
          act(() => send('list.delete', { snapshotId: id }));
        }}
      >
        {i18n.t('list.delete')}
      </button>
      {trouble !== null && (
        <p role="alert" className="tone-error">
          {trouble}
        </p>
      )}
    </>
  );
}
