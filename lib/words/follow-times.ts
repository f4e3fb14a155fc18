/** When an account followed, and why that may be unknown. Always an interval, never a date in between. */
import type { FollowBasis, FollowProblem, FollowTimes } from '../model/follow-times.ts';
import { i18n } from '#i18n';
import { count } from './numbers.ts';
import { createdDay, utc } from './times.ts';

/** Both ends: as days in UTC, or to the second if they are on the same day. */
function ends(after: number, before: number): readonly [string, string] {
  const days = [createdDay(after), createdDay(before)] as const;
  return days[0] === days[1] ? [utc(after), utc(before)] : days;
}

/** `between 5 Jul 2024 and 9 Jul 2024`. */
export function followText({ followedAfter, followedBefore }: FollowTimes): string {
  if (followedAfter !== null && followedBefore !== null) {
    const [after, before] = ends(followedAfter, followedBefore);
    return i18n.t('follow.between', { after, before });
  }
  if (followedAfter !== null) return i18n.t('follow.after', { after: createdDay(followedAfter) });
  if (followedBefore !== null) return i18n.t('follow.before', { before: createdDay(followedBefore) });
  return i18n.t('amount.unknown');
}

const PROBLEMS = {
  'no-times': 'follow.no_times',
  'out-of-order': 'follow.out_of_order',
  'in-the-future': 'follow.in_the_future',
  'created-later': 'follow.created_later',
} as const satisfies Readonly<Record<FollowProblem, string>>;

/** On how many pages follow times rest, or why there are none. */
export function followBasisText({ pages, problem }: FollowBasis): string {
  return problem === null ? i18n.t('follow.pages', pages, { n: count(pages) }) : i18n.t(PROBLEMS[problem]);
}
