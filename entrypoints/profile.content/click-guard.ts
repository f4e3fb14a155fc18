/** Protects the button against clickjacking: a click can spend money, so it must be the user's own and on purpose. */
import { pageDocument } from './page-document.ts';
import { closedRootOf, treesOf } from './shadow-roots.ts';

/** How long the button must not have moved, milliseconds. */
export const STILL_FOR = 500;

/** What is known about a click: collected by {@link collectClickFacts}, evaluated by {@link refusalOf}. */
export interface ClickFacts {
  readonly trusted: boolean;
  /** The number of quick successive clicks, including this one; 0 for a click by keyboard. */
  readonly clicks: number;
  /** Milliseconds for which the button has been in place and uncovered. */
  readonly stillFor: number;
  /** The styles of the host and of everything that contains it. */
  readonly styles: readonly Pick<
    CSSStyleDeclaration,
    'opacity' | 'visibility' | 'filter' | 'clipPath' | 'maskImage' | 'mixBlendMode'
  >[];
  /** The ratio of the drawn to the laid-out size; 1 is normal. */
  readonly scale: number;
  /** Whether something else is, or may be, drawn above it. */
  readonly covered: boolean;
}

export type Refusal = 'untrusted' | 'moved' | 'hidden' | 'covered';

/** Below this total opacity, the button counts as transparent. */
const MIN_OPACITY = 0.8;

/** Filters that hide: opacity, blur, extreme brightness or contrast, and the page's own. Dark modes invert and rotate hues. */
const HIDING = /url|opacity|blur|(?:brightness|contrast)\((?:0?\.[0-4]|0[^.]|[2-9]|\d\d)/;

/** Whether an element with this computed `filter` is still readable. */
export function isReadableThrough(filter: string): boolean {
  return !HIDING.test(filter);
}

/** Why a click is refused; `null` if it is accepted. */
export function refusalOf(facts: ClickFacts): Refusal | null {
  if (!facts.trusted) return 'untrusted';
  let opacity = 1;
  for (const style of facts.styles) {
    opacity *= Number(style.opacity);
    const plain =
      style.visibility === 'visible' &&
      isReadableThrough(style.filter) &&
      style.clipPath === 'none' &&
      style.maskImage === 'none' &&
      style.mixBlendMode === 'normal';
    if (!plain) return 'hidden';
  }
  if (!(opacity >= MIN_OPACITY) || facts.scale < 0.8 || facts.scale > 1.25) return 'hidden';
  if (facts.covered) return 'covered';
  // The second of two quick clicks was meant for whatever the first one was meant for.
  return facts.stillFor < STILL_FOR || facts.clicks > 1 ? 'moved' : null;
}

/**
 * Collects what {@link refusalOf} needs, at the time of the click.
 * @param control the element inside the closed root that was clicked
 */
export function collectClickFacts(
  event: MouseEvent,
  host: HTMLElement,
  control: HTMLElement,
  stillFor: number,
): ClickFacts {
  const box = control.getBoundingClientRect();
  return {
    trusted: event.isTrusted,
    clicks: event.detail,
    stillFor,
    styles: stylesAround(host),
    scale: scaleOf(control, box),
    covered: isCovered(event, host, box),
  };
}

/** The ratio of the drawn to the laid-out size, of the side with the larger difference; 0 if it is not drawn. */
function scaleOf({ offsetWidth, offsetHeight }: HTMLElement, { width, height }: DOMRect): number {
  const [wide, high] = [width / offsetWidth, height / offsetHeight];
  return Math.abs(wide - 1) > Math.abs(high - 1) ? wide : high || 0;
}

/** The styles of an element and of everything that contains it, including the slots of open shadow trees. */
function stylesAround(element: Element | null): CSSStyleDeclaration[] {
  if (element === null) return [];
  return [getComputedStyle(element), ...stylesAround(element.assignedSlot ?? outside(element))];
}

function outside(element: Element): Element | null {
  const parent = element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : element.parentElement;
}

/** The distance of the checked points from the control's edges, CSS pixels. */
const INSET = 6;

function isCovered(event: MouseEvent, host: HTMLElement, box: DOMRect): boolean {
  const middle = box.top + box.height / 2;
  const points = [
    [box.left + box.width / 2, middle],
    [box.left + INSET, middle],
    [box.right - INSET, middle],
  ] as [number, number][];
  // A click by keyboard has no position.
  if (event.detail > 0) points.push([event.clientX, event.clientY]);
  if (points.some(([x, y]) => pageDocument.elementFromPoint(x, y) !== host)) return true;
  return hasBackdrop() || withAllHit(() => points.some(([x, y]) => hasDrawingAbove(x, y, host)));
}

const ALL_HIT = '*, ::before, ::after { pointer-events: auto !important }';

/**
 * Includes every element in hit tests while `test` runs, also in shadow trees: an element with `pointer-events: none` can
 * still be drawn over the button. Nothing is painted in the meantime, and no script of the page runs.
 */
function withAllHit<T>(test: () => T): T {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ALL_HIT);
  const trees = treesOf(pageDocument).map((tree) => ({ tree, before: [...tree.adoptedStyleSheets] }));
  for (const { tree, before } of trees) tree.adoptedStyleSheets = [...before, sheet];
  try {
    return test();
  } finally {
    for (const { tree, before } of trees) tree.adoptedStyleSheets = before;
  }
}

function hasDrawingAbove(x: number, y: number, host: HTMLElement): boolean {
  for (const element of pageDocument.elementsFromPoint(x, y)) {
    if (element === host) return false;
    if (draws(element)) return true;
  }
  return true;
}

/** Elements in the top layer: their backdrops cover the page, and hit tests do not include backdrops. */
const IN_TOP_LAYER = ':modal, :popover-open, :fullscreen';

function hasBackdrop(): boolean {
  return [...document.querySelectorAll(IN_TOP_LAYER)].some((element) => paints(element, '::backdrop'));
}

const DRAWN = 'img, video, canvas, iframe, svg *, object, embed, input, textarea, select';

/** Whether an element may draw something itself. When in doubt, it does. */
function draws(element: Element): boolean {
  // An element without a box can still have a shadow tree that draws.
  if (closedRootOf(element) !== null) return true;
  if (!element.checkVisibility({ opacityProperty: true })) return false;
  return (
    element.matches(DRAWN) ||
    paints(element) ||
    ['::before', '::after'].some(
      (pseudo) => !['none', 'normal'].includes(getComputedStyle(element, pseudo).content),
    ) ||
    [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '')
  );
}

/** Whether a box paints anything itself: a background, edges, or a filter of what is behind it. */
function paints(element: Element, pseudo?: string): boolean {
  const style = getComputedStyle(element, pseudo);
  return (
    !isClear(style.backgroundColor) ||
    [style.backgroundImage, style.boxShadow, style.outlineStyle, style.borderImageSource].some(
      (value) => value !== 'none',
    ) ||
    !['none', ''].includes(style.backdropFilter || '') ||
    !/^0px( 0px)*$/.test(style.borderWidth)
  );
}

function isClear(color: string): boolean {
  return color === 'transparent' || /^rgba\(.*, 0\)$/.test(color);
}
