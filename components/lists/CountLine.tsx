import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { isFiltering, type Sort } from '../../lib/lists/query.ts';
import type { View } from '../../lib/lists/reader.ts';
import { fieldLabel } from '../../lib/words/account.ts';
import { count } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';
import type { ListState } from './useListState.ts';

interface CountBarProps {
  readonly state: Pick<ListState, 'opened' | 'view' | 'query' | 'searching' | 'error'>;
  /** Shown at the end of the line. */
  readonly more?: ReactNode;
}

/** How many accounts are shown, and how many are new. */
export function CountBar({ state, more }: CountBarProps) {
  const { opened, view, query, searching, error } = state;
  return (
    <div className="line count-line">
      <CountLine
        of={opened?.count ?? null}
        view={view}
        isFiltering={isFiltering(query)}
        sort={query.sort}
        searching={searching}
        error={error === null ? null : i18n.t('list.reading_failed', { why: error })}
      />
      {opened !== null && (view?.count ?? 0) > 0 && (
        <NewRows waiting={opened.waiting} onTakeIn={opened.takeIn} />
      )}
      {more}
    </div>
  );
}

interface CountLineProps {
  /** The number of accounts in the list; `null` until it is opened. */
  readonly of: number | null;
  readonly view: View | null;
  readonly isFiltering: boolean;
  readonly sort: Sort | null;
  readonly searching: boolean;
  /** Why the accounts cannot be counted. */
  readonly error: string | null;
}

function shownText({ of, view, isFiltering, sort, searching }: CountLineProps): string {
  if (of === null || view === null) return '';
  const shown = isFiltering
    ? i18n.t('amount.of', { rows: count(view.count), expected: count(of) })
    : i18n.t('amount.accounts', of, { n: count(of) });
  if (searching) return `${shown} · ${i18n.t('list.searching')}`;
  if (sort === null || view.unknown === 0) return shown;
  const { unknown } = view;
  return `${shown} · ${i18n.t('list.unknown_last', { column: fieldLabel(sort.column), n: count(unknown) })}`;
}

/** How many accounts are shown, of how many. The line is always there, so that nothing below it moves. */
function CountLine(props: CountLineProps) {
  return (
    <p className="meta counted grow" aria-live="polite">
      {props.error ?? shownText(props)}
    </p>
  );
}

interface NewRowsProps {
  readonly waiting: number;
  readonly onTakeIn: () => void;
}

/**
 * Shows how many new accounts were collected. They are added only on request, so that rows don't move while being read.
 */
function NewRows({ waiting, onTakeIn }: NewRowsProps) {
  if (waiting === 0) return null;
  return (
    <Button size="small" extraClass="new-rows" onClick={onTakeIn}>
      {i18n.t('list.new', { n: count(waiting) })} <span aria-hidden="true">↑</span>
    </Button>
  );
}
