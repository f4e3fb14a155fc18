/** Notices when an element moves against the viewport, without looking at it all the time. */
import { doc } from './page-document.ts';

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
  /** Looks where the element is, and watches it from then on. To appear is a movement. */
  look(): void;
  /** Milliseconds that it has been there, still, and as far as the browser tells, uncovered. Looks once more. */
  stillFor(): number;
  /** Runs a change of our own to the element; what it does to the element's place is not a movement. */
  own(change: () => void): void;
}

/** How often the browser may look whether something lies over the element, ms; it allows no less than 100. */
const UNVEILED_EVERY = 100;

/** What a browser that looks for covers says beside the rest: whether nothing lies over the element. */
interface Seen {
  readonly isVisible?: boolean;
}

export function watchMovement(target: Element): Movement {
  let place: DOMRect | null = null;
  let movedAt = 0;
  /** When the browser first saw it uncovered; `null` while it is not, `undefined` where the browser never said so. */
  let unveiledAt: number | null | undefined;
  let observer: IntersectionObserver | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const covers = new IntersectionObserver(
    (entries) => {
      const isSeen = (entries.at(-1) as Seen | undefined)?.isVisible;
      if (isSeen === true) unveiledAt ??= performance.now();
      else if (unveiledAt !== undefined) unveiledAt = null;
    },
    { threshold: [0, 1], trackVisibility: true, delay: UNVEILED_EVERY } as IntersectionObserverInit,
  );
  covers.observe(target);

  function look(isOwn = false): void {
    const now = target.getBoundingClientRect();
    if (now.width === 0) {
      place = null;
      return;
    }
    if (place !== null && !differ(place, now)) return;
    if (place === null || !isOwn) movedAt = performance.now();
    place = now;
    clearTimeout(timer);
    timer = setTimeout(frame, SETTLE);
  }

  /** Sets an observer whose root is exactly as large as the element: the least movement leaves it. */
  function frame(): void {
    observer?.disconnect();
    look();
    if (place === null) return;
    const { clientWidth, clientHeight } = doc.documentElement;
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
      return place === null || unveiledAt === null
        ? 0
        : performance.now() - Math.max(movedAt, unveiledAt ?? 0);
    },
    own(change) {
      look();
      change();
      look(true);
    },
  };
}
