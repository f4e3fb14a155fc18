import { Dialog, DialogHeading } from '@ariakit/react/dialog';
import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { Action } from '../hooks/useAction.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

interface FormDialogProps {
  readonly title: string;
  readonly saveText: string;
  /** Whether something that cannot be entered here is missing. */
  readonly isBlocked?: boolean;
  readonly action: Action;
  /** Saves what was entered. If it throws, the dialog stays open and shows why. */
  readonly save: () => Promise<void>;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** A dialog with fields that are saved together. */
export function FormDialog(props: FormDialogProps) {
  const { title, saveText, isBlocked = false, action, save, onClose, children } = props;
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
          action.run(save);
        }}
      >
        <DialogHeading render={<h2 />}>{title}</DialogHeading>
        {children}
        <ErrorText error={action.error} />
        <div className="buttons">
          <Button type="submit" variant="primary" disabled={action.busy || isBlocked}>
            {saveText}
          </Button>
          <Button variant="quiet" onClick={onClose}>
            {i18n.t('run.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
