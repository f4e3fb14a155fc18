import { useState } from 'react';
import type { View } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { useAccounts } from './useAccounts.ts';
import type { OpenedReader } from './useReader.ts';

/** A row of the view. */
export interface VisibleRow {
  /** Its index in the view, from 0. */
  readonly index: number;
  /** Its position in the list, from 0. */
  readonly position: number;
  /** `null` while it is being read. */
  readonly account: ListedAccount | null;
}

interface Complete {
  readonly view: View;
  readonly first: number;
  readonly rows: readonly VisibleRow[];
}

/**
 * The drawn rows of a view, with their accounts as they are read. When a new query replaces the view, the old rows are
 * shown until the new ones are read, to avoid flickering.
 */
export function useVisibleRows(
  { reader, version }: Pick<OpenedReader, 'reader' | 'version'>,
  view: View,
  first: number,
  length: number,
): readonly VisibleRow[] {
  const positions = view.slice(first, first + length);
  const accountAt = useAccounts(reader, positions, version);
  const rows = Array.from(positions, (position, at): VisibleRow => ({
    index: first + at,
    position,
    account: accountAt(position) ?? null,
  }));
  const [complete, setComplete] = useState<Complete | null>(null);
  const isComplete = rows.every(({ account }) => account !== null);
  if (
    isComplete &&
    (complete?.view !== view || complete.first !== first || complete.rows.length !== rows.length)
  )
    setComplete({ view, first, rows });
  const isOther = complete !== null && complete.view !== view && complete.first === first;
  if (!isComplete && isOther) return complete.rows.filter(({ index }) => index < view.count);
  return rows;
}
