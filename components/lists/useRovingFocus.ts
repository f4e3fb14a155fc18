import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

interface Roving {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void;
}

/**
 * One row of a long list takes the focus, marked by `data-row` with its index. It may be scrolled out of what is
 * drawn: then the list itself keeps the focus, and gives it back.
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
      // React does not report what its own drawing does to the focus: this was the user.
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) inside.current = false;
    },
  };
}
