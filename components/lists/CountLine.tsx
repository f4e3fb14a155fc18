import { i18n } from '#i18n';
import type { View } from '../../lib/lists/reader.ts';
import { count } from '../../lib/words/numbers.ts';
import { Button } from '../shared/Button.tsx';

interface CountLineProps {
  /** The number of accounts in the list; `null` until it is opened. */
  readonly of: number | null;
  readonly view: View | null;
  readonly isFiltering: boolean;
  readonly searching: boolean;
  /** Why the accounts cannot be counted. */
  readonly error: string | null;
}

function shownText({ of, view, isFiltering, searching }: CountLineProps): string {
  if (of === null || view === null) return '';
  const shown = isFiltering
    ? i18n.t('amount.of', { rows: count(view.count), expected: count(of) })
    : i18n.t('amount.accounts', of, { n: count(of) });
  return searching ? `${shown} · ${i18n.t('list.searching')}` : shown;
}

/** How many accounts are shown, of how many. The line is always there, so that nothing below it moves. */
export function CountLine(props: CountLineProps) {
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
export function NewRows({ waiting, onTakeIn }: NewRowsProps) {
  if (waiting === 0) return null;
  return (
    <Button size="small" extraClass="new-rows" onClick={onTakeIn}>
      {i18n.t('list.new', { n: count(waiting) })} <span aria-hidden="true">↑</span>
    </Button>
  );
}
