import type { MenuStore } from '@ariakit/react/menu';
import { useEffect, type RefObject } from 'react';

/**
 * Attaches a menu to a button that was on the page before the menu was loaded. The menu opens beside it, takes the
 * focus, and returns it.
 */
export function useMenuAnchor(store: MenuStore, anchor: RefObject<HTMLElement | null>, open: boolean): void {
  useEffect(() => {
    if (!open) return;
    store.setAnchorElement(anchor.current);
    store.setDisclosureElement(anchor.current);
    // Not the first item: it may be disabled and enabled while the menu is open, and would then take the focus again.
    store.setInitialFocus('container');
    store.setAutoFocusOnShow(true);
  }, [store, anchor, open]);
}
