/** What the button stands on: the page's own background, whatever setting it comes from. */

export interface Ground {
  readonly color: string;
  readonly dark: boolean;
}

type Channels = readonly [red: number, green: number, blue: number];

/** Below this share of the brightest, a ground is dark. */
const DARK = 0.4;

/** Channels 0 to 255 of a computed `rgb()` or `rgba()`; `null` for other notations and for what lets through. */
export function channels(color: string): Channels | null {
  const match = /^rgba?\((\d+(?:\.\d+)?),? (\d+(?:\.\d+)?),? (\d+(?:\.\d+)?)(?:(?:,| \/) ([\d.]+))?\)$/.exec(
    color,
  );
  if (match === null || Number(match[4] ?? 1) < 0.9) return null;
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** Whether light text is wanted on it. */
export function isDark([red, green, blue]: Channels): boolean {
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 < DARK;
}

/** The ground under `element`, from the nearest ancestor that paints one. */
export function groundUnder(element: Element): Ground {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const color = getComputedStyle(at).backgroundColor;
    const found = channels(color);
    if (found !== null) return { color, dark: isDark(found) };
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme;
  const dark =
    scheme.includes('dark') &&
    (!scheme.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches);
  return { color: dark ? '#141818' : '#ffffff', dark };
}
