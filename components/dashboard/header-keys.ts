/** Keyboard use of the table's header. Pure. */
import type { KeyPress } from '../lists/row-keys.ts';

export type HeaderAction =
  | { readonly kind: 'focus'; readonly by: 1 | -1 }
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'rows' }
  | { readonly kind: 'menu' }
  /** Moves the column by one place, in the direction of reading (1) or against it (-1). */
  | { readonly kind: 'move'; readonly by: 1 | -1 }
  /** Makes the column wider (1) or narrower (-1). */
  | { readonly kind: 'resize'; readonly by: 1 | -1 };

/** @returns `null` for a key that doesn't apply to the header */
export function headerAction(press: KeyPress, isRightToLeft: boolean): HeaderAction | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press;
  if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) return { kind: 'menu' };
  if (key === 'ArrowDown') return altKey ? { kind: 'menu' } : { kind: 'rows' };
  if (altKey) return null;
  const command = ctrlKey || metaKey;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    const by = (key === 'ArrowRight') === isRightToLeft ? -1 : 1;
    if (command && shiftKey) return { kind: 'move', by };
    if (command) return null;
    return { kind: shiftKey ? 'resize' : 'focus', by };
  }
  if (command || shiftKey) return null;
  if (key === 'Home') return { kind: 'first' };
  return key === 'End' ? { kind: 'last' } : null;
}
