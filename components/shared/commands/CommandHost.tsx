import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { i18n } from '#i18n';
import { currentEntries, useCommands, type Entry } from './registry.ts';

// Loaded when they are first opened.
const Palette = lazy(() => import('./Palette.tsx'));
const KeysDialog = lazy(() => import('./KeysDialog.tsx'));

type Shown = 'palette' | 'keys' | null;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))
  );
}

/** What a key press opens or runs; `null` if it is not for this page's commands. */
function commandOf(event: KeyboardEvent): 'palette' | 'keys' | (() => void) | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if ((ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k') return 'palette';
  if (ctrlKey || metaKey || altKey || isTyping(event.target)) return null;
  if (key === '?') return 'keys';
  const found = currentEntries().find((entry) => entry.kind === 'command' && entry.key === key);
  return found?.kind === 'command' ? found.run : null;
}

/** The command palette (Ctrl or Cmd + K) and the dialog with all keys (?), for pages that have commands. */
export function CommandHost() {
  const [shown, setShown] = useState<Shown>(null);
  const close = useCallback(() => {
    setShown(null);
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const command = commandOf(event);
      if (command === null) return;
      event.preventDefault();
      if (typeof command === 'function') command();
      else setShown(command);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
  useCommands(
    useMemo(
      (): readonly Entry[] => [
        { kind: 'key', id: 'palette', title: i18n.t('command.palette'), keys: ['Ctrl K', '⌘ K'] },
        {
          kind: 'command',
          id: 'keys',
          group: 'actions',
          title: i18n.t('command.keys'),
          run: () => {
            setShown('keys');
          },
        },
        { kind: 'key', id: 'keys-key', title: i18n.t('command.keys'), keys: ['?'] },
        { kind: 'key', id: 'close', title: i18n.t('command.close'), keys: ['Esc'] },
      ],
      [],
    ),
  );
  return (
    <Suspense fallback={null}>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'keys' && <KeysDialog onClose={close} />}
    </Suspense>
  );
}
