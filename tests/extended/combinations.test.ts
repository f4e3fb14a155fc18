/** The lists of each provider that `npm test` leaves out. */
import { describe } from 'vitest';
import { collectsExactly, type Combination } from '../e2e/combination.ts';

const COMBINATIONS: readonly Combination[] = [
  [
    'sociavault',
    [
      ['x', 'followers'],
      ['x', 'following'],
      ['tiktok', 'following'],
    ],
  ],
  ['socialfetch', [['tiktok', 'followers']]],
  ['twitterapi-io', [['x', 'following']]],
  ['socialdata', [['x', 'followers']]],
  ['x-v2', [['x', 'followers']]],
  ['x-v1.1', [['x', 'following']]],
];

describe.each(COMBINATIONS)('%s', collectsExactly);
