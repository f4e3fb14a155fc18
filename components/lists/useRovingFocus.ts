import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

interface Roving {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * Roving focus: one row of a long list takes the focus, identified by its index in `data-row`. If that row is scrolled
 * out of the drawn range, the list itself takes the focus, and returns it when the row is drawn again.
 */
export function useRovingFocus(scroller: RefObject<HTMLElement | null>, active: number): Roving {
  const inside = useRef(false);
  useLayoutEffect(() => {
    const list = scroller.current;
    if (list === null || !inside.current) return;
    const row = list.querySelector<HTMLElement>(`[data-row="${String(active)}"]`);
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    const isOurs = activeElement === list || activeElement?.matches('[data-row]') === true;
    const target = row ?? list;
    if ((isLost || isOurs) && activeElement !== target) target.focus({ preventScroll: true });
  });
  return {
    onFocus: ({ target, currentTarget }) => {
      inside.current = target === currentTarget || target.matches('[data-row]');
      if (target !== currentTarget) return;
      currentTarget
        .querySelector<HTMLElement>(`[data-row="${String(active)}"]`)
        ?.focus({ preventScroll: true });
    },
    onBlur: ({ relatedTarget, currentTarget }) => {
      // React doesn't report focus changes caused by its own rendering, so this one came from the user.
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) inside.current = false;
    },
  };
}
