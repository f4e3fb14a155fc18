/** Keyboard navigation in a list of rows. Pure. */

export type RowAction =
  | { readonly kind: 'move'; readonly to: number; readonly extend: boolean }
  | { readonly kind: 'open' | 'toggle' | 'all' | 'copy' | 'leave' };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

export interface RowsAt {
  /** The index of the active row; -1 if there is none. */
  readonly active: number;
  readonly count: number;
  /** The number of rows in view. */
  readonly page: number;
}

function target(key: string, { active, count, page }: RowsAt): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active < 0 ? 0 : active - 1;
    case 'PageDown':
      return Math.max(0, active) + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/** The row that a key leads to; `null` if the key doesn't move. */
export function movedTo(key: string, rows: RowsAt): number | null {
  const to = rows.count === 0 ? null : target(key, rows);
  return to === null ? null : Math.min(Math.max(0, to), rows.count - 1);
}

/** @returns `null` for a key that doesn't apply to rows */
export function rowAction(press: KeyPress, rows: RowsAt): RowAction | null {
  const { key, shiftKey, altKey } = press;
  const command = press.ctrlKey || press.metaKey;
  if (altKey) return null;
  if (command && key.toLowerCase() === 'a') return { kind: 'all' };
  if (command && key.toLowerCase() === 'c') return { kind: 'copy' };
  if (key === 'Escape') return { kind: 'leave' };
  if (rows.count === 0) return null;
  const to = movedTo(key, rows);
  if (to !== null) return { kind: 'move', to, extend: shiftKey };
  if (command) return null;
  if (key === ' ') return { kind: 'toggle' };
  return key === 'Enter' ? { kind: 'open' } : null;
}
