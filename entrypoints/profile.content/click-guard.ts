/**
 * Whether a click on the button was the user's own: a page can dress its visitors' clicks up as clicks on something
 * else, and a click here can spend money.
 */
import { doc } from './page-document.ts';
import { closedRootOf, treesOf } from './shadow-roots.ts';

/** How long the button must have stood still, milliseconds. */
export const STILL_FOR = 500;

/** What is known of a click; collected by {@link collectClickFacts}, judged by {@link refusalOf}. */
export interface ClickFacts {
  readonly trusted: boolean;
  /** How many clicks came quickly one after the other, this one included; 0 for a click by key. */
  readonly clicks: number;
  /** Milliseconds that the button has stood where it is, uncovered. */
  readonly stillFor: number;
  /** The styles of the host and of everything it is drawn inside of. */
  readonly styles: readonly Pick<
    CSSStyleDeclaration,
    'opacity' | 'visibility' | 'filter' | 'clipPath' | 'maskImage' | 'mixBlendMode'
  >[];
  /** How much larger it is drawn than laid out; 1 is as it should be. */
  readonly scale: number;
  /** Whether something else is, or may be, drawn over it. */
  readonly covered: boolean;
}

export type Refusal = 'untrusted' | 'moved' | 'hidden' | 'covered';

/** Opacity of the whole, below which a button counts as transparent. */
const OPAQUE = 0.8;

/** What hides: see-through, blurred, without light, or drawn by the page itself. Dark modes invert and turn hues. */
const HIDING = /url|opacity|blur|(?:brightness|contrast)\((?:0?\.[0-4]|0[^.]|[2-9]|\d\d)/;

/** Whether a computed `filter` leaves what it is applied to readable. */
export function isReadableThrough(filter: string): boolean {
  return !HIDING.test(filter);
}

/** Why a click is refused, or `null` when it counts. */
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
  if (!(opacity >= OPAQUE) || facts.scale < 0.8 || facts.scale > 1.25) return 'hidden';
  if (facts.covered) return 'covered';
  // The second of two quick clicks was meant for what the first one was meant for.
  return facts.stillFor < STILL_FOR || facts.clicks > 1 ? 'moved' : null;
}

/**
 * Collects what {@link refusalOf} wants to know, at the moment of the click.
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

/** By how much it is drawn larger than laid out, by the side where the difference is larger; 0 when it is not drawn. */
function scaleOf({ offsetWidth, offsetHeight }: HTMLElement, { width, height }: DOMRect): number {
  const [wide, high] = [width / offsetWidth, height / offsetHeight];
  return Math.abs(wide - 1) > Math.abs(high - 1) ? wide : high || 0;
}

/** The styles of an element and of everything it is drawn inside of, the slots of open shadow trees included. */
function stylesAround(element: Element | null): CSSStyleDeclaration[] {
  if (element === null) return [];
  return [getComputedStyle(element), ...stylesAround(element.assignedSlot ?? outside(element))];
}

function outside(element: Element): Element | null {
  const parent = element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : element.parentElement;
}

/** How far inside the control's edges the points lie that must be seen, CSS pixels. */
const INSET = 6;

function isCovered(event: MouseEvent, host: HTMLElement, box: DOMRect): boolean {
  const middle = box.top + box.height / 2;
  const points = [
    [box.left + box.width / 2, middle],
    [box.left + INSET, middle],
    [box.right - INSET, middle],
  ] as [number, number][];
  // A click by key has no place of its own.
  if (event.detail > 0) points.push([event.clientX, event.clientY]);
  if (points.some(([x, y]) => doc.elementFromPoint(x, y) !== host)) return true;
  return hasBackdrop() || withAllHit(() => points.some(([x, y]) => hasDrawingAbove(x, y, host)));
}

const ALL_HIT = '*, ::before, ::after { pointer-events: auto !important }';

/**
 * Makes every element answer to a hit test while `look` runs, in shadow trees too: what lets clicks through
 * (`pointer-events: none`) can still be drawn over the button. Nothing is painted in between and no script of the page
 * runs.
 */
function withAllHit<T>(look: () => T): T {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ALL_HIT);
  const trees = treesOf(doc).map((tree) => ({ tree, before: [...tree.adoptedStyleSheets] }));
  for (const { tree, before } of trees) tree.adoptedStyleSheets = [...before, sheet];
  try {
    return look();
  } finally {
    for (const { tree, before } of trees) tree.adoptedStyleSheets = before;
  }
}

function hasDrawingAbove(x: number, y: number, host: HTMLElement): boolean {
  for (const element of doc.elementsFromPoint(x, y)) {
    if (element === host) return false;
    if (draws(element)) return true;
  }
  return true;
}

/** Elements in the top layer: what is painted behind them lies over the page, and no hit test tells of it. */
const IN_TOP_LAYER = ':modal, :popover-open, :fullscreen';

function hasBackdrop(): boolean {
  return [...document.querySelectorAll(IN_TOP_LAYER)].some((element) => paints(element, '::backdrop'));
}

const DRAWN = 'img, video, canvas, iframe, svg *, object, embed, input, textarea, select';

/** Whether an element may draw something of its own: when in doubt it does. */
function draws(element: Element): boolean {
  // An element without a box of its own may still have a tree that draws.
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

/** Whether a box paints anything itself: its ground, its edges, or what lies behind it in another way. */
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
