/** The page's background behind the button. */

export interface PageBackground {
  readonly color: string;
  readonly dark: boolean;
}

/** Below this share of the maximum brightness, a background is dark. */
const DARK = 0.4;

/** The background of a computed color; `null` for notations other than `rgb()` and for translucent colors. */
export function backgroundOf(color: string): PageBackground | null {
  const [red = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (!color.startsWith('rgb') || alpha < 0.9) return null;
  return { color, dark: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK };
}

/** The background under `element`, from the nearest ancestor that paints one. The default is white. */
export function backgroundUnder(element: Element | null): PageBackground {
  if (element === null) return { color: '#fff', dark: false };
  return backgroundOf(getComputedStyle(element).backgroundColor) ?? backgroundUnder(element.parentElement);
}
