/** Lists whose cursors state times, as a platform would serve them. */
import fc from 'fast-check';
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, providerIdSchema, type Cursor } from '../../../lib/model/ids.ts';
import type { PlainPage } from './plain-follow-times.ts';
import { writtenList, type WrittenList } from './stored-lists.ts';

export const X_V11 = providerIdSchema.parse('x-v1.1');
const DAY = 86_400_000;
export const ANSWERED = Date.UTC(2026, 5, 1);

export function account(index: number, createdAt: number | null): Account {
  return {
    ...unknownAccount(accountIdSchema.parse(String(index + 1))),
    handle: `h${String(index)}`,
    createdAt,
  };
}

/** A position of X at a time; its random bits don't matter. */
export function positionAt(time: number): Cursor {
  return cursorSchema.parse(String((BigInt(time) << 20n) | 0xabcden));
}

export function cursorOf(time: number | null | undefined): Cursor | null {
  if (time === undefined) return cursorSchema.parse('not-a-position');
  return time === null ? null : positionAt(time);
}

/** A stored list of these pages. */
export async function listWithTimes(pages: readonly PlainPage[]): Promise<WrittenList> {
  const list = await writtenList(X_V11);
  let index = 0;
  for (const { sent, own, answeredAt, accounts } of pages) {
    const rows = accounts.map(({ createdAt }) => account(index++, createdAt));
    await list.addPage(rows, false, { cursor: cursorOf(sent), next: cursorOf(own), receivedAt: answeredAt });
  }
  return list;
}

/** A list as a platform would serve it: the time of each follow, and when its account was created. */
export const trueFollows = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 3 * DAY }),
      age: fc.option(fc.integer({ min: 0, max: 900 * DAY }), { nil: null, freq: 4 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) => {
    let time = ANSWERED;
    return all.map(({ gap, age }) => {
      time -= gap;
      return { time, createdAt: age === null ? null : time - age };
    });
  });

/** The pages in which a platform would serve them. */
export function pagesOf(
  follows: readonly { readonly time: number; readonly createdAt: number | null }[],
  size: number,
) {
  const pages: PlainPage[] = [];
  for (let from = 0; from < follows.length; from += size) {
    const accounts = follows.slice(from, from + size);
    const isLast = from + size >= follows.length;
    pages.push({
      sent: pages.at(-1)?.own ?? null,
      own: isLast ? null : (accounts.at(-1)?.time ?? null),
      answeredAt: ANSWERED + pages.length * 1000,
      accounts,
    });
  }
  return pages;
}
