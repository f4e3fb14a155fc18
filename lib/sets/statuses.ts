/** What can be said about an account of two lists of the same profile and relation, and how certain it is. */

/**
 * - `new`: in the newer list only; followed, or followed again, since the older one.
 * - `appeared`: in the newer list only; it followed before the older one, but was not listed then.
 * - `noLongerListed`: in the older list only.
 * - `renamed`: in both, with different handles. `changed`: in both; other details differ. `unchanged`: in both; no known
 *   detail differs.
 * - `withoutDetails`: in both; at least one of the lists has no details to compare.
 * - `notCovered`: in one list only, below the part that both lists cover.
 *
 * In files, the last two are `unknown`, and so is `appeared`.
 */
export const statuses = [
  'new',
  'appeared',
  'noLongerListed',
  'renamed',
  'changed',
  'unchanged',
  'withoutDetails',
  'notCovered',
] as const;
export type Status = (typeof statuses)[number];

/** Its place in {@link statuses}. */
export type StatusNumber = number;

/** Looked up once: they are needed for every account. */
export const statusNumbers = Object.fromEntries(
  statuses.map((status, number) => [status, number]),
) as Readonly<Record<Status, StatusNumber>>;

/**
 * Why a statement is likely instead of certain:
 * - `hiddenThen`: the account may have followed earlier and been hidden when the older list was collected.
 * - `again`: it may have followed again while the newer list was collected, which took longer than a few minutes.
 * - `unreadable`: it may be among the entries of the other list that could not be read.
 * - `tail`: the other list ends above it. The list may be missing up to 5% of the platform's count.
 * - `noTimes`: the other list has no follow times, so that accounts may have been skipped between its pages.
 * - `noCount`: the platform's count is unknown, so that the other list may have ended early.
 * - `overlap`: the lists were collected at overlapping times, or the clocks don't prove that they weren't.
 * - `handle`: one of the lists has no ID for it that can be compared.
 * - `earlier`: the older list took it over from an earlier one when it was updated, so that it may have left before that.
 * - `provider`: the lists come from different providers, which may state the same details differently.
 */
export const doubts = [
  'hiddenThen',
  'again',
  'unreadable',
  'tail',
  'noTimes',
  'noCount',
  'overlap',
  'handle',
  'earlier',
  'provider',
] as const;
export type Doubt = (typeof doubts)[number];

/** A set of doubts as bits. */
export type DoubtBits = number;

export function doubtBit(doubt: Doubt): DoubtBits {
  return 1 << doubts.indexOf(doubt);
}

/** The doubts of a set, in a fixed order. */
export function doubtsIn(bits: DoubtBits): readonly Doubt[] {
  return doubts.filter((doubt) => (bits & doubtBit(doubt)) !== 0);
}
