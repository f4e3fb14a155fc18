import { useEffect, useId, useState } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import { LEAST_CHARACTERS } from '../../lib/keys/lock.ts';
import { rememberKeys } from '../../lib/keys/traces.ts';
import { watchUnlocked } from '../../lib/keys/unlocked.ts';
import {
  changePassphrase,
  lockNow,
  lockState,
  removeLocked,
  removePassphrase,
  setPassphrase,
  unlock,
  type LockState,
} from '../../lib/keys/storage.ts';
import { exclusively } from '../../lib/store/exclusive.ts';
import { useLive } from '../hooks/useDatabase.ts';
import { store } from '../hooks/store.ts';
import { useAction } from '../hooks/useAction.ts';
import { ConfirmButton } from '../shared/ConfirmButton.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';

/** The tables tell of a lock that came or went; the session of one that was opened. */
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

/** Runs that waited for their key go on. */
async function tellKeysChanged(): Promise<void> {
  for (const { provider } of await store.keys.infos()) await send('keys.changed', { provider });
}

interface PassphraseFieldProps {
  readonly text: string;
  readonly value: string;
  readonly isNew: boolean;
  readonly onValue: (value: string) => void;
}

function PassphraseField({ text, value, isNew, onValue }: PassphraseFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{text}</label>
      <input
        id={id}
        type="password"
        className="input"
        value={value}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        spellCheck={false}
        onChange={({ target }) => {
          onValue(target.value);
        }}
      />
    </div>
  );
}

function passphraseError(passphrase: string, again: string): string | null {
  if (Array.from(passphrase).length < LEAST_CHARACTERS) {
    return i18n.t('lock.too_short', { n: String(LEAST_CHARACTERS) });
  }
  return passphrase === again ? null : i18n.t('lock.differ');
}

/** A passphrase in front of all keys: set, changed, removed, opened and closed. */
export function KeyLock() {
  const id = useId();
  const state = useLockState();
  const { run, busy, error } = useAction();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [said, setSaid] = useState<{ readonly text: string; readonly good: boolean } | null>(null);

  function clear(): void {
    setOld('');
    setFresh('');
    setAgain('');
  }

  /** Does it, and says how it went; `false` is a wrong passphrase. */
  function work(done: string, does: () => Promise<boolean>): void {
    setSaid(null);
    run(async () => {
      const isRight = await exclusively(does);
      if (isRight) clear();
      setSaid({ text: isRight ? done : i18n.t('lock.wrong'), good: isRight });
    });
  }

  /** The same where a new passphrase is needed, which is looked at first. */
  function workWithNew(done: string, does: () => Promise<boolean>): void {
    const wrong = passphraseError(fresh, again);
    if (wrong === null) work(done, does);
    else setSaid({ text: wrong, good: false });
  }

  if (state === undefined) return null;
  const button = (text: string, onClick: () => void, primary = false) => (
    <Button variant={primary ? 'primary' : 'default'} disabled={busy} onClick={onClick}>
      {text}
    </Button>
  );
  const newFields = (
    <>
      <PassphraseField
        text={state === 'none' ? i18n.t('lock.passphrase') : i18n.t('lock.new')}
        value={fresh}
        isNew
        onValue={setFresh}
      />
      <PassphraseField text={i18n.t('lock.again')} value={again} isNew onValue={setAgain} />
    </>
  );

  return (
    <section className="panel" aria-labelledby={`${id}-name`} id="keys">
      <div className="line">
        <h2 id={`${id}-name`} className="grow provider-name">
          {i18n.t('lock.title')}
        </h2>
        <span className="meta">
          {state === 'none'
            ? i18n.t('lock.state_none')
            : state === 'locked'
              ? i18n.t('lock.state_locked')
              : i18n.t('lock.state_unlocked')}
        </span>
      </div>
      {state === 'none' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            workWithNew(i18n.t('lock.is_set'), async () => {
              await setPassphrase(store.keys, fresh);
              return true;
            });
          }}
        >
          <p className="meta">{i18n.t('lock.intro')}</p>
          {newFields}
          <div className="buttons">
            <Button type="submit" disabled={busy}>
              {i18n.t('lock.set')}
            </Button>
          </div>
        </form>
      )}
      {state === 'locked' && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            work(i18n.t('lock.is_unlocked'), async () => {
              const isRight = await unlock(store.keys, old);
              if (isRight) {
                await rememberKeys(store);
                await tellKeysChanged();
              }
              return isRight;
            });
          }}
        >
          <PassphraseField text={i18n.t('lock.passphrase')} value={old} isNew={false} onValue={setOld} />
          <div className="buttons">
            <Button type="submit" variant="primary" disabled={busy}>
              {i18n.t('lock.unlock')}
            </Button>
            <ConfirmButton
              text={i18n.t('lock.forgot')}
              question={i18n.t('lock.forgot_really')}
              yes={i18n.t('lock.forgot_yes')}
              busy={busy}
              onYes={() => {
                work(i18n.t('lock.forgotten'), async () => {
                  await removeLocked(store.keys);
                  await tellKeysChanged();
                  return true;
                });
              }}
            />
          </div>
        </form>
      )}
      {state === 'unlocked' && (
        <>
          <p className="meta">{i18n.t('lock.unlocked_hint')}</p>
          <div className="buttons">
            {button(
              i18n.t('lock.now'),
              () => {
                work(i18n.t('lock.is_locked'), async () => {
                  await lockNow();
                  return true;
                });
              },
              true,
            )}
          </div>
          <details>
            <summary>{i18n.t('lock.change_or_remove')}</summary>
            <div className="stack">
              <PassphraseField text={i18n.t('lock.old')} value={old} isNew={false} onValue={setOld} />
              {newFields}
              <div className="buttons">
                {button(i18n.t('lock.change'), () => {
                  workWithNew(i18n.t('lock.is_changed'), () => changePassphrase(store.keys, old, fresh));
                })}
                {button(i18n.t('lock.remove'), () => {
                  work(i18n.t('lock.is_removed'), () => removePassphrase(store.keys, old));
                })}
              </div>
            </div>
          </details>
        </>
      )}
      <p role="status" className={said?.good === false ? 'tone-error' : undefined}>
        {said?.text ?? ''}
      </p>
      <ErrorText error={error} />
    </section>
  );
}
