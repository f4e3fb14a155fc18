import { i18n } from '#i18n';
import { isFiltering, type ListQuery } from '../../lib/lists/query.ts';
import { Button } from '../shared/Button.tsx';

interface EmptyListProps {
  readonly query: ListQuery;
  /** Whether the list itself has no accounts. */
  readonly isEmpty: boolean;
  readonly onClear: () => void;
}

/** Shown when there are no accounts: the reason, and an action that helps. */
export function EmptyList({ query, isEmpty, onClear }: EmptyListProps) {
  if (!isFiltering(query)) return isEmpty ? <p className="empty muted">{i18n.t('list.nothing')}</p> : null;
  const text = query.text.trim();
  const filtered = isFiltering({ ...query, text: '' });
  const sentence =
    text === ''
      ? i18n.t('list.no_match_filters')
      : i18n.t(filtered ? 'list.no_match_both' : 'list.no_match', { query: text });
  return (
    <div className="empty">
      <p>{sentence}</p>
      {text.includes(' ') && <p className="muted">{i18n.t('list.search_tip')}</p>}
      <Button onClick={onClear}>{i18n.t('list.clear')}</Button>
    </div>
  );
}
