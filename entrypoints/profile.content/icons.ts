/** 16 px drawings, made by hand: inside the root there is no markup to inject and nothing to load. */

const NAMESPACE = 'http://www.w3.org/2000/svg';

const PATHS = {
  /** Three lines of a list, one ticked. */
  mark: 'M6.5 3.5h8M6.5 8h8M6.5 12.5h8M1.5 7.9l1.4 1.4 2-2.6',
  clock: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.75V8l2.25 1.5',
  alert: 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5M8 4.75v3.75M8 11v.1',
  tick: 'M2.5 8.5l3.5 3.5 7.5-8',
  dots: 'M3 6.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4M8 6.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4M13 6.8a1.2 1.2 0 1 0 0 2.4a1.2 1.2 0 1 0 0-2.4',
} as const;

export type IconName = keyof typeof PATHS;

export interface Icon {
  readonly element: SVGSVGElement;
  show(name: IconName): void;
}

export function makeIcon(name: IconName): Icon {
  const element = document.createElementNS(NAMESPACE, 'svg');
  element.setAttribute('viewBox', '0 0 16 16');
  element.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(NAMESPACE, 'path');
  element.append(path);
  const show = (next: IconName): void => path.setAttribute('d', PATHS[next]);
  show(name);
  return { element, show };
}
