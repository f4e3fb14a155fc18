/** What a key does in an account's details. Pure. */
import type { KeyPress } from './row-keys.ts';

/** Where the arrows lead: to the account after this one (1), before it (-1); `null` for a key that is not for this. */
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
