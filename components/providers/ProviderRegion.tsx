import { useEffect, useId, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import type { Adapter } from '../../lib/providers/adapter.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { amount } from '../../lib/words/numbers.ts';
import { useHostPermission } from '../hooks/useHostPermission.ts';
import { Button } from '../shared/Button.tsx';
import { baseUrlError } from './base-url.ts';
import { shownMessage } from './key-message.ts';
import { BaseUrlField, KeyField } from './KeyFields.tsx';
import { KeyMessageLine, RevokedNotice } from './KeyMessageLine.tsx';
import { noteText, savedText, unconfirmedText } from './provider-text.ts';
import { useKeyForm, type KeyForm as KeyFormState } from './useKeyForm.ts';

interface ProviderRegionProps {
  readonly adapter: Adapter;
  /** The saved key, without its secret. */
  readonly info: KeyInfo | null;
  /** Whether a provider with a key is one row that unfolds. */
  readonly folds?: boolean;
  /** What the row shows beside the key: this month's spending. */
  readonly month?: ReactNode;
}

/**
 * Whether the provider's form is shown. It is, until a key is saved; after that, on request, or if the page's address
 * names the provider. A key that was just saved leaves it open, because its message is in there.
 */
function useUnfolded(adapter: Adapter, info: KeyInfo | null, folds: boolean) {
  const isNamed = (): boolean => location.hash === `#${adapter.id}`;
  const [isOpen, setIsOpen] = useState(() => !folds || info === null || isNamed());
  useEffect(() => {
    const look = (): void => {
      if (location.hash === `#${adapter.id}`) setIsOpen(true);
    };
    addEventListener('hashchange', look);
    return () => {
      removeEventListener('hashchange', look);
    };
  }, [adapter.id]);
  return {
    isOpen: isOpen || info === null,
    toggle: () => {
      setIsOpen(!isOpen);
    },
  };
}

/** One provider: its key, where to get one, and the address that the key is sent to. */
export function ProviderRegion({ adapter, info, folds = false, month }: ProviderRegionProps) {
  const id = useId();
  const { isOpen, toggle } = useUnfolded(adapter, info, folds);
  const form = useKeyForm(adapter, info);
  const revoked = useHostPermission(info?.baseUrl ?? null) === false;
  return (
    <section className="panel provider" aria-labelledby={`${id}-name`} id={adapter.id}>
      <div className="provider-row">
        <h3 id={`${id}-name`} className="provider-name">
          {adapter.name}
        </h3>
        <span className="meta grow">
          {info === null ? i18n.t('options.no_key_yet') : savedText(adapter, info)}
        </span>
        {month}
        {folds && info !== null && (
          <Button size="small" aria-expanded={isOpen} aria-controls={`${id}-form`} onClick={toggle}>
            {i18n.t('options.edit')}
          </Button>
        )}
      </div>
      {info !== null && revoked && (
        <RevokedNotice
          baseUrl={info.baseUrl}
          onAllow={() => {
            form.allow(info.baseUrl);
          }}
        />
      )}
      <div id={`${id}-form`} className="provider-form" hidden={!isOpen}>
        <KeyForm id={id} adapter={adapter} info={info} form={form} revoked={revoked} />
      </div>
    </section>
  );
}

interface KeyFormProps {
  readonly id: string;
  readonly adapter: Adapter;
  readonly info: KeyInfo | null;
  readonly form: KeyFormState;
  readonly revoked: boolean;
}

function KeyForm({ id, adapter, info, form, revoked }: KeyFormProps) {
  const error = baseUrlError(form.baseUrl);
  const note = noteText(adapter);
  const unconfirmed = unconfirmedText(adapter);
  const busy = form.message.kind === 'busy';
  const { unit, keyCheck } = adapter.price;
  return (
    <>
      {note !== null && <p className="meta">{note}</p>}
      {unconfirmed !== null && <p className="meta">{unconfirmed}</p>}
      <KeyField id={`${id}-key`} adapter={adapter} info={info} form={form} busy={busy} />
      <BaseUrlField id={`${id}-url`} adapter={adapter} form={form} busy={busy} error={error} />
      <KeyButtons form={form} info={info} busy={busy} isInvalid={error !== null} />
      {keyCheck !== undefined && (
        <p className="meta">{i18n.t('options.test_costs', { amount: amount(unit, keyCheck) })}</p>
      )}
      <KeyMessageLine
        message={shownMessage(form.message, { adapter, info, revoked })}
        onSaveUntested={form.saveUntested}
      />
    </>
  );
}

interface KeyButtonsProps {
  readonly form: KeyFormState;
  readonly info: KeyInfo | null;
  readonly busy: boolean;
  /** Whether the base URL is invalid. */
  readonly isInvalid: boolean;
}

function KeyButtons({ form, info, busy, isInvalid }: KeyButtonsProps) {
  return (
    <div className="buttons">
      <Button
        variant={info === null || form.typed !== '' ? 'primary' : 'default'}
        disabled={busy || isInvalid}
        onClick={() => {
          form.test(true);
        }}
      >
        {i18n.t('options.save')}
      </Button>
      <Button
        disabled={busy || isInvalid}
        onClick={() => {
          form.test(false);
        }}
      >
        {i18n.t('options.test')}
      </Button>
      <Button disabled={busy || info === null} onClick={form.remove}>
        {i18n.t('options.remove')}
      </Button>
    </div>
  );
}
