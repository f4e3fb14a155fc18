/**
 * Whether a click on the button was the user's own: a page can dress its visitors' clicks up as clicks on something
 * else, and a click here can spend money.
 */

/** How long the button must have stood still, milliseconds. */
export const STILL_FOR = 500;

/** What is known of a click; collected by {@link lookAt}, judged by {@link judge}. */
export interface ClickFacts {
  readonly trusted: boolean;
  /** Milliseconds since the button last moved against the viewport; infinite when it never did. */
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
export function judge(facts: ClickFacts): Refusal | null {
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
  return facts.stillFor < STILL_FOR ? 'moved' : null;
}

/**
 * Collects what {@link judge} wants to know, at the moment of the click.
 * @param control the element inside the closed root that was clicked
 */
export function lookAt(
  event: MouseEvent,
  host: HTMLElement,
  control: HTMLElement,
  stillFor: number,
): ClickFacts {
  const box = control.getBoundingClientRect();
  return {
    trusted: event.isTrusted,
    stillFor,
    styles: stylesAround(host),
    scale: control.offsetHeight === 0 ? 0 : box.height / control.offsetHeight,
    covered: isCovered(event, host, box),
  };
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
  if (points.some(([x, y]) => document.elementFromPoint(x, y) !== host)) return true;
  return withAllHit(() => points.some(([x, y]) => hasDrawingAbove(x, y, host)));
}

/**
 * Makes every element answer to a hit test while `look` runs: what lets clicks through (`pointer-events: none`) can
 * still be drawn over the button. Nothing is painted in between and no script of the page runs.
 */
function withAllHit<T>(look: () => T): T {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { pointer-events: auto !important }');
  const before = [...document.adoptedStyleSheets];
  document.adoptedStyleSheets = [...before, sheet];
  try {
    return look();
  } finally {
    document.adoptedStyleSheets = before;
  }
}

function hasDrawingAbove(x: number, y: number, host: HTMLElement): boolean {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element === host) return false;
    if (draws(element)) return true;
  }
  return true;
}

const DRAWN = 'img, video, canvas, iframe, svg *, object, embed, input, textarea, select';

/** Whether an element may draw something of its own: when in doubt it does. */
function draws(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true })) return false;
  if (element.matches(DRAWN) || element.shadowRoot !== null) return true;
  const style = getComputedStyle(element);
  return (
    !isClear(style.backgroundColor) ||
    style.backgroundImage !== 'none' ||
    [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '')
  );
}

function isClear(color: string): boolean {
  return color === 'transparent' || /^rgba\(.*, 0\)$/.test(color);
}
