import { useMemo, useState, type KeyboardEvent } from 'react';
import { i18n } from '#i18n';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { count } from '../../lib/words/numbers.ts';
import { Icon } from '../shared/Icon.tsx';
import { matchingLists, profilesOf } from './list-groups.ts';

export interface ListSearch {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** `null` without a search. */
  readonly found: readonly Snapshot[] | null;
}

/** A search over lists: in the names and handles of their profiles, their own names, and their notes. */
export function useListSearch(lists: readonly Snapshot[] | undefined): ListSearch {
  const [text, onText] = useState('');
  const found = useMemo(
    () => (lists === undefined || text.trim() === '' ? null : matchingLists(lists, profilesOf(lists), text)),
    [lists, text],
  );
  return { text, onText, found };
}

interface FindListProps {
  readonly search: ListSearch;
  /** The element with the lines. */
  readonly lines: HTMLElement | null;
}

/** The field of the search. Enter opens the first list found; the down arrow leads to the lists. */
export function FindList({ search: { text, onText, found }, lines }: FindListProps) {
  const firstLine = (): HTMLElement | null => lines?.querySelector<HTMLElement>('[data-row]') ?? null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && text !== '') onText('');
    else if (event.key === 'ArrowDown') firstLine()?.focus();
    else if (event.key === 'Enter' && found !== null) firstLine()?.click();
    else return;
    event.preventDefault();
  };
  return (
    <div className="search grow">
      <Icon name="search" />
      <input
        type="search"
        className="input"
        aria-label={i18n.t('popup.find')}
        placeholder={i18n.t('popup.find')}
        title={i18n.t('popup.find_where')}
        value={text}
        onChange={({ target }) => {
          onText(target.value);
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** How many lists were found. The element is always there, so that screen readers announce it. */
export function FoundLists({ search: { text, found } }: { readonly search: ListSearch }) {
  const none = found?.length === 0;
  return (
    <p className={none ? 'muted' : 'visually-hidden'} aria-live="polite">
      {found !== null &&
        (none
          ? i18n.t('popup.found_none', { query: text.trim() })
          : i18n.t('popup.found', found.length, { n: count(found.length) }))}
    </p>
  );
}
