import { useId } from 'react';
import { i18n } from '#i18n';
import {
  changePassphrase,
  lockNow,
  removeLocked,
  removePassphrase,
  setPassphrase,
  unlock,
} from '../../lib/keys/storage.ts';
import { rememberKeys } from '../../lib/keys/traces.ts';
import { send } from '../../lib/messages/send.ts';
import { store } from '../hooks/store.ts';
import { Button } from '../shared/Button.tsx';
import { ConfirmButton } from '../shared/ConfirmButton.tsx';

interface Fields {
  readonly old: string;
  readonly fresh: string;
  /** The repeated new passphrase. */
  readonly repeated: string;
}

export interface KeyLockForm {
  readonly busy: boolean;
  readonly fields: Fields;
  readonly onFields: (change: Partial<Fields>) => void;
  /** Runs the action and shows its result; `false` means that the passphrase was wrong. */
  readonly run: (done: string, work: () => Promise<boolean>) => void;
  /** Like `run`, but checks the new passphrase first. */
  readonly runWithNew: (done: string, work: () => Promise<boolean>) => void;
}

interface FormProps {
  readonly form: KeyLockForm;
}

/** Resumes runs that were waiting for their key. */
async function reportKeysChanged(): Promise<void> {
  for (const { provider } of await store.keys.infos()) await send('keys.changed', { provider });
}

interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly isNew: boolean;
  readonly onValue: (value: string) => void;
}

function PassphraseField({ label, value, isNew, onValue }: PassphraseFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
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

function OldField({ form, label }: FormProps & { readonly label: string }) {
  return (
    <PassphraseField
      label={label}
      value={form.fields.old}
      isNew={false}
      onValue={(old) => {
        form.onFields({ old });
      }}
    />
  );
}

function NewFields({ form, label }: FormProps & { readonly label: string }) {
  return (
    <>
      <PassphraseField
        label={label}
        value={form.fields.fresh}
        isNew
        onValue={(fresh) => {
          form.onFields({ fresh });
        }}
      />
      <PassphraseField
        label={i18n.t('lock.again')}
        value={form.fields.repeated}
        isNew
        onValue={(repeated) => {
          form.onFields({ repeated });
        }}
      />
    </>
  );
}

/** No passphrase is set: one can be set. */
export function OpenKeys({ form }: FormProps) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        form.runWithNew(i18n.t('lock.is_set'), async () => {
          await setPassphrase(store.keys, form.fields.fresh);
          return true;
        });
      }}
    >
      <p className="meta">{i18n.t('lock.intro')}</p>
      <NewFields form={form} label={i18n.t('lock.passphrase')} />
      <div className="buttons">
        <Button type="submit" disabled={form.busy}>
          {i18n.t('lock.set')}
        </Button>
      </div>
    </form>
  );
}

async function unlockKeys(passphrase: string): Promise<boolean> {
  const isRight = await unlock(store.keys, passphrase);
  if (isRight) {
    await rememberKeys(store);
    await reportKeysChanged();
  }
  return isRight;
}

/** Locked: the keys can be unlocked, or deleted if the passphrase is forgotten. */
export function LockedKeys({ form }: FormProps) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        form.run(i18n.t('lock.is_unlocked'), () => unlockKeys(form.fields.old));
      }}
    >
      <OldField form={form} label={i18n.t('lock.passphrase')} />
      <div className="buttons">
        <Button type="submit" variant="primary" disabled={form.busy}>
          {i18n.t('lock.unlock')}
        </Button>
        <ConfirmButton
          text={i18n.t('lock.forgot')}
          question={i18n.t('lock.forgot_really')}
          yes={i18n.t('lock.forgot_yes')}
          busy={form.busy}
          onYes={() => {
            form.run(i18n.t('lock.forgotten'), async () => {
              await removeLocked(store.keys);
              await reportKeysChanged();
              return true;
            });
          }}
        />
      </div>
    </form>
  );
}

/** Unlocked: the keys can be locked, or the passphrase changed or removed. */
export function UnlockedKeys({ form }: FormProps) {
  const { old, fresh } = form.fields;
  return (
    <>
      <p className="meta">{i18n.t('lock.unlocked_hint')}</p>
      <div className="buttons">
        <Button
          variant="primary"
          disabled={form.busy}
          onClick={() => {
            form.run(i18n.t('lock.is_locked'), async () => {
              await lockNow();
              return true;
            });
          }}
        >
          {i18n.t('lock.now')}
        </Button>
      </div>
      <details>
        <summary>{i18n.t('lock.change_or_remove')}</summary>
        <div className="stack">
          <OldField form={form} label={i18n.t('lock.old')} />
          <NewFields form={form} label={i18n.t('lock.new')} />
          <div className="buttons">
            <Button
              disabled={form.busy}
              onClick={() => {
                form.runWithNew(i18n.t('lock.is_changed'), () => changePassphrase(store.keys, old, fresh));
              }}
            >
              {i18n.t('lock.change')}
            </Button>
            <Button
              disabled={form.busy}
              onClick={() => {
                form.run(i18n.t('lock.is_removed'), () => removePassphrase(store.keys, old));
              }}
            >
              {i18n.t('lock.remove')}
            </Button>
          </div>
        </div>
      </details>
    </>
  );
}
