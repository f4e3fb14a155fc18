import { useState } from 'react';
import { i18n } from '#i18n';
import { hasEnded, type Snapshot } from '../../lib/model.ts';
import { count } from '../../lib/words/numbers.ts';
import { store } from '../hooks/store.ts';
import { useAct } from '../hooks/useAct.ts';

/** Deletes a list that is not being collected any more. It was paid for, so it is asked twice. */
export function DeleteList({ snapshot }: { readonly snapshot: Snapshot }) {
  const { id, rows, state } = snapshot;
  const { act, busy, trouble } = useAct();
  const [asking, setAsking] = useState(false);
  if (!hasEnded(state)) return null;
  if (!asking) {
    return (
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          setAsking(true);
        }}
      >
        {i18n.t('list.delete')}
      </button>
    );
  }
  return (
    <div role="group" aria-label={i18n.t('list.delete')}>
      <p>{i18n.t('list.delete_really', { n: count(rows) })}</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => {
            act(() => store.deleteSnapshot(id));
          }}
        >
          {i18n.t('list.delete_yes')}
        </button>
        <button
          type="button"
          className="button"
          disabled={busy}
          autoFocus
          onClick={() => {
            setAsking(false);
          }}
        >
          {i18n.t('list.delete_no')}
        </button>
      </div>
      {trouble !== null && (
        <p role="alert" className="tone-error">
          {trouble}
        </p>
      )}
    </div>
  );
}
