/** The contrast of every pair of colors that the pages use, computed from the tokens in both color schemes. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

type Triple = readonly [number, number, number];

const files = await Promise.all(
  ['tokens', 'palettes'].map((name) => readFile(`components/styles/${name}.css`, 'utf8')),
);
const parts = files.map((css) => css.split('@media (prefers-color-scheme: dark)'));
const [lightPart, darkPart] = [0, 1].map((scheme) => parts.map((part) => part[scheme] ?? '').join('\n'));

function colorsIn(text = ''): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/--([\w-]+): (#[\da-f]{6});/g), ([, name = '', color = '']) => [name, color]),
  );
}

const light = colorsIn(lightPart);
const schemes = { light, dark: { ...light, ...colorsIn(darkPart) } };

function map(triple: Triple, change: (value: number) => number): Triple {
  return [change(triple[0]), change(triple[1]), change(triple[2])];
}

/** Linear sRGB, from 0 to 1. */
function linear(color: string): Triple {
  const part = (at: number) => Number.parseInt(color.slice(at, at + 2), 16) / 255;
  return map([part(1), part(3), part(5)], (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

function dot(row: Triple, by: Triple): number {
  return row[0] * by[0] + row[1] * by[1] + row[2] * by[2];
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Triple, b: Triple): number {
  const [low = 0, high = 0] = [a, b]
    .map((color) => dot(color, [0.2126, 0.7152, 0.0722]))
    .toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** `share` of one color over another, mixed as `color-mix(in srgb, …)` does. */
function mixed(over: string, under: string, share: number): Triple {
  const part = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  const byte = (at: number) => Math.round(part(over, at) * share + part(under, at) * (1 - share));
  const hex = [1, 3, 5].map((at) => byte(at).toString(16).padStart(2, '0')).join('');
  return linear(`#${hex}`);
}

/** Machado, Oliveira, and Fernandes (2009), severity 1. */
const VISION: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Oklab (Ottosson 2020) of a color as seen with the given vision. */
function seen(color: Triple, [r, g, b]: readonly [Triple, Triple, Triple]): Triple {
  const rgb = map([dot(r, color), dot(g, color), dot(b, color)], (value) => Math.min(1, Math.max(0, value)));
  const lms = map(
    [
      dot([0.4122214708, 0.5363325363, 0.0514459929], rgb),
      dot([0.2119034982, 0.6806995451, 0.1073969566], rgb),
      dot([0.0883024619, 0.2817188376, 0.6299787005], rgb),
    ],
    Math.cbrt,
  );
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ];
}

const CATEGORIES = Array.from({ length: 8 }, (_, index) => `category-${String(index + 1)}`);
const INITIALS = Array.from({ length: 12 }, (_, index) => `initials-${String(index)}`);
const TEXTS = ['text', 'muted', 'accent', 'done', 'waiting', 'error'];

describe.each(Object.entries(schemes))('in the %s scheme', (_, colors) => {
  const of = (name: string): string => {
    const color = colors[name];
    if (color === undefined) throw new Error(`There is no token --${name}.`);
    return color;
  };

  it.each(TEXTS)('%s is readable on the background and on raised areas', (text) => {
    for (const under of ['background', 'raised']) {
      expect(contrast(linear(of(text)), linear(of(under))), under).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('text stays readable on selected rows and primary buttons, also under the pointer', () => {
    for (const under of ['background', 'raised']) {
      const selected = mixed(of('accent'), of(under), 0.12);
      for (const text of ['text', 'muted', 'accent']) {
        expect(contrast(linear(of(text)), selected), `${text} on selected ${under}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    }
    expect(contrast(linear(of('on-accent')), linear(of('accent')))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(linear(of('on-accent')), mixed(of('accent'), of('text'), 0.88))).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it('the borders of controls and the focus ring are visible', () => {
    for (const under of ['background', 'raised']) {
      expect(contrast(linear(of('control')), linear(of(under))), under).toBeGreaterThanOrEqual(3);
      expect(contrast(linear(of('accent')), linear(of(under))), under).toBeGreaterThanOrEqual(3);
    }
  });

  it('initials are readable on each of their colors', () => {
    for (const name of INITIALS) {
      expect(contrast(linear(of('text')), linear(of(name))), name).toBeGreaterThanOrEqual(7);
    }
  });

  it('the categories of plots are visible, and differ for every kind of color vision', () => {
    for (const name of CATEGORIES) {
      expect(contrast(linear(of(name)), linear(of('background'))), name).toBeGreaterThanOrEqual(3);
    }
    for (const [vision, matrix] of Object.entries(VISION)) {
      const points = CATEGORIES.map((name) => seen(linear(of(name)), matrix));
      points.forEach((a, i) => {
        points.slice(i + 1).forEach((b, j) => {
          const names = `${vision}: ${String(i + 1)} and ${String(i + j + 2)}`;
          expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), names).toBeGreaterThanOrEqual(0.1);
        });
      });
    }
  });
});

it('both schemes define the same colors', () => {
  expect(Object.keys(colorsIn(darkPart)).toSorted()).toEqual(Object.keys(light).toSorted());
});
