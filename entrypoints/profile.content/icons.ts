/** 16 px icons, created by script: nothing is loaded, and no markup is parsed. */
import { pageDocument } from './page-document.ts';

const NAMESPACE = 'http://www.w3.org/2000/svg';

const CIRCLE = 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12';

const PATHS = {
  /** Three lines of a list, one ticked. */
  idle: 'M6.5 3.5h8M6.5 8h8M6.5 12.5h8M1.5 8l1.4 1.4 2-2.6',
  waiting: `${CIRCLE}M8 5v3l2 1.5`,
  error: `${CIRCLE}M8 5v3.5M8 11v.1`,
  done: 'M2.5 8.5l3.5 3.5 7.5-8',
} as const;

export type IconName = keyof typeof PATHS;

export interface Icon {
  readonly element: Element;
  show(name: IconName): void;
}

export function createIcon(name: IconName): Icon {
  const element = pageDocument.createElementNS(NAMESPACE, 'svg');
  element.setAttribute('viewBox', '0 0 16 16');
  element.setAttribute('aria-hidden', 'true');
  const path = pageDocument.createElementNS(NAMESPACE, 'path');
  element.append(path);
  const show = (next: IconName): void => path.setAttribute('d', PATHS[next]);
  show(name);
  return { element, show };
}
