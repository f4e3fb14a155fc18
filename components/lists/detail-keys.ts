/** Keyboard navigation in an account's details. Pure. */
import type { KeyPress } from './row-keys.ts';

/** The step for an arrow key: to the next (1) or previous (-1) account; `null` for other keys. */
export function detailStep(press: KeyPress, isRightToLeft: boolean): 1 | -1 | null {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press;
  if (shiftKey || ctrlKey || metaKey || altKey) return null;
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'ArrowRight':
      return isRightToLeft ? -1 : 1;
    case 'ArrowLeft':
      return isRightToLeft ? 1 : -1;
    default:
      return null;
  }
}
