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
  /** Begins to watch, or goes on. The place where the element first appears is not a movement. */
  start(): void;
  /** Stops watching. Where the element was is remembered. */
  stop(): void;
  /** Milliseconds that it has stood still; infinite when it never moved. Looks once more. */
  stillFor(): number;
  /** Runs a change of our own to the element; what it does to the element's place is not a movement. */
  own(change: () => void): void;
}

export function watchMovement(target: HTMLElement): Movement {
  let place: DOMRect | null = null;
  let movedAt = Number.NEGATIVE_INFINITY;
  let observer: IntersectionObserver | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watching = false;

  function measure(): DOMRect | null {
    const rect = target.getBoundingClientRect();
    return rect.width > 0 && rect.height > 0 ? rect : null;
  }

  /** Looks where the element is; a difference is a movement and moves the observer's frame along, later. */
  function look(): void {
    const now = measure();
    if (now === null) return;
    const moved = place !== null && differ(place, now);
    place = now;
    if (!moved) return;
    movedAt = performance.now();
    frameLater();
  }

  function frameLater(): void {
    observer?.disconnect();
    clearTimeout(timer);
    if (watching) timer = setTimeout(frame, SETTLE);
  }

  /** Sets an observer whose root is exactly as large as the element: the least movement leaves it. */
  function frame(): void {
    observer?.disconnect();
    look();
    if (place === null || !watching) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const margins = [place.top, clientWidth - place.right, clientHeight - place.bottom, place.left];
    let first = true;
    observer = new IntersectionObserver(
      () => {
        if (!first) look();
        first = false;
      },
      { rootMargin: margins.map((margin) => `${-Math.floor(margin)}px`).join(' '), threshold: [0.5, 0.9, 1] },
    );
    observer.observe(target);
  }

  return {
    start() {
      if (watching) return;
      watching = true;
      frame();
    },
    stop() {
      watching = false;
      observer?.disconnect();
      clearTimeout(timer);
    },
    stillFor() {
      look();
      return performance.now() - movedAt;
    },
    own(change) {
      look();
      change();
      const now = measure();
      if (now === null || (place !== null && !differ(place, now))) return;
      place = now;
      frameLater();
    },
  };
}
