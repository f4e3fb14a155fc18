import { useState } from 'react';
import { i18n } from '#i18n';

interface AskedProps {
  /** On the button. */
  readonly words: string;
  /** What is asked once more. */
  readonly question: string;
  readonly yes: string;
  readonly busy: boolean;
  readonly onYes: () => void;
}

/** A button for what cannot be undone: it asks once more before it acts. */
export function Asked({ words, question, yes, busy, onYes }: AskedProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button
        type="button"
        className="button"
        disabled={busy}
        onClick={() => {
          setAsking(true);
        }}
      >
        {words}
      </button>
    );
  }
  return (
    <div role="group" aria-label={words} className="stack">
      <p>{question}</p>
      <div className="buttons">
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => {
            setAsking(false);
            onYes();
          }}
        >
          {yes}
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
          {i18n.t('run.cancel')}
        </button>
      </div>
    </div>
  );
}
