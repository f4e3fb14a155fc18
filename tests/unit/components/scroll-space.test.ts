import { describe, expect, it } from 'vitest';
import {
  drawnRows,
  follow,
  placeAt,
  rowsInView,
  spaceOf,
  type Geometry,
} from '../../../components/lists/scroll-space.ts';

const short: Geometry = { height: 48_000, viewport: 480 };
const million: Geometry = { height: 48_000_000, viewport: 480 };

describe('a list that fits into an element', () => {
  it('scrolls natively', () => {
    expect(spaceOf(short.height)).toBe(48_000);
    expect(follow({ offset: 0, scrollTop: 0 }, 1234, short)).toEqual({ offset: 1234, scrollTop: 1234 });
    expect(placeAt(40_000, short)).toEqual({ offset: 40_000, scrollTop: 40_000 });
  });
});

describe('a list that is higher than the maximum height of an element', () => {
  const end = spaceOf(million.height) - million.viewport;

  it('gets an element height that every browser supports', () => {
    expect(spaceOf(million.height)).toBeLessThan(17_000_000);
  });

  it('moves pixel by pixel for short movements, so that no row is skipped', () => {
    let place = placeAt(24_000_000, million);
    for (let step = 1; step <= 50; step += 1) {
      const next = follow(place, place.scrollTop + 48, million);
      expect(next.offset - place.offset).toBeCloseTo(48);
      place = next;
    }
  });

  it('moves proportionally when the scroll bar is dragged', () => {
    const half = follow({ offset: 0, scrollTop: 0 }, end / 2, million);
    expect(half.offset / (million.height - million.viewport)).toBeCloseTo(0.5);
  });

  it('reaches the first and the last row', () => {
    const somewhere = placeAt(1_000_000, million);
    expect(follow(somewhere, 0, million).offset).toBe(0);
    expect(follow(somewhere, end, million).offset).toBe(million.height - million.viewport);
  });

  it('keeps its position when the scroll bar is corrected', () => {
    const place = placeAt(1_234_567, million);
    const settled = follow({ ...place, scrollTop: Math.round(place.scrollTop) }, place.scrollTop, million);
    expect(settled.offset).toBe(place.offset);
  });

  it('never leaves the list', () => {
    expect(placeAt(-5, million).offset).toBe(0);
    expect(placeAt(99_000_000, million).offset).toBe(million.height - million.viewport);
    expect(placeAt(10, { height: 100, viewport: 480 })).toEqual({ offset: 0, scrollTop: 0 });
  });
});

describe('the drawn rows', () => {
  it('are those in view, whole or in part, and a few above and below', () => {
    expect(rowsInView(0, 480, 48)).toEqual({ from: 0, to: 10 });
    expect(rowsInView(47, 480, 48)).toEqual({ from: 0, to: 11 });
    expect(rowsInView(48, 480, 48)).toEqual({ from: 1, to: 11 });
    expect(drawnRows({ from: 500, to: 510 }, 1000)).toEqual({ from: 492, to: 518 });
  });

  it('begin with the first row and end with the last one', () => {
    expect(drawnRows({ from: 3, to: 13 }, 1000)).toEqual({ from: 0, to: 21 });
    expect(drawnRows({ from: 990, to: 1000 }, 1000)).toEqual({ from: 982, to: 1000 });
    expect(drawnRows({ from: 0, to: 10 }, 4)).toEqual({ from: 0, to: 4 });
    expect(drawnRows({ from: 0, to: 10 }, 0)).toEqual({ from: 0, to: 0 });
  });

  it('are the last ones if the list became shorter than what was in view', () => {
    expect(drawnRows({ from: 500, to: 510 }, 100)).toEqual({ from: 82, to: 100 });
  });

  it('are none without a visible part', () => {
    expect(drawnRows(rowsInView(480, 0, 48), 1000)).toEqual({ from: 0, to: 0 });
    expect(drawnRows(rowsInView(480, -28, 48), 1000)).toEqual({ from: 0, to: 0 });
  });
});
