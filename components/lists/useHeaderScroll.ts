import { useCallback, useRef } from 'react';

/** Set while the header is scrolled out of view: only then do the accounts scroll by themselves. See `popup.css`. */
const AWAY = 'header-away';
/** The height of a line of text, in pixels. */
const LINE = 20;

/**
 * In a small window, the header of a list scrolls away before its accounts scroll; what is below it then fills the window.
 * @returns a ref for the element that contains both and scrolls
 */
export function useHeaderScroll(): (element: HTMLElement | null) => void {
  const stop = useRef<() => void>(undefined);
  return useCallback((outer: HTMLElement | null) => {
    stop.current?.();
    stop.current = outer === null ? undefined : watchScroll(outer);
  }, []);
}

/** The distance of a turn of the wheel, in pixels. Firefox states lines or pages. */
function wheelDistance({ deltaY, deltaMode }: WheelEvent, page: number): number {
  switch (deltaMode) {
    case WheelEvent.DOM_DELTA_LINE:
      return deltaY * LINE;
    case WheelEvent.DOM_DELTA_PAGE:
      return deltaY * page;
    default:
      return deltaY;
  }
}

/** How far the header can still scroll away. */
function restOf(outer: HTMLElement): number {
  return outer.scrollHeight - outer.clientHeight - outer.scrollTop;
}

/**
 * Without this, one turn of the wheel would scroll either the header or the accounts, and stop between them.
 * @returns whether it scrolled both, or the one that the browser wouldn't
 */
function scrollBoth(outer: HTMLElement, accounts: HTMLElement, by: number): boolean {
  const rest = restOf(outer);
  if (by > 0 && rest >= 1) {
    outer.scrollTop += Math.min(by, rest);
    accounts.scrollTop += Math.max(0, by - rest);
    return true;
  }
  const over = accounts.scrollTop + by;
  if (by > 0 || over >= 0 || outer.scrollTop === 0) return false;
  accounts.scrollTop = 0;
  outer.scrollTop += over;
  return true;
}

function watchScroll(outer: HTMLElement): () => void {
  const update = (): void => {
    outer.classList.toggle(AWAY, restOf(outer) < 1);
  };
  const onScroll = ({ target }: Event): void => {
    // The accounts were scrolled by a key, or to where they were when the list was last open.
    if (target instanceof HTMLElement && target.matches('.accounts') && target.scrollTop > 0)
      outer.scrollTop = outer.scrollHeight;
    update();
  };
  const onWheel = (event: WheelEvent): void => {
    const accounts = outer.querySelector<HTMLElement>('.accounts');
    const isInOther = event.target instanceof Element && event.target.closest('dl, .filters') !== null;
    if (accounts === null || isInOther || event.ctrlKey || event.shiftKey) return;
    if (scrollBoth(outer, accounts, wheelDistance(event, outer.clientHeight))) event.preventDefault();
  };
  const onFocus = ({ target }: Event): void => {
    if (target instanceof HTMLElement && target.matches('.account-row'))
      target.scrollIntoView({ block: 'nearest' });
  };
  const observer = new ResizeObserver(update);
  observer.observe(outer);
  for (const part of outer.children) observer.observe(part);
  outer.addEventListener('scroll', onScroll, true);
  outer.addEventListener('wheel', onWheel, { passive: false });
  outer.addEventListener('focusin', onFocus);
  update();
  return () => {
    observer.disconnect();
    outer.removeEventListener('scroll', onScroll, true);
    outer.removeEventListener('wheel', onWheel);
    outer.removeEventListener('focusin', onFocus);
  };
}
