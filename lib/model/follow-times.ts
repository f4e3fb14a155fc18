/** When the accounts of a list followed, and what that is based on. */
import { z } from '../zod.ts';

/**
 * Why a list has no follow times. One such finding anywhere in a list discards the times of all its accounts.
 *
 * - `no-times`: a cursor states no time, or a page has no cursor.
 * - `out-of-order`: a cursor is newer than the one before it.
 * - `in-the-future`: a cursor is newer than the response that contained it.
 * - `created-later`: an account is newer than the cursor that led to its page.
 */
export const followProblemSchema = z.enum(['no-times', 'out-of-order', 'in-the-future', 'created-later']);
export type FollowProblem = z.infer<typeof followProblemSchema>;

/** What the follow times of a list are based on. */
export interface FollowBasis {
  /** How many pages with accounts state a time. */
  readonly pages: number;
  readonly problem: FollowProblem | null;
}

const time = z.nullable(z.number());

/** An account followed (or followed again) between these times, both inclusive, epoch milliseconds; `null` is unknown. */
const followTimesSchema = z.object({ followedAfter: time, followedBefore: time });
export type FollowTimes = z.infer<typeof followTimesSchema>;

/** The two ends of the interval, in the order of exported files. */
export type FollowField = keyof FollowTimes;

/** When some accounts followed, in the order in which they were requested, and what that is based on. */
export const followAnswerSchema = z.object({
  times: z.array(followTimesSchema),
  basis: z.object({ pages: z.int(), problem: z.nullable(followProblemSchema) }),
});
export type FollowAnswer = z.infer<typeof followAnswerSchema>;
