import { describe, expect, it } from 'vitest';
import { platformsOf } from '../../../lib/platforms/field.ts';

describe('a handle without a platform', () => {
  it.each([
    ['@ada', ['x', 'tiktok']],
    ['ada_1', ['x', 'tiktok']],
    // X has no dots.
    ['ada.clips', ['tiktok']],
    ['头文字m', ['tiktok']],
    // A link names its platform.
    ['https://x.com/ada', []],
    ['tiktok.com/@ada', []],
    ['ada lovelace', []],
    ['', []],
  ])('%s can be on %j', (text, platforms) => {
    expect(platformsOf(text)).toEqual(platforms);
  });
});
