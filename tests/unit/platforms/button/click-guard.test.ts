import { describe, expect, test } from 'vitest';
import type { ClickFacts } from '../../../../entrypoints/profile.content/click-guard.ts';
import {
  isReadableThrough,
  refusalOf,
  STILL_FOR,
} from '../../../../entrypoints/profile.content/click-guard.ts';
import { differ } from '../../../../entrypoints/profile.content/movement.ts';

const PLAIN = {
  opacity: '1',
  visibility: 'visible',
  filter: 'none',
  clipPath: 'none',
  maskImage: 'none',
  mixBlendMode: 'normal',
};

const GOOD: ClickFacts = {
  trusted: true,
  clicks: 1,
  stillFor: Number.POSITIVE_INFINITY,
  styles: [PLAIN, PLAIN],
  scale: 1,
  covered: false,
};

function within(style: Partial<typeof PLAIN>): ClickFacts {
  return { ...GOOD, styles: [PLAIN, { ...PLAIN, ...style }, PLAIN] };
}

describe('a click is accepted', () => {
  test.each<[string, ClickFacts]>([
    ['on a plain button', GOOD],
    ['on a button that has just become stable', { ...GOOD, stillFor: STILL_FOR }],
    [
      'through a dark-mode filter',
      within({ filter: 'invert(1) hue-rotate(180deg) brightness(1.05) contrast(0.9)' }),
    ],
    ['by keyboard', { ...GOOD, clicks: 0 }],
    ['on a button that is slightly transparent', within({ opacity: '0.9' })],
  ])('%s', (_, facts) => {
    expect(refusalOf(facts)).toBeNull();
  });
});

describe('a click is rejected', () => {
  test.each<[string, ClickFacts, string]>([
    ['from a script', { ...GOOD, trusted: false }, 'untrusted'],
    ['on a button that just moved', { ...GOOD, stillFor: STILL_FOR - 1 }, 'moved'],
    ['if it is the second of a double click', { ...GOOD, clicks: 2 }, 'moved'],
    ['on a covered button', { ...GOOD, covered: true }, 'covered'],
    ['on a transparent button', within({ opacity: '0' }), 'hidden'],
    [
      'on a button made faint by several elements',
      { ...GOOD, styles: Array(3).fill({ ...PLAIN, opacity: '0.9' }) },
      'hidden',
    ],
    ['if the opacity cannot be read', within({ opacity: 'x' }), 'hidden'],
    ['in a hidden part', within({ visibility: 'hidden' }), 'hidden'],
    ['in a clipped part', within({ clipPath: 'inset(40%)' }), 'hidden'],
    ['under a mask', within({ maskImage: 'linear-gradient(#0000, #0000)' }), 'hidden'],
    ['blended away', within({ mixBlendMode: 'multiply' }), 'hidden'],
    ['filtered away', within({ filter: 'opacity(0.02)' }), 'hidden'],
    ['drawn tiny', { ...GOOD, scale: 0.2 }, 'hidden'],
    ['drawn over half the page', { ...GOOD, scale: 40 }, 'hidden'],
    ['if the size is unknown', { ...GOOD, scale: 0 }, 'hidden'],
  ])('%s', (_, facts, refusal) => {
    expect(refusalOf(facts)).toBe(refusal);
  });
});

test.each([
  ['none', true],
  ['', true],
  ['invert(1)', true],
  ['brightness(0.9)', true],
  ['contrast(1.5)', true],
  ['drop-shadow(rgb(0, 0, 0) 0px 0px 4px)', true],
  ['opacity(0.5)', false],
  ['blur(8px)', false],
  ['brightness(0)', false],
  ['brightness(0.2)', false],
  ['brightness(10)', false],
  ['contrast(0.1)', false],
  ['invert(1) contrast(0)', false],
  ['url("#hide")', false],
])('filter %j leaves the button readable: %s', (filter, expected) => {
  expect(isReadableThrough(filter)).toBe(expected);
});

test('a rounding difference is not a movement; anything larger is, on any side', () => {
  const place = { left: 10, top: 20, right: 110, bottom: 56 };
  expect(differ(place, { ...place, left: 11 })).toBe(false);
  for (const edge of ['left', 'top', 'right', 'bottom'] as const) {
    expect(differ(place, { ...place, [edge]: place[edge] + 2 })).toBe(true);
    expect(differ(place, { ...place, [edge]: place[edge] - 2 })).toBe(true);
  }
});
