/** The names of the rules, in the order in which they are shown, and their thresholds. */

/** A threshold that the user can change. */
export interface Threshold {
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

/** `null` is a rule without a threshold. `lib/insight/rules.ts` decides them. */
export const ruleThresholds = {
  neverPosted: null,
  pictureAndBio: null,
  emptyProfile: null,
  followsTimes: { initial: 20, min: 2, max: 10_000 },
  fewFollowers: { initial: 5, min: 0, max: 1_000_000 },
  trailingDigits: { initial: 5, min: 1, max: 20 },
  sameBio: { initial: 3, min: 1, max: 1_000_000 },
  createdBeforeFollowing: { initial: 7, min: 1, max: 3650 },
  createdBeforeCollecting: { initial: 30, min: 1, max: 3650 },
  postsPerDay: { initial: 50, min: 1, max: 10_000 },
} as const satisfies Readonly<Record<string, Threshold | null>>;

export type RuleName = keyof typeof ruleThresholds;
export const ruleNames = Object.keys(ruleThresholds) as readonly RuleName[];

/** A rule's threshold; `null` if it has none. */
export function thresholdOf(rule: RuleName): Threshold | null {
  return ruleThresholds[rule];
}
