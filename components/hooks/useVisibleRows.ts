import { useState } from 'react';
import type { View } from '../../lib/lists/reader.ts';
import type { ListedAccount } from '../../lib/lists/rows.ts';
import { useAccounts } from './useAccounts.ts';
import type { OpenedReader } from './useReader.ts';

/** A row of what is shown. */
export interface VisibleRow {
  /** Its place in what is shown, from 0. */
  readonly index: number;
  /** Its place in the list, from 0. */
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
 * The rows of a view that are drawn, with their accounts as they are read. When another question's answer takes the
 * place of rows that are read, they stay until its own are read: a blank in between would flicker.
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
