import { useState } from 'react';
import { i18n } from '#i18n';
import { requestHostPermission } from '../../lib/permissions/hosts.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { readBaseUrl } from '../../lib/providers/http.ts';
import type { KeyInfo } from '../../lib/store/keys.ts';
import { removeKey, saveKey, testAndSave, testKey, type KeyAttempt } from './key-actions.ts';
import { badMessage, deniedMessage, messageAfter, type KeyMessage } from './key-message.ts';

/** The state of a provider's key form: its fields, actions, and message. */
export interface KeyForm {
  readonly typed: string;
  readonly onTyped: (text: string) => void;
  readonly baseUrl: string;
  readonly onBaseUrl: (text: string) => void;
  readonly message: KeyMessage;
  /** Tests the key; with `saving`, also saves it if it works. */
  readonly test: (saving: boolean) => void;
  readonly saveUntested: (attempt: KeyAttempt) => void;
  readonly remove: () => void;
  /** Requests the host permission for the saved key again. */
  readonly allow: (savedUrl: string) => void;
}

/** @returns what to test, or why there is nothing to test; `null` if the base URL is invalid */
function attemptOf(adapter: Adapter, info: KeyInfo | null, typed: string, url: string) {
  const key = adapter.key.clean(typed);
  const baseUrl = readBaseUrl(url);
  if (baseUrl === null) return null;
  if (key === '' && info === null) return badMessage(i18n.t('options.empty'));
  // A saved key belongs to one address. For another address, the user has to enter it again.
  if (key === '' && info !== null && baseUrl !== info.baseUrl) {
    return badMessage(i18n.t('options.type_again'));
  }
  return { kind: 'attempt', attempt: { adapter, typed: key, baseUrl } } as const;
}

export function useKeyForm(adapter: Adapter, info: KeyInfo | null): KeyForm {
  const [typed, setTyped] = useState('');
  const [url, setUrl] = useState<string | null>(null);
  const [message, setMessage] = useState<KeyMessage>({ kind: 'nothing' });
  const baseUrl = url ?? info?.baseUrl ?? adapter.origin;

  function clear(): void {
    setTyped('');
    setUrl(null);
  }

  function run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      setMessage(badMessage(i18n.t('options.failed', { why })));
    });
  }

  async function reportTest(attempt: KeyAttempt, allowed: Promise<boolean>, saving: boolean): Promise<void> {
    const tested = await (saving ? testAndSave(attempt, allowed) : testKey(attempt, allowed));
    if (tested.kind === 'works' && tested.saved) clear();
    setMessage(messageAfter({ attempt, saving, info }, tested));
  }

  async function report(work: Promise<void>, text: string): Promise<void> {
    await work;
    clear();
    setMessage({ kind: 'good', text });
  }

  async function reportPermission(savedUrl: string, allowed: Promise<boolean>): Promise<void> {
    setMessage((await allowed) ? { kind: 'nothing' } : deniedMessage(savedUrl));
  }

  return {
    typed,
    onTyped: setTyped,
    baseUrl,
    onBaseUrl: setUrl,
    message,
    test: (saving) => {
      const found = attemptOf(adapter, info, typed, baseUrl);
      if (found === null) return;
      if (found.kind !== 'attempt') {
        setMessage(found);
        return;
      }
      // Requested before any `await`, because browsers require a user gesture.
      const allowed = requestHostPermission(found.attempt.baseUrl);
      setMessage({ kind: 'busy', text: i18n.t('options.testing', { provider: adapter.name }) });
      run(reportTest(found.attempt, allowed, saving));
    },
    saveUntested: (attempt) => {
      run(report(saveKey(attempt), i18n.t('options.kept_untested')));
    },
    remove: () => {
      run(report(removeKey(adapter), i18n.t('options.removed')));
    },
    allow: (savedUrl) => {
      run(reportPermission(savedUrl, requestHostPermission(savedUrl)));
    },
  };
}
