/**
 * X through SociaVault: X's own GraphQL timeline, passed through. Vendor: docs.sociavault.com, "GET
 * /v1/scrape/twitter/followers"; the profile and the followings are observed.
 */
import { profileFacts, type Account, type Cursor } from '../../model.ts';
import { z } from '../../zod.ts';
import type { Page, PageRequest, Resolved } from '../adapter.ts';
import { failure, type Result } from '../failure.ts';
import { anything, readList, readOffer, section, text } from '../fields.ts';
import type { Connection } from '../http.ts';
import { readGraphqlUser } from '../x-graphql-user.ts';
import { leadingNumber } from './cursor.ts';
import { open, refusedInside, type DataContext } from './envelope.ts';

const typenameSchema = z.object({ __typename: text });
const profileSchema = z.object({ user: anything, result: anything });
const wrappedSchema = z.object({ result: anything });

/** The places in which the profile's user object has been seen; the vendor documents none. */
function candidates(data: unknown): readonly unknown[] {
  const profile = profileSchema.safeParse(data);
  if (!profile.success) return [data];
  const { user, result } = profile.data;
  const wrapped = wrappedSchema.safeParse(user);
  return [wrapped.success ? wrapped.data.result : undefined, user, result, data];
}

/** Whether nothing stands where a profile would: no data, an empty object, or X's mark for a missing user. */
function isAbsent(data: unknown): boolean {
  if (data === null || data === undefined) return true;
  if (typeof data === 'object' && Object.keys(data).length === 0) return true;
  return candidates(data).some((value) => {
    const typed = typenameSchema.safeParse(value);
    return typed.success && typed.data.__typename === 'UserUnavailable';
  });
}

const errorSchema = z.object({ error: anything, message: text });

/** What data mean that say of themselves that they are an error: `true`, or a sentence. */
function refusal(
  data: unknown,
  { connection, ...context }: DataContext,
): Extract<Result<never>, { ok: false }> | null {
  const parsed = errorSchema.safeParse(data);
  if (!parsed.success) return null;
  const { error, message } = parsed.data;
  if (error !== true && typeof error !== 'string') return null;
  return refusedInside({ ...context, message: connection.quote(error) ?? connection.quote(message) });
}

export async function resolveOnX(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const sent = await connection.send({
    path: '/v1/scrape/twitter/profile',
    query: { handle: profile.handle },
  });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection, profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const { handle } = profile;
  const refused = refusal(data, { answer: sent.answer, charged, handle, connection });
  if (refused !== null) return refused;
  for (const candidate of candidates(data)) {
    const account = readGraphqlUser(candidate);
    if (account === null) continue;
    if (account.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
    return {
      ok: true,
      value: {
        id: account.id,
        handle: account.handle ?? profile.handle,
        facts: profileFacts(account),
        charged,
      },
    };
  }
  if (isAbsent(data)) return failure({ kind: 'no-such-profile', said: null }, { charged });
  const why = 'the profile carries no id';
  return failure({ kind: 'unreadable', status: sent.answer.status, why }, { charged });
}

const followersSchema = z.object({
  cursor: anything,
  result: section({ timeline: section({ instructions: anything }) }),
});
const cursorsSchema = z.nullish(z.object({ bottom: anything }));
const instructionSchema = z.object({ type: text, entries: anything });
/** Instructions that never carry a part of the list. */
const WITHOUT_ENTRIES = ['TimelineClearCache', 'TimelineTerminateTimeline'];
const entrySchema = z.object({
  entryId: text,
  content: section({
    entryType: text,
    itemContent: section({ user_results: section({ result: anything }) }),
  }),
});
const NO_ACCOUNT_TYPES = ['TimelineTimelineCursor', 'TimelineTimelineModule'];
const NOT_ACCOUNTS = ['cursor-', 'messageprompt-', 'module-', 'who-to-follow-'];

/** The accounts among a timeline's entries; what is meant to be one and has no id counts as unreadable. */
function readEntries(entries: readonly unknown[]): { accounts: Account[]; unreadable: number } {
  const accounts: Account[] = [];
  let unreadable = 0;
  for (const raw of entries) {
    const parsed = entrySchema.safeParse(raw);
    if (!parsed.success) {
      unreadable += 1;
      continue;
    }
    const { entryId, content } = parsed.data;
    if (NOT_ACCOUNTS.some((prefix) => entryId?.startsWith(prefix) ?? false)) continue;
    if (NO_ACCOUNT_TYPES.includes(content?.entryType ?? '')) continue;
    const result = content?.itemContent?.user_results?.result;
    if (result === undefined || result === null) {
      // An account that X no longer shows has an entry without a result.
      if (content?.itemContent?.user_results == null) unreadable += 1;
      continue;
    }
    const typename = typenameSchema.safeParse(result);
    if (typename.success && typename.data.__typename === 'UserUnavailable') continue;
    const account = readGraphqlUser(result);
    if (account === null) unreadable += 1;
    else accounts.push(account);
  }
  return { accounts, unreadable };
}

/**
 * The entries of all instructions, in order.
 * @returns `null` when there is an instruction that ought to carry some and none that does.
 */
function readInstructions(instructions: readonly unknown[]): readonly unknown[] | null {
  const entries: unknown[] = [];
  let found = false;
  let strange = false;
  for (const raw of instructions) {
    const parsed = instructionSchema.safeParse(raw);
    if (!parsed.success || parsed.data.entries === undefined) {
      strange ||= !parsed.success || !WITHOUT_ENTRIES.includes(parsed.data.type ?? '');
      continue;
    }
    const list = readList(parsed.data.entries);
    if (list === null) return null;
    found = true;
    for (const entry of list) entries.push(entry);
  }
  // As many together as one list may hold.
  return strange && !found ? null : readList(entries);
}

/**
 * The bottom cursor, `null` where it tells the end: missing, empty or at 0. `TimelineTerminateTimeline` stands beside
 * live cursors too, whatever the document says. `undefined` is a cursor that cannot be read.
 */
function readNext(cursors: unknown): Cursor | null | undefined {
  const parsed = cursorsSchema.safeParse(cursors);
  if (!parsed.success) return undefined;
  const next = readOffer(parsed.data?.bottom);
  return next != null && leadingNumber(next) === 0n ? null : next;
}

export async function fetchXPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const path = `/v1/scrape/twitter/${request.relation === 'followers' ? 'followers' : 'followings'}`;
  const query = { user_id: request.profile.id ?? undefined, cursor: request.cursor ?? undefined };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection, request.profile.handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const { status } = sent.answer;
  const unreadableAnswer = (why: string) => failure({ kind: 'unreadable', status, why }, { charged });

  const { handle } = request.profile;
  const refused = refusal(data, { answer: sent.answer, charged, handle, connection });
  if (refused !== null) return refused;
  const parsed = followersSchema.safeParse(data);
  if (!parsed.success) return unreadableAnswer('the answer has no data');
  const { result, cursor } = parsed.data;
  if (result?.timeline == null) return unreadableAnswer('the list is missing');
  const instructions = readList(result.timeline.instructions);
  if (instructions === null) return unreadableAnswer('the list is not a list');
  const entries = readInstructions(instructions);
  if (entries === null) return unreadableAnswer('a part of the list is not a list');
  const next = readNext(cursor);
  if (next === undefined) return unreadableAnswer('the cursor is none');
  const { accounts, unreadable } = readEntries(entries);
  return { ok: true, value: { accounts, unreadable, next, expected: null, charged } };
}
