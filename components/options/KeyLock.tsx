import { useEffect, useId, useState } from 'react';
import { i18n } from '#i18n';
import { LEAST_CHARACTERS } from '../../lib/keys/lock.ts';
import { lockState, type LockState } from '../../lib/keys/storage.ts';
import { watchUnlocked } from '../../lib/keys/unlocked.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { store } from '../hooks/store.ts';
import { useAction } from '../hooks/useAction.ts';
import { useLive } from '../hooks/useDatabase.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { LockedKeys, OpenKeys, UnlockedKeys, type KeyLockForm } from './KeyLockForms.tsx';

/** The database tables report when a lock is set or removed; session storage reports when it is opened. */
function useLockState(): LockState | undefined {
  const [turn, setTurn] = useState(0);
  useEffect(
    () =>
      watchUnlocked(() => {
        setTurn((before) => before + 1);
      }),
    [],
  );
  return useLive(() => lockState(store.keys), [turn]);
}

function passphraseError(passphrase: string, repeated: string): string | null {
  if (Array.from(passphrase).length < LEAST_CHARACTERS) {
    return i18n.t('lock.too_short', { n: String(LEAST_CHARACTERS) });
  }
  return passphrase === repeated ? null : i18n.t('lock.differ');
}

interface Result {
  readonly text: string;
  readonly failed: boolean;
}

const EMPTY = { old: '', fresh: '', repeated: '' };

/** The passphrase fields, and the result of the last action. */
function useKeyLockForm() {
  const { run, busy, error } = useAction();
  const [fields, setFields] = useState(EMPTY);
  const [result, setResult] = useState<Result | null>(null);

  function start(done: string, work: () => Promise<boolean>): void {
    setResult(null);
    run(async () => {
      const isRight = await exclusively(work);
      if (isRight) setFields(EMPTY);
      setResult({ text: isRight ? done : i18n.t('lock.wrong'), failed: !isRight });
    });
  }

  const form: KeyLockForm = {
    busy,
    fields,
    onFields: (change) => {
      setFields((before) => ({ ...before, ...change }));
    },
    run: start,
    runWithNew: (done, work) => {
      const wrong = passphraseError(fields.fresh, fields.repeated);
      if (wrong === null) start(done, work);
      else setResult({ text: wrong, failed: true });
    },
  };
  return { form, result, error };
}

function stateText(state: LockState): string {
  switch (state) {
    case 'none':
      return i18n.t('lock.state_none');
    case 'locked':
      return i18n.t('lock.state_locked');
    case 'unlocked':
      return i18n.t('lock.state_unlocked');
  }
}

/** A passphrase that protects all keys: set, change, remove, unlock, and lock. */
export function KeyLock() {
  const id = useId();
  const state = useLockState();
  const { form, result, error } = useKeyLockForm();
  if (state === undefined) return null;
  return (
    <section className="panel" aria-labelledby={`${id}-name`}>
      <div className="line">
        <h3 id={`${id}-name`} className="grow provider-name">
          {i18n.t('lock.title')}
        </h3>
        <span className="meta">{stateText(state)}</span>
      </div>
      {state === 'none' && <OpenKeys form={form} />}
      {state === 'locked' && <LockedKeys form={form} />}
      {state === 'unlocked' && <UnlockedKeys form={form} />}
      <p role="status" className={result?.failed === true ? 'tone-error' : undefined}>
        {result?.text ?? ''}
      </p>
      <ErrorText error={error} />
    </section>
  );
}
