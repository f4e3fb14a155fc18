import { Component, useEffect, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { send } from '../../lib/messages/send.ts';
import type { StorageError } from '../../lib/model/error.ts';
import { storageErrorOf } from '../../lib/store/storage-error.ts';
import { storageMessage } from '../../lib/words/storage-error.ts';
import { store } from '../hooks/store.ts';
import { useBackgroundStorageError, usePageStorageError } from '../hooks/useStorageError.ts';
import { Icon } from './Icon.tsx';
import { UnreadableSettings } from './UnreadableSettings.tsx';
import { Button } from './Button.tsx';

interface Shown {
  readonly sentence: string;
  readonly remedy: { readonly text: string; readonly act: () => void };
}

function reload(): void {
  location.reload();
}

/** Makes the background retry its storage, and reloads this page. */
function tryAgainAndReload(): void {
  // Not awaited: the page reloads even if the background cannot respond.
  send('storage.try-again', {}).catch(console.error);
  reload();
}

function shown(storageError: StorageError): Shown {
  const text = storageError === 'outdated' ? i18n.t('storage.reload') : i18n.t('remedy.try_again');
  return { sentence: storageMessage(storageError), remedy: { text, act: tryAgainAndReload } };
}

function Notice({ sentence, remedy }: Shown) {
  return (
    <>
      <p role="alert" className="message">
        <span className="tone-error">
          <Icon name="error" />
        </span>
        <span className="grow">{sentence}</span>
      </p>
      <div className="buttons">
        <Button onClick={remedy.act}>{remedy.text}</Button>
      </div>
    </>
  );
}

/** Shown instead of a page that has nothing to show, so that the page is never blank. */
function StorageFallback(what: Shown) {
  return (
    <main className="storage-instead">
      <h1>{i18n.t('popup.title')}</h1>
      <Notice {...what} />
    </main>
  );
}

interface FailedStorage {
  readonly error: Error | null;
}

/** Catches rendering errors, most likely caused by an unavailable database. */
class Catcher extends Component<{ readonly children: ReactNode }, FailedStorage> {
  override state: FailedStorage = { error: null };

  static getDerivedStateFromError(thrown: unknown): FailedStorage {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const storageError = store.error ?? storageErrorOf(error);
    return storageError === null ? (
      <StorageFallback
        sentence={i18n.t('storage.page_failed', { why: error.name })}
        remedy={{ text: i18n.t('storage.reload'), act: reload }}
      />
    ) : (
      <StorageFallback {...shown(storageError)} />
    );
  }
}

/** Renders a page. If its storage has an error, that is shown above the page or instead of it. */
export function StorageGate({ children }: { readonly children: ReactNode }) {
  const storageError = usePageStorageError();
  const background = useBackgroundStorageError();
  useEffect(() => {
    // Wakes the background, which updates the badge and keeps retrying after this page is closed.
    if (storageError !== null) send('storage.try-again', {}).catch(console.error);
  }, [storageError]);
  if (storageError !== null) return <StorageFallback {...shown(storageError)} />;
  return (
    <>
      {background !== null && (
        <div className="storage-notice">
          <Notice
            sentence={storageMessage(background)}
            remedy={{
              text: i18n.t('remedy.try_again'),
              act: () => {
                send('storage.try-again', {}).catch(console.error);
              },
            }}
          />
        </div>
      )}
      <Catcher>
        <UnreadableSettings />
        {children}
      </Catcher>
    </>
  );
}
