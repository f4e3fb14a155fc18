/** The rules for the host itself, for a constructed sheet inside the closed root. */
import type { Mode } from './placement.ts';

/**
 * Within a shadow tree an important rule for the host beats every rule and inline style of the page, so the page
 * cannot dress it up; the guard still looks, because what the host stands in is the page's.
 */
const HOST = `
  all: initial !important;
  opacity: 1 !important;
  visibility: visible !important;
  pointer-events: auto !important;
  filter: none !important;
  clip-path: none !important;
  transform: none !important;
  transition: none !important;
  animation: none !important;
  mix-blend-mode: normal !important;
  direction: inherit !important;
`;

/** Beside something, the host takes no room of its own along the line, so nothing moves or wraps for it. */
const MODES: Readonly<Record<Mode, { readonly host: string; readonly group: string }>> = {
  before: {
    host: 'display: inline-flex; position: relative; flex: none; inline-size: 0; block-size: 36px; vertical-align: top; z-index: 1;',
    group: 'inset-inline-end: 8px; inset-block-start: 0;',
  },
  after: {
    host: 'display: inline-flex; position: relative; flex: none; inline-size: 0; block-size: 36px; vertical-align: top; align-self: center; z-index: 1;',
    group: 'inset-inline-start: 8px; inset-block-start: 0;',
  },
  'above-end': {
    host: 'display: block; position: relative; flex: none; align-self: stretch; inline-size: 100%; block-size: 0; z-index: 1;',
    group: 'inset-inline-end: 0; inset-block-start: 0;',
  },
  floating: {
    host: 'display: block; position: fixed; inset-inline-end: 16px; inset-block-end: 84px; inline-size: auto; block-size: 36px; z-index: 2147483646;',
    group: 'position: relative; box-shadow: 0 2px 12px rgb(0 0 0 / 0.24);',
  },
};

export function hostRules(mode: Mode): string {
  const { host, group } = MODES[mode];
  return `:host { ${HOST} ${host.replaceAll(';', ' !important;')} } .group { ${group} }`;
}
