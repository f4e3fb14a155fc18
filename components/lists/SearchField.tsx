import { useEffect, type RefObject } from 'react';
import { i18n } from '#i18n';
import { Icon } from '../shared/Icon.tsx';

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Called for Enter and the down arrow: moves to the results. */
  readonly onDone: () => void;
}

/** Whether keys pressed in this element enter text. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** Searches while the user types. `/` moves the focus here from anywhere on the page. */
export function SearchField({ field, text, onText, onDone }: SearchFieldProps) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target))
        return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [field]);
  return (
    <div className="search grow">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        className="input"
        aria-label={i18n.t('list.search')}
        aria-keyshortcuts="/"
        placeholder={i18n.t('list.search_hint')}
        title={i18n.t('list.search_where')}
        value={text}
        onChange={({ target }) => {
          onText(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            onText('');
          } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onDone();
          }
        }}
      />
    </div>
  );
}
