/** Notices when an element moves against the viewport, without looking at it all the time. */

/** Smaller differences come from rounding, CSS pixels. */
const TOLERANCE = 1.5;

/** After a movement the next look waits this long, milliseconds: while it moves there is nothing to learn. */
const SETTLE = 100;

type Edges = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>;

/** Whether two places differ by more than rounding. */
export function differ(a: Edges, b: Edges): boolean {
  return (['left', 'top', 'right', 'bottom'] as const).some(
    (edge) => Math.abs(a[edge] - b[edge]) > TOLERANCE,
  );
}

export interface Movement {
  /** Looks where the element is, and watches it from then on. Where it first appears is not a movement. */
  look(): void;
  /** Milliseconds that it has stood still; infinite when it never moved. Looks once more. */
  stillFor(): number;
  /** Runs a change of our own to the element; what it does to the element's place is not a movement. */
  own(change: () => void): void;
}

export function watchMovement(target: Element): Movement {
  let place: DOMRect | null = null;
  let movedAt = Number.NEGATIVE_INFINITY;
  let observer: IntersectionObserver | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(isOwn = false): void {
    const now = target.getBoundingClientRect();
    if (now.width === 0 || (place !== null && !differ(place, now))) return;
    if (place !== null && !isOwn) movedAt = performance.now();
    place = now;
    clearTimeout(timer);
    timer = setTimeout(frame, SETTLE);
  }

  /** Sets an observer whose root is exactly as large as the element: the least movement leaves it. */
  function frame(): void {
    observer?.disconnect();
    look();
    if (place === null) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const margins = [place.top, clientWidth - place.right, clientHeight - place.bottom, place.left];
    observer = new IntersectionObserver(() => look(), {
      rootMargin: margins.map((margin) => `${-Math.floor(margin)}px`).join(' '),
      threshold: [0.5, 0.9, 1],
    });
    observer.observe(target);
  }

  return {
    look,
    stillFor() {
      look();
      return performance.now() - movedAt;
    },
    own(change) {
      look();
      change();
      look(true);
    },
  };
}
