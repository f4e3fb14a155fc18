/** One list of each provider; `npm run test:more` collects the others. */
import { describe } from 'vitest';
import { collectsExactly, type Combination } from './combination.ts';

const COMBINATIONS: readonly Combination[] = [
  ['sociavault', [['tiktok', 'followers']]],
  ['socialfetch', [['tiktok', 'following']]],
  ['twitterapi-io', [['x', 'followers']]],
  ['socialdata', [['x', 'following']]],
  ['x-v2', [['x', 'following']]],
  ['x-v1.1', [['x', 'followers']]],
];

describe.each(COMBINATIONS)('%s', collectsExactly);
