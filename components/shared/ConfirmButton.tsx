import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button.tsx';

interface ConfirmButtonProps {
  /** The button's label. */
  readonly text: string;
  /** The confirmation prompt. */
  readonly question: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly onYes: () => void;
}

/** A button for actions that cannot be undone. It asks for confirmation first. */
export function ConfirmButton({ text, question, yes, busy, onYes }: ConfirmButtonProps) {
  const [confirming, setConfirming] = useState(false);
  if (!confirming) {
    return (
      <Button
        disabled={busy}
        onClick={() => {
          setConfirming(true);
        }}
      >
        {text}
      </Button>
    );
  }
  return (
    <div role="group" aria-label={text} className="stack">
      <p>{question}</p>
      <div className="buttons">
        <Button
          disabled={busy}
          onClick={() => {
            setConfirming(false);
            onYes();
          }}
        >
          {yes}
        </Button>
        <Button
          disabled={busy}
          autoFocus
          onClick={() => {
            setConfirming(false);
          }}
        >
          {i18n.t('run.cancel')}
        </Button>
      </div>
    </div>
  );
}
