import { Dialog, DialogHeading } from '@ariakit/react/dialog';
import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { MAX_NAME_LENGTH, MAX_NOTES_LENGTH, type Snapshot } from '../../lib/model/snapshot.ts';
import { listDescription } from '../../lib/words/lists.ts';
import { useAction } from '../hooks/useAction.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface DescribeListProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** A dialog for the user's own name of a list, and notes on it. */
export default function DescribeList({ snapshot, onClose }: DescribeListProps) {
  const id = useId();
  const [name, setName] = useState(snapshot.name ?? '');
  const [notes, setNotes] = useState(snapshot.notes ?? '');
  const { run, busy, error } = useAction();
  const [now] = useState(() => Date.now());
  async function save(): Promise<void> {
    const isStored = await send('list.describe', { snapshotId: snapshot.id, name, notes });
    if (!isStored) throw new Error(i18n.t('list.gone'));
    onClose();
  }
  return (
    <Dialog
      open
      onClose={onClose}
      className="dialog"
      backdrop={<div className="backdrop" />}
      autoFocusOnHide={false}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run(save);
        }}
      >
        <DialogHeading render={<h2 />}>{i18n.t('list_menu.describe')}</DialogHeading>
        <div className="field">
          <label htmlFor={`${id}-name`}>{i18n.t('list_menu.name')}</label>
          <input
            id={`${id}-name`}
            className="input"
            dir="auto"
            value={name}
            maxLength={MAX_NAME_LENGTH}
            placeholder={listDescription(snapshot, now)}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-notes`}>{i18n.t('list_menu.notes')}</label>
          <textarea
            id={`${id}-notes`}
            className="input"
            dir="auto"
            rows={5}
            value={notes}
            maxLength={MAX_NOTES_LENGTH}
            onChange={({ target }) => {
              setNotes(target.value);
            }}
          />
        </div>
        <ErrorText error={error} />
        <div className="buttons">
          <Button type="submit" variant="primary" disabled={busy}>
            {i18n.t('list_menu.save')}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {i18n.t('run.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
