import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
import { useAction } from '../hooks/useAction.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

/**
 * Deletes a list that is not being collected. There is no confirmation, because the deletion can be undone for a while.
 */
export function DeleteList({ snapshot: { id, state } }: { readonly snapshot: Snapshot }) {
  const { run, busy, error } = useAction();
  if (!hasEnded(state)) return null;
  return (
    <>
      <Button
        variant="quiet"
        disabled={busy}
        onClick={() => {
          run(() => send('list.delete', { snapshotId: id }));
        }}
      >
        {i18n.t('list.delete')}
      </Button>
      <ErrorText error={error} />
    </>
  );
}
