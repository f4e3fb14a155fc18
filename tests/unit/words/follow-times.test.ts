import { beforeEach, expect, it } from 'vitest';
import { followBasisText, followText } from '../../../lib/words/follow-times.ts';
import { followProblemSchema } from '../../../lib/model/follow-times.ts';
import { speakEnglish } from './english.ts';

beforeEach(speakEnglish);

const at = (text: string): number => Date.parse(`${text}Z`);

it('a follow is an interval, never a date in between', () => {
  const followedAfter = at('2024-07-05T09:00:00');
  expect(followText({ followedAfter, followedBefore: at('2024-07-09T01:00:00') })).toMatch(
    /^between (Jul 5, 2024|5 Jul 2024) and (Jul 9, 2024|9 Jul 2024)$/,
  );
  expect(followText({ followedAfter, followedBefore: at('2024-07-05T10:30:01') })).toBe(
    'between 2024-07-05 09:00:00 UTC and 2024-07-05 10:30:01 UTC',
  );
  expect(followText({ followedAfter, followedBefore: null })).toMatch(/^after .*2024$/);
  expect(followText({ followedAfter: null, followedBefore: followedAfter })).toMatch(/^before .*2024$/);
  expect(followText({ followedAfter: null, followedBefore: null })).toBe('—');
});

it('the receipt says on how many pages they rest, or why there are none', () => {
  expect(followBasisText({ pages: 1, problem: null })).toBe('From the cursors of 1 page');
  expect(followBasisText({ pages: 1203, problem: null })).toBe('From the cursors of 1,203 pages');
  const reasons = followProblemSchema.options.map((problem) => followBasisText({ pages: 0, problem }));
  expect(new Set(reasons).size).toBe(4);
  for (const reason of reasons) expect(reason).toMatch(/^None: .*\.$/);
});
