/** Detects when an element moves relative to the viewport, without polling. */
import { pageDocument } from './page-document.ts';

/** Smaller differences come from rounding, CSS pixels. */
const TOLERANCE = 1.5;

/** After a movement, the next measurement waits this long, milliseconds. */
const SETTLE = 100;

type Edges = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

/** Whether two positions differ by more than rounding. */
export function differ(a: Edges, b: Edges): boolean {
  return (['left', 'top', 'right', 'bottom'] as const).some(
    (edge) => Math.abs(a[edge] - b[edge]) > TOLERANCE,
  );
}

export interface Movement {
  /** Measures where the element is, and watches it from then on. Appearing counts as a movement. */
  measure(): void;
  /** Milliseconds for which the element has been in place and, as far as the browser reports, uncovered. Measures again. */
  stillFor(): number;
  /** Makes a change to the element that does not count as a movement. */
  withoutMovement(change: () => void): void;
}

/** How often the browser checks whether something covers the element, milliseconds. Browsers require at least 100. */
const VISIBILITY_INTERVAL = 100;

/** What Chromium adds to an entry if visibility is tracked: whether nothing covers the element. */
interface VisibilityEntry {
  readonly isVisible?: boolean;
}

/** @returns when the browser first saw the element uncovered; `null` while it is covered, `undefined` if it never reports it */
function watchCovers(target: Element): () => number | null | undefined {
  let uncoveredAt: number | null | undefined;
  const covers = new IntersectionObserver(
    (entries) => {
      const isVisible = (entries.at(-1) as VisibilityEntry | undefined)?.isVisible;
      if (isVisible === true) uncoveredAt ??= performance.now();
      else if (uncoveredAt !== undefined) uncoveredAt = null;
    },
    { threshold: [0, 1], trackVisibility: true, delay: VISIBILITY_INTERVAL } as IntersectionObserverInit,
  );
  covers.observe(target);
  return () => uncoveredAt;
}

export function watchMovement(target: Element): Movement {
  let place: DOMRect | null = null;
  let movedAt = 0;
  let observer: IntersectionObserver | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const uncoveredAt = watchCovers(target);

  function measure(isOwnChange = false): void {
    const now = target.getBoundingClientRect();
    if (now.width === 0) {
      place = null;
      return;
    }
    if (place !== null && !differ(place, now)) return;
    if (place === null || !isOwnChange) movedAt = performance.now();
    place = now;
    clearTimeout(timer);
    timer = setTimeout(observeExactly, SETTLE);
  }

  /** Observes the element within a root exactly as large as itself, so that the slightest movement leaves the root. */
  function observeExactly(): void {
    observer?.disconnect();
    measure();
    if (place === null) return;
    const { clientWidth, clientHeight } = pageDocument.documentElement;
    const margins = [place.top, clientWidth - place.right, clientHeight - place.bottom, place.left];
    observer = new IntersectionObserver(() => measure(), {
      rootMargin: margins.map((margin) => `${-Math.floor(margin)}px`).join(' '),
      threshold: [0.5, 0.9, 1],
    });
    observer.observe(target);
  }

  return {
    measure,
    stillFor() {
      measure();
      const uncovered = uncoveredAt();
      return place === null || uncovered === null ? 0 : performance.now() - Math.max(movedAt, uncovered ?? 0);
    },
    withoutMovement(change) {
      measure();
      change();
      measure(true);
    },
  };
}
