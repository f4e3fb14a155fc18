import { useEffect, useId, useRef } from 'react';
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
import { noteText, savedText } from './provider-text.ts';
import { useKeyForm, type KeyForm } from './useKeyForm.ts';

interface ProviderRegionProps {
  readonly adapter: Adapter;
  /** The saved key, without its secret. */
  readonly info: KeyInfo | null;
}

/** One provider: its key, where to get one, and the address that the key is sent to. */
export function ProviderRegion({ adapter, info }: ProviderRegionProps) {
  const id = useId();
  const region = useRef<HTMLElement>(null);
  const form = useKeyForm(adapter, info);
  const error = baseUrlError(form.baseUrl);
  const note = noteText(adapter);
  const revoked = useHostPermission(info?.baseUrl ?? null) === false;
  const busy = form.message.kind === 'busy';
  const { unit, keyCheck } = adapter.price;

  useEffect(() => {
    if (location.hash === `#${adapter.id}`) region.current?.scrollIntoView({ block: 'start' });
  }, [adapter.id]);

  return (
    <section ref={region} className="panel provider" aria-labelledby={`${id}-name`} id={adapter.id}>
      <div className="line">
        <h3 id={`${id}-name`} className="grow provider-name">
          {adapter.name}
        </h3>
        <span className="meta">
          {info === null ? i18n.t('options.no_key_yet') : savedText(adapter, info)}
        </span>
      </div>
      {note !== null && <p className="meta">{note}</p>}
      <KeyField id={`${id}-key`} adapter={adapter} info={info} form={form} busy={busy} />
      <BaseUrlField id={`${id}-url`} adapter={adapter} form={form} busy={busy} error={error} />
      <KeyButtons form={form} info={info} busy={busy} isInvalid={error !== null} />
      {keyCheck !== undefined && (
        <p className="meta">{i18n.t('options.test_costs', { amount: amount(unit, keyCheck) })}</p>
      )}
      {info !== null && revoked && (
        <RevokedNotice
          baseUrl={info.baseUrl}
          onAllow={() => {
            form.allow(info.baseUrl);
          }}
        />
      )}
      <KeyMessageLine
        message={shownMessage(form.message, { adapter, info, revoked })}
        onSaveUntested={form.saveUntested}
      />
    </section>
  );
}

interface KeyButtonsProps {
  readonly form: KeyForm;
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
