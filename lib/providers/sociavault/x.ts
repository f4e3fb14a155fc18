/**
 * X lists from SociaVault: X's own GraphQL timeline, forwarded. Source: docs.sociavault.com, "GET
 * /v1/scrape/twitter/followers"; the profile and following were observed.
 */
import type { Account } from '../../model/account.ts';
import type { Cursor } from '../../model/ids.ts';
import { profileFacts } from '../../model/profile.ts';
import { z } from '../../zod.ts';
import type { Page, PageRequest, Resolved } from '../adapter.ts';
import { failure, type Result } from '../failure.ts';
import { anything, readList, readOffer, section, text } from '../fields.ts';
import type { Connection } from '../http.ts';
import { readGraphqlUser } from '../x-graphql-user.ts';
import { leadingNumber } from './cursor.ts';
import { open, type DataContext } from './envelope.ts';
import { isAboutProfile, refusalOfData, refusalOfErrors } from './x-refusal.ts';
import { readTimeline, typeOf, type Timeline } from './x-timeline.ts';

const wrapperSchema = z.object({ user: anything, result: anything, data: anything });

/** Where the profile's user object was observed, innermost first. The vendor doesn't document it. */
function candidates(data: unknown): readonly unknown[] {
  const parsed = wrapperSchema.safeParse(data);
  if (!parsed.success) return [data];
  const { data: inner } = parsed.data;
  const wrapped = wrapperSchema.safeParse(inner);
  return [...(wrapped.success ? within(wrapped.data) : []), inner, ...within(parsed.data), data];
}

function within({ user, result }: z.infer<typeof wrapperSchema>): readonly unknown[] {
  const wrapped = wrapperSchema.safeParse(user);
  return [wrapped.success ? wrapped.data.result : undefined, user, result];
}

const unavailableSchema = z.object({
  reason: text,
  unavailable_reason: text,
  message: text,
  unavailable_message: section({ text }),
});

/** X's reason for not showing a user; `null` if it isn't a `UserUnavailable`. */
function unavailability(data: unknown): { readonly suspended: boolean } | null {
  const unavailable = candidates(data).find((value) => typeOf(value) === 'UserUnavailable');
  if (unavailable === undefined) return null;
  const parsed = unavailableSchema.safeParse(unavailable);
  if (!parsed.success) return { suspended: false };
  const { reason, unavailable_reason, message, unavailable_message } = parsed.data;
  const texts = [reason, unavailable_reason, message, unavailable_message?.text];
  return { suspended: texts.some((value) => /\bsuspended\b/i.test(value ?? '')) };
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

/** How deeply the wrappers around a user object were observed to be nested. */
const MAX_DEPTH = 3;

/** Whether there is no profile: only `null`, an empty object, or wrappers around these. */
function isAbsent(data: unknown, depth = 0): boolean {
  if (isNothing(data)) return true;
  const parsed = wrapperSchema.safeParse(data);
  if (!parsed.success || depth > MAX_DEPTH) return false;
  const inner = [parsed.data.user, parsed.data.result, parsed.data.data].filter(
    (value) => value !== undefined,
  );
  return inner.length > 0 && inner.every((value) => isAbsent(value, depth + 1));
}

function resolvedFrom(account: Account, requested: string, charged: number): Result<Resolved> {
  if (account.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
  const { id, handle } = account;
  return { ok: true, value: { id, handle: handle ?? requested, facts: profileFacts(account), charged } };
}

/** Reads a profile. An error about the profile takes precedence over an ID. */
function readProfile(data: unknown, context: DataContext): Result<Resolved> {
  const { charged, handle } = context;
  const refused = refusalOfData(data, context);
  if (refused !== null) return refused;
  const errors = refusalOfErrors(data, context);
  if (errors !== null && isAboutProfile(errors)) return errors;
  const unavailable = unavailability(data);
  if (unavailable !== null) {
    const suspended = unavailable.suspended ? { suspended: true } : {};
    return failure({ kind: 'no-such-profile', said: null, ...suspended }, { charged });
  }
  const account = candidates(data)
    .map(readGraphqlUser)
    .find((read) => read !== null);
  if (account !== undefined) return resolvedFrom(account, handle, charged);
  if (errors !== null) return errors;
  if (isAbsent(data)) return failure({ kind: 'no-such-profile', said: null }, { charged });
  const why = 'the profile has no ID';
  return failure({ kind: 'unreadable', status: context.response.status, why }, { charged });
}

export async function resolveOnX(
  profile: { readonly handle: string },
  connection: Connection,
): Promise<Result<Resolved>> {
  const { handle } = profile;
  const sent = await connection.send({ path: '/v1/scrape/twitter/profile', query: { handle } });
  if (!sent.ok) return sent;
  const { response } = sent;
  const opened = open(response, connection, handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  return readProfile(data, { response, charged, handle, connection });
}

const listSchema = z.object({
  cursor: anything,
  result: section({ timeline: section({ instructions: anything }) }),
});
const cursorsSchema = z.nullable(z.object({ bottom: anything }));

/**
 * The next cursor: the bottom one; `end` if it marks the end, `absent` if there is none, `invalid` if it isn't readable.
 * `TimelineTerminateTimeline` is ignored: despite the documentation, it is also sent with cursors that continue.
 */
function readNext(cursors: unknown): { readonly cursor: Cursor } | 'end' | 'absent' | 'invalid' {
  if (cursors === undefined) return 'absent';
  const parsed = cursorsSchema.safeParse(cursors);
  if (!parsed.success) return 'invalid';
  if (parsed.data === null) return 'end';
  if (parsed.data.bottom === undefined) return 'absent';
  const next = readOffer(parsed.data.bottom);
  if (next === undefined) return 'invalid';
  return next === null || leadingNumber(next) === 0n ? 'end' : { cursor: next };
}

/** Why a page without a next cursor is not the end of the list; `null` if it is the end. */
function whyNotEnd(next: 'end' | 'absent', timeline: Timeline, isFirst: boolean): string | null {
  // A list that is empty from the start may have no cursor.
  if (next === 'absent' && !(isFirst && timeline.entries === 0))
    return 'the response does not state whether the list continues';
  // After the first page, a list without entries is incomplete.
  return timeline.hasEntries || isFirst ? null : 'the list is missing';
}

function readPage(request: PageRequest, data: unknown, context: DataContext): Result<Page> {
  const { charged, response } = context;
  const unreadable = (why: string) =>
    failure({ kind: 'unreadable', status: response.status, why }, { charged });
  const refused = refusalOfData(data, context);
  if (refused !== null) return refused;
  const errors = refusalOfErrors(data, context);
  const parsed = listSchema.safeParse(data);
  if (!parsed.success) return errors ?? unreadable('the response has no data');
  const value = parsed.data.result?.timeline?.instructions;
  const instructions = value === undefined ? null : readList(value);
  if (instructions === null) return errors ?? unreadable('the list is missing or is not a list');
  const timeline = readTimeline(instructions);
  if (timeline === null) return errors ?? unreadable('a part of the list is not a list');
  // If there are entries, errors are about single accounts.
  if (errors !== null && timeline.entries === 0) return errors;
  const next = readNext(parsed.data.cursor);
  if (next === 'invalid') return unreadable('the cursor is invalid');
  if (typeof next === 'string') {
    const why = whyNotEnd(next, timeline, request.cursor === null);
    if (why !== null) return unreadable(why);
  }
  return {
    ok: true,
    value: {
      accounts: timeline.accounts,
      unreadable: timeline.unreadable,
      ...timeline.unexpected.counted,
      next: typeof next === 'string' ? null : next.cursor,
      expected: null,
      charged,
    },
  };
}

export async function fetchXPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const { profile, relation, cursor } = request;
  const path = `/v1/scrape/twitter/${relation === 'followers' ? 'followers' : 'followings'}`;
  const query = { user_id: profile.id ?? undefined, cursor: cursor ?? undefined };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const { response } = sent;
  const { handle } = profile;
  const opened = open(response, connection, handle);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  return readPage(request, data, { response, charged, handle, connection });
}
