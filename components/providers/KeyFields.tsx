import { i18n } from '#i18n';
import type { Adapter } from '../../lib/providers/adapter.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { savedKeyText, urlErrorText } from './provider-text.ts';
import type { BaseUrlError } from './base-url.ts';
import type { KeyForm } from './useKeyForm.ts';

interface KeyFieldProps {
  readonly id: string;
  readonly adapter: Adapter;
  readonly info: KeyInfo | null;
  readonly form: KeyForm;
  readonly busy: boolean;
}

/** The key field, and where to get a key. */
export function KeyField({ id, adapter, info, form, busy }: KeyFieldProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{i18n.t('options.key')}</label>
      <div className="with-link">
        <input
          id={id}
          type="password"
          className="input"
          value={form.typed}
          autoComplete="off"
          spellCheck={false}
          placeholder={info === null ? adapter.key.placeholder : savedKeyText(info)}
          disabled={busy}
          onChange={({ target }) => {
            form.onTyped(target.value);
          }}
        />
        <a href={adapter.key.url} target="_blank" rel="noreferrer noopener">
          {i18n.t('options.get_key')}
        </a>
      </div>
    </div>
  );
}

interface BaseUrlFieldProps extends Omit<KeyFieldProps, 'info'> {
  readonly error: BaseUrlError;
}

/** The address that the key is sent to, for users of a proxy. */
export function BaseUrlField({ id, adapter, form, busy, error }: BaseUrlFieldProps) {
  return (
    <details>
      <summary>{i18n.t('options.advanced')}</summary>
      <div className="field advanced">
        <label htmlFor={id}>{i18n.t('options.base_url')}</label>
        <input
          id={id}
          type="url"
          className="input"
          value={form.baseUrl}
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={`${id}-hint`}
          disabled={busy}
          onChange={({ target }) => {
            form.onBaseUrl(target.value);
          }}
        />
        <p id={`${id}-hint`} className={error === null ? 'meta' : 'tone-error'}>
          {error === null
            ? i18n.t('options.base_url_default', { origin: adapter.origin })
            : urlErrorText(error)}
        </p>
      </div>
    </details>
  );
}
