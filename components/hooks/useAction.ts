import { useCallback, useState } from 'react';
import { i18n } from '#i18n';

export interface Act {
  /** What went wrong with the last act, in a sentence. */
  readonly trouble: string | null;
  /** Whether an act is under way. */
  readonly busy: boolean;
  /** Does something that may fail; its failure becomes {@link trouble}. */
  readonly act: (work: () => Promise<unknown>) => void;
}

/** For buttons: one act at a time, failures said and not thrown. */
export function useAct(): Act {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const act = useCallback((work: () => Promise<unknown>) => {
    setBusy(true);
    setTrouble(null);
    work()
      .catch((error: unknown) => {
        setTrouble(i18n.t('run.not_sent', { why: error instanceof Error ? error.message : String(error) }));
      })
      .finally(() => {
        setBusy(false);
      });
  }, []);
  return { trouble, busy, act };
}
