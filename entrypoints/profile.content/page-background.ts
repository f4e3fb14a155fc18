/** What the button stands on: the page's own background, whatever setting it comes from. */

export interface PageBackground {
  readonly color: string;
  readonly dark: boolean;
}

/** Below this share of the brightest, a ground is dark. */
const DARK = 0.4;

/** A ground of that computed colour; `null` for notations other than `rgb()` and for what lets through. */
export function backgroundOf(color: string): PageBackground | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (!color.startsWith('rgb') || alpha < 0.9) return null;
  return { color, dark: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK };
}

/** The ground under `element`, from the nearest ancestor that paints one; a page that paints none is white. */
export function backgroundUnder(element: Element | null): PageBackground {
  if (element === null) return { color: '#fff', dark: false };
  return backgroundOf(getComputedStyle(element).backgroundColor) ?? backgroundUnder(element.parentElement);
}
