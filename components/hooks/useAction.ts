import { useCallback, useState } from 'react';
import { i18n } from '#i18n';

export interface Action {
  /** Why the last action failed, as a sentence. */
  readonly error: string | null;
  /** Whether an action is in progress. */
  readonly busy: boolean;
  /** Starts work that may fail. If it fails, {@link error} is set. */
  readonly run: (work: () => Promise<unknown>) => void;
}

/** For buttons: runs one action at a time, and reports failures instead of throwing them. */
export function useAction(): Action {
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = useCallback((work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    work()
      .catch((thrown: unknown) => {
        setError(i18n.t('run.not_sent', { why: thrown instanceof Error ? thrown.message : String(thrown) }));
      })
      .finally(() => {
        setBusy(false);
      });
  }, []);
  return { error, busy, run };
}
