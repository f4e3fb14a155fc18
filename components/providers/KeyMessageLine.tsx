import { i18n } from '#i18n';
import { Button } from '../shared/Button.tsx';
import { ToneIcon } from '../shared/Icon.tsx';
import type { KeyAttempt } from './key-actions.ts';
import type { ShownMessage } from './key-message.ts';

interface KeyMessageLineProps {
  readonly message: ShownMessage;
  readonly onSaveUntested: (attempt: KeyAttempt) => void;
}

/** The message about a key. Its live region is always on the page, so that screen readers announce changes. */
export function KeyMessageLine({ message, onSaveUntested }: KeyMessageLineProps) {
  const tone = message.kind === 'good' ? 'done' : message.kind === 'busy' ? 'busy' : 'error';
  return (
    <div className="key-message">
      <div role="status" className={message.kind === 'nothing' ? undefined : 'message'}>
        {message.kind !== 'nothing' && (
          <>
            <span className={`tone-${tone}`}>
              <ToneIcon tone={tone} />
            </span>
            <p>{message.text}</p>
          </>
        )}
      </div>
      {message.kind === 'bad' && message.more !== null && (
        <p className="meta">
          <bdi>{message.more}</bdi>
        </p>
      )}
      {message.kind === 'unsure' && (
        <Button
          onClick={() => {
            onSaveUntested(message.attempt);
          }}
        >
          {i18n.t('options.save_anyway')}
        </Button>
      )}
    </div>
  );
}

interface RevokedNoticeProps {
  readonly baseUrl: string;
  readonly onAllow: () => void;
}

/** Shown when the user revoked the host permission that the saved key needs. */
export function RevokedNotice({ baseUrl, onAllow }: RevokedNoticeProps) {
  return (
    <div className="key-message">
      <div role="status" className="message">
        <span className="tone-error">
          <ToneIcon tone="error" />
        </span>
        <p>
          {i18n.t('error.no_permission', { origin: new URL(baseUrl).origin })} {i18n.t('options.key_kept')}
        </p>
      </div>
      <Button onClick={onAllow}>{i18n.t('remedy.allow')}</Button>
    </div>
  );
}
