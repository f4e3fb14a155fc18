/** What the button stands on: the page's own background, whatever setting it comes from. */

export interface Ground {
  readonly color: string;
  readonly dark: boolean;
}

/** Below this share of the brightest, a ground is dark. */
const DARK = 0.4;

/** A ground of that computed colour; `null` for notations other than `rgb()` and for what lets through. */
export function groundOf(color: string): Ground | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (!color.startsWith('rgb') || alpha < 0.9) return null;
  return { color, dark: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK };
}

/** The ground under `element`, from the nearest ancestor that paints one; a page that paints none is white. */
export function groundUnder(element: Element | null): Ground {
  if (element === null) return { color: '#fff', dark: false };
  return groundOf(getComputedStyle(element).backgroundColor) ?? groundUnder(element.parentElement);
}
