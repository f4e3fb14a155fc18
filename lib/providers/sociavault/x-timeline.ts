/**
 * X's GraphQL timeline, forwarded by SociaVault: instructions with entries, some of which are accounts. Other entries are
 * counted by kind, so that a change by X is noticed at once.
 */
import type { Account } from '../../model/account.ts';
import { z } from '../../zod.ts';
import { anything, readList, section, text } from '../fields.ts';
import { UnexpectedCounter } from '../unexpected.ts';
import { readGraphqlUser, USER_SECTIONS } from '../x-graphql-user.ts';

const typenameSchema = z.object({ __typename: text });

/** A value's GraphQL type; `null` if it states none. */
export function typeOf(value: unknown): string | null {
  const parsed = typenameSchema.safeParse(value);
  return parsed.success ? parsed.data.__typename : null;
}

const instructionSchema = z.object({ type: text, entries: anything });
/** Instructions that never contain entries of the list. */
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

const OTHER_ENTRY_TYPES = ['TimelineTimelineCursor', 'TimelineTimelineModule'];
const OTHER_ID_PREFIXES = ['cursor-', 'messageprompt-', 'module-', 'who-to-follow-'];
/** The types of entries with an account. */
const ENTRY_TYPES = ['TimelineTimelineItem', 'TimelineItem'];
const ITEM_TYPES = ['TimelineUser'];

export interface Timeline {
  readonly accounts: readonly Account[];
  readonly unreadable: number;
  readonly unexpected: UnexpectedCounter;
  /** The number of entries for accounts, including unreadable and unavailable ones. */
  readonly entries: number;
  /** Whether any instruction had a list of entries, even an empty one. */
  readonly hasEntries: boolean;
}

function isOther({ entryId, content }: Entry): boolean {
  const type = content?.entryType ?? content?.__typename ?? '';
  return (
    OTHER_ID_PREFIXES.some((prefix) => entryId?.startsWith(prefix) ?? false) ||
    OTHER_ENTRY_TYPES.includes(type)
  );
}

/** Whether an entry, its item, or its user has an unknown type. */
function isOfUnknownType({ content }: Entry, userType: string | null): boolean {
  const entryType = content?.entryType ?? content?.__typename ?? null;
  const itemType = content?.itemContent?.itemType ?? content?.itemContent?.__typename ?? null;
  return (
    (entryType !== null && !ENTRY_TYPES.includes(entryType)) ||
    (itemType !== null && !ITEM_TYPES.includes(itemType)) ||
    (userType !== null && userType !== 'User')
  );
}

/** The account of an entry; `null` if it is counted as unexpected instead, `undefined` if it is unreadable. */
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
    // The entry of an account that X no longer shows has no result.
    if (resultSchema.parse(users) === null) return undefined;
    unexpected.add('no-account');
    return null;
  }
  unexpected.addListsForObjects(result, USER_SECTIONS);
  return readGraphqlUser(result) ?? undefined;
}

/**
 * The entries of all instructions, in order.
 * @returns `null` if an instruction should have entries and none has
 */
function readInstructions(instructions: readonly unknown[], unexpected: UnexpectedCounter) {
  const entries: unknown[] = [];
  let found = false;
  let hasUnknown = false;
  for (const raw of instructions) {
    const parsed = instructionSchema.safeParse(raw);
    if (!parsed.success || parsed.data.entries === undefined) {
      if (parsed.success && WITHOUT_ENTRIES.includes(parsed.data.type ?? '')) continue;
      hasUnknown = true;
      unexpected.add('unknown-type');
      continue;
    }
    const list = readList(parsed.data.entries);
    if (list === null) return null;
    found = true;
    for (const entry of list) entries.push(entry);
  }
  if (hasUnknown && !found) return null;
  // Applies the size limit of a list to all entries together.
  const list = readList(entries);
  return list === null ? null : { list, found };
}

/** The accounts of a timeline; `null` if it isn't readable as a timeline. */
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
