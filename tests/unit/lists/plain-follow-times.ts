/**
 * A second, deliberately simple implementation of follow times: over a whole list in memory, as
 * `lib/lists/follow-times.ts` describes them for single pages.
 */
export interface PlainAccount {
  /** Its creation, epoch milliseconds. */
  readonly createdAt: number | null;
}

export interface PlainPage {
  /** The time of the cursor that was sent; `undefined` if it states none. */
  readonly sent: number | null | undefined;
  readonly own: number | null | undefined;
  readonly answeredAt: number;
  readonly accounts: readonly PlainAccount[];
}

const DAY = 86_400_000;

export type PlainBracket = readonly [after: number | null, before: number | null];

/** The brackets of all accounts of a list, or `null` if a guard discards them. */
export function plainBrackets(pages: readonly PlainPage[]): readonly PlainBracket[] | null {
  const isFine = pages.every(({ sent, own, answeredAt, accounts }, at) => {
    const times = [sent, own].filter((time) => typeof time === 'number');
    const latest = sent ?? answeredAt + DAY;
    return (
      sent !== undefined &&
      own !== undefined &&
      (at === 0 || sent !== null) &&
      times.every((time) => time <= answeredAt + DAY) &&
      (own === null || sent === null || own <= sent) &&
      accounts.every(({ createdAt }) => createdAt === null || createdAt <= latest)
    );
  });
  if (!isFine) return null;
  const all = pages.flatMap((page) => page.accounts.map(({ createdAt }) => ({ page, createdAt })));
  return all.map(({ page }, at) => {
    const created = all.slice(at).flatMap(({ createdAt }) => (createdAt === null ? [] : [createdAt]));
    const bounds = page.own == null ? created : [page.own, ...created];
    const after = bounds.length === 0 ? null : Math.max(...bounds);
    const known = page.accounts.flatMap(({ createdAt }) => createdAt ?? []);
    const newest = Math.max(page.own ?? 0, ...known);
    return [after, page.sent ?? (newest > page.answeredAt ? null : page.answeredAt)];
  });
}
