import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { MAX_NAME_LENGTH, MAX_NOTES_LENGTH, type Snapshot } from '../../lib/model/snapshot.ts';
import { listDescription } from '../../lib/words/lists.ts';
import { useAction } from '../hooks/useAction.ts';
import { FormDialog } from './FormDialog.tsx';

interface DescribeListProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** A dialog for the user's own name of a list, and notes on it. */
export default function DescribeList({ snapshot, onClose }: DescribeListProps) {
  const id = useId();
  const [name, setName] = useState(snapshot.name ?? '');
  const [notes, setNotes] = useState(snapshot.notes ?? '');
  const action = useAction();
  const [now] = useState(() => Date.now());
  async function save(): Promise<void> {
    const isStored = await send('list.describe', { snapshotId: snapshot.id, name, notes });
    if (!isStored) throw new Error(i18n.t('list.gone'));
    onClose();
  }
  return (
    <FormDialog
      title={i18n.t('list_menu.describe')}
      saveText={i18n.t('list_menu.save')}
      action={action}
      save={save}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}
