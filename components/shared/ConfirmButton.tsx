import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button.tsx';

interface ConfirmButtonProps {
  /** On the button. */
  readonly text: string;
  /** What is asked once more. */
  readonly question: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly onYes: () => void;
}

/** A button for what cannot be undone: it asks once more before it acts. */
export function ConfirmButton({ text, question, yes, busy, onYes }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button
        disabled={busy}
        onClick={() => {
          setAsking(true);
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
            setAsking(false);
            onYes();
          }}
        >
          {yes}
        </Button>
        <Button
          disabled={busy}
          autoFocus
          onClick={() => {
            setAsking(false);
          }}
        >
          {i18n.t('run.cancel')}
        </Button>
      </div>
    </div>
  );
}
