import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backgroundOf } from '../../../../entrypoints/profile.content/page-background.ts';
import { isPageChanged, isPageView } from '../../../../entrypoints/profile.content/view-shape.ts';

describe('messages from the background', () => {
  const view = { platform: 'x', handle: 'ada', button: true, hasKey: true, run: null };

  test('are a view if they contain a profile and say whether there is a button', () => {
    expect(isPageView(view)).toBe(true);
    expect(isPageChanged({ name: 'page.changed', view })).toBe(true);
  });

  test.each([
    [undefined],
    [null],
    ['x'],
    [1],
    [{}],
    [{ ...view, handle: 7 }],
    [{ ...view, button: undefined }],
  ])('are not a view if they are %j', (value) => {
    expect(isPageView(value)).toBe(false);
    expect(isPageChanged({ name: 'page.changed', view: value })).toBe(false);
    expect(isPageChanged(value)).toBe(false);
  });

  test('are not a change under another name, and never throw', () => {
    expect(isPageChanged({ name: 'page.state', view })).toBe(false);
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(isPageChanged(message)).toBe(false);
      }),
    );
  });
});

test.each<[string, boolean | null]>([
  ['rgb(255, 255, 255)', false],
  ['rgb(21, 32, 43)', true],
  ['rgb(0, 0, 0)', true],
  ['rgb(18, 18, 18)', true],
  ['rgba(0, 0, 0, 1)', true],
  ['rgb(255 255 255 / 0.95)', false],
  ['rgba(0, 0, 0, 0)', null],
  ['rgba(255, 255, 255, 0.5)', null],
  ['transparent', null],
  ['color(srgb 1 1 1)', null],
])('the background %s is dark: %s', (color, dark) => {
  expect(backgroundOf(color)?.dark ?? null).toBe(dark);
});
