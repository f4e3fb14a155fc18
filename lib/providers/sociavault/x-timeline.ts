/**
 * X's GraphQL timeline, passed through by SociaVault: instructions with entries, of which some are accounts. What is
 * no account is counted by its kind, so that a change of X's shows on its first day.
 */
import type { Account } from '../../model/account.ts';
import { z } from '../../zod.ts';
import { anything, readList, section, text } from '../fields.ts';
import { UnexpectedCounter } from '../unexpected.ts';
import { readGraphqlUser, USER_SECTIONS } from '../x-graphql-user.ts';

const typenameSchema = z.object({ __typename: text });

/** The GraphQL type that a value says it is; `null` where it says none. */
export function typeOf(value: unknown): string | null {
  const parsed = typenameSchema.safeParse(value);
  return parsed.success ? parsed.data.__typename : null;
}

const instructionSchema = z.object({ type: text, entries: anything });
/** Instructions that never carry a part of the list. */
const WITHOUT_ENTRIES = ['TimelineClearCache', 'TimelineTerminateTimeline', 'TimelineShowAlert'];
const entrySchema = z.object({
  entryId: text,
  content: section({
    __typename: text,
    entryType: text,
    itemContent: section({ __typename: text, itemType: text, user_results: anything }),
  }),
});
type Entry = z.infer<typeof entrySchema>;
const resultSchema = section({ result: anything });

const NO_ACCOUNT_TYPES = ['TimelineTimelineCursor', 'TimelineTimelineModule'];
const NOT_ACCOUNTS = ['cursor-', 'messageprompt-', 'module-', 'who-to-follow-'];
/** What entries with an account call themselves. */
const ENTRY_TYPES = ['TimelineTimelineItem', 'TimelineItem'];
const ITEM_TYPES = ['TimelineUser'];

/** The accounts of a timeline, and what else was on it. */
export interface Timeline {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected: UnexpectedCounter;
  /** Entries that stand for an account, whatever became of it. */
  readonly entries: number;
  /** Whether an instruction carried entries at all, even none. */
  readonly hasEntries: boolean;
}

function isOther({ entryId, content }: Entry): boolean {
  const type = content?.entryType ?? content?.__typename ?? '';
  return (
    NOT_ACCOUNTS.some((prefix) => entryId?.startsWith(prefix) ?? false) || NO_ACCOUNT_TYPES.includes(type)
  );
}

/** Whether an entry, its item or its user calls itself something that is not known. */
function isOfUnknownType({ content }: Entry, userType: string | null): boolean {
  const entryType = content?.entryType ?? content?.__typename ?? null;
  const itemType = content?.itemContent?.itemType ?? content?.itemContent?.__typename ?? null;
  return (
    (entryType !== null && !ENTRY_TYPES.includes(entryType)) ||
    (itemType !== null && !ITEM_TYPES.includes(itemType)) ||
    (userType !== null && userType !== 'User')
  );
}

/** Reads one entry: an account, `null` for one that is counted as something else, or `undefined` for an unreadable one. */
function readEntry(entry: Entry, unexpected: UnexpectedCounter): Account | null | undefined {
  const users = entry.content?.itemContent?.user_results;
  const result = resultSchema.parse(users)?.result ?? null;
  const userType = typeOf(result);
  if (userType === 'UserUnavailable') {
    unexpected.add('unavailable');
    return null;
  }
  if (isOfUnknownType(entry, userType)) unexpected.add('unknown-type');
  if (Array.isArray(users)) unexpected.add('list-for-object');
  if (result === null) {
    // An account that X no longer shows has an entry without a result.
    if (resultSchema.parse(users) === null) return undefined;
    unexpected.add('no-account');
    return null;
  }
  unexpected.addListsForObjects(result, USER_SECTIONS);
  return readGraphqlUser(result) ?? undefined;
}

/**
 * The entries of all instructions, in order.
 * @returns `null` when there is an instruction that ought to carry some and none that does.
 */
function readInstructions(instructions: readonly unknown[], unexpected: UnexpectedCounter) {
  const entries: unknown[] = [];
  let found = false;
  let strange = false;
  for (const raw of instructions) {
    const parsed = instructionSchema.safeParse(raw);
    if (!parsed.success || parsed.data.entries === undefined) {
      if (parsed.success && WITHOUT_ENTRIES.includes(parsed.data.type ?? '')) continue;
      strange = true;
      unexpected.add('unknown-type');
      continue;
    }
    const list = readList(parsed.data.entries);
    if (list === null) return null;
    found = true;
    for (const entry of list) entries.push(entry);
  }
  if (strange && !found) return null;
  // As many together as one list may hold.
  const list = readList(entries);
  return list === null ? null : { list, found };
}

/** The accounts among a timeline's entries; `null` where it is not read as a timeline. */
export function readTimeline(instructions: readonly unknown[]): Timeline | null {
  const unexpected = new UnexpectedCounter();
  const read = readInstructions(instructions, unexpected);
  if (read === null) return null;
  const accounts: Account[] = [];
  let unreadable = 0;
  let entries = 0;
  for (const raw of read.list) {
    const parsed = entrySchema.safeParse(raw);
    if (parsed.success && isOther(parsed.data)) continue;
    entries += 1;
    const account = parsed.success ? readEntry(parsed.data, unexpected) : undefined;
    if (account === undefined) unreadable += 1;
    else if (account !== null) accounts.push(account);
  }
  return { accounts, unreadable, unexpected, entries, hasEntries: read.found };
}
