/** The rules for the host itself, for a constructed sheet inside the closed root. */
import type { Mode } from './placement.ts';

/** Beside something, the host takes no room of its own along the line, so nothing moves or wraps for it. */
const BESIDE =
  'display: inline-flex; position: relative; flex: none; width: 0; height: 36px; vertical-align: top; z-index: 1;';

const MODES: Readonly<Record<Mode, readonly [host: string, group: string]>> = {
  before: [BESIDE, 'inset-inline-end: 8px'],
  after: [`${BESIDE} align-self: center;`, 'inset-inline-start: 8px'],
  'above-end': [
    'display: block; position: relative; width: 100%; height: 0; z-index: 1;',
    'inset-inline-end: 0',
  ],
  floating: [
    'display: block; position: fixed; inset-inline-end: 16px; bottom: 84px; height: 36px; z-index: 2147483646;',
    'position: relative; box-shadow: 0 2px 12px #0004',
  ],
};

/**
 * Within a shadow tree an important rule for the host beats every rule and inline style of the page, so the page
 * cannot dress it up. `all` sets opacity, filter, transform, animation and the rest; the guard still looks, because
 * what the host stands in is the page's.
 * @param gap between the elements of the row, CSS pixels: the host takes none of it
 */
export function hostRules(mode: Mode, gap: number): string {
  const [host, group] = MODES[mode];
  const margin =
    mode === 'before'
      ? `margin-inline-end: -${gap}px;`
      : mode === 'after'
        ? `margin-inline-start: -${gap}px;`
        : '';
  return `:host { all: initial !important; ${(host + margin).replaceAll(';', ' !important;')} } .group { ${group} }`;
}
