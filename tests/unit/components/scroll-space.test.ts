import { describe, expect, it } from 'vitest';
import { follow, placeAt, spaceOf, type Geometry } from '../../../components/lists/scroll-space.ts';

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
