/** The height of the popup: see `popup.css`. */
const FULL = 600;
/** A popup that is still being opened is lower than this. */
const LEAST = 150;

/**
 * Browsers limit popups to 600 physical pixels, so in a zoomed one its content would be higher than its window and scroll
 * as a whole. It is made as high as the window. Firefox sizes popups by their content at other times, and scrolls.
 */
export function fitWindow(): void {
  if (import.meta.env.FIREFOX) return;
  const fit = (): void => {
    const isLimited = innerHeight >= LEAST && innerHeight < FULL;
    document.documentElement.style.setProperty('--popup', `${String(isLimited ? innerHeight : FULL)}px`);
  };
  addEventListener('resize', fit);
  fit();
}
