/**
 * SociaVault: X followers by its scraping API. Vendor: docs.sociavault.com, "GET /v1/scrape/twitter/followers".
 * Every request costs 1 credit; the answer's `credits_used` is the provider's own figure and wins.
 */
import { providerIdSchema, type Account, type Cursor } from '../model.ts';
import { z } from '../zod.ts';
import type { Adapter, Page, PageRequest, ProviderTrouble, Resolved, Result } from './adapter.ts';
import { anything, count, flag, nonEmpty, readCursor, readList, section, text } from './fields.ts';
import { failure, type Answer, type Connection } from './http.ts';
import { retryAfter } from './retry-after.ts';
import { profileFacts, readGraphqlUser } from './x-graphql-user.ts';

const CREDITS = 1;

const envelopeSchema = z.object({
  success: flag,
  data: anything,
  credits_used: count,
  error: anything,
  message: text,
  required: count,
  available: count,
});

function troubleOfWords(said: string): ProviderTrouble | null {
  const quoted = { said };
  if (/credit/i.test(said)) return { kind: 'no-credit', required: null, available: null, ...quoted };
  if (/not found|no such|does(?: not|n't) exist|suspended/i.test(said)) return { kind: 'no-such-profile', ...quoted };
  if (/private|protected/i.test(said)) return { kind: 'private-profile', ...quoted };
  if (/hidden/i.test(said)) return { kind: 'hidden-list', ...quoted };
  return null;
}

/** The data of a good answer with what it cost, or what the answer means instead. */
function open(answer: Answer, connection: Connection): Result<{ data: unknown; charged: number }> {
  const { status } = answer;
  const parsed = envelopeSchema.safeParse(answer.json);
  const envelope = parsed.success ? parsed.data : null;
  const said = connection.quote(envelope?.error) ?? connection.quote(envelope?.message);
  const free = { charged: 0 };
  if (status === 401) return failure({ kind: 'bad-key', said }, free);
  if (status === 402 || (status === 403 && /credit/i.test(said ?? ''))) {
    const { required = null, available = null } = envelope ?? {};
    return failure({ kind: 'no-credit', required, available, said }, free);
  }
  if (status === 403) return failure({ kind: 'not-allowed', said }, free);
  if (status === 404) return failure({ kind: 'no-such-profile', said }, free);
  if (status === 429) {
    return failure({ kind: 'too-fast', said }, { ...free, retryable: true, retryAfter: retryAfter(answer) });
  }
  if (status >= 500) {
    const trouble = { kind: 'provider-broken', status, said } as const;
    return failure(trouble, { ...free, retryable: true, retryAfter: retryAfter(answer) });
  }
  if (status !== 200) return failure({ kind: 'refused-request', status, said }, free);
  if (envelope === null) {
    return failure({ kind: 'unreadable', status, why: 'the answer is not a JSON object' }, { charged: null });
  }
  const charged = envelope.credits_used ?? CREDITS;
  if (envelope.success === false) {
    const trouble = troubleOfWords(said ?? '') ?? ({ kind: 'provider-broken', status, said } as const);
    return failure(trouble, {
      charged: envelope.credits_used ?? 0,
      retryable: trouble.kind === 'provider-broken',
    });
  }
  return { ok: true, value: { data: envelope.data, charged } };
}

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

async function resolve(profile: { readonly handle: string }, connection: Connection): Promise<Result<Resolved>> {
  const sent = await connection.send({ path: '/v1/scrape/twitter/profile', query: { handle: profile.handle } });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  for (const candidate of candidates(data)) {
    const account = readGraphqlUser(candidate);
    if (account === null) continue;
    if (account.private === true) return failure({ kind: 'private-profile', said: null }, { charged });
    return {
      ok: true,
      value: { id: account.id, handle: account.handle ?? profile.handle, facts: profileFacts(account), charged },
    };
  }
  if (isAbsent(data)) return failure({ kind: 'no-such-profile', said: null }, { charged });
  const why = 'the profile carries no id';
  return failure({ kind: 'unreadable', status: sent.answer.status, why }, { charged });
}

const followersSchema = z.object({
  error: anything,
  message: text,
  cursor: section({ bottom: anything }),
  result: section({ timeline: section({ instructions: anything }) }),
});
const instructionSchema = z.object({ entries: anything });
const entrySchema = z.object({
  entryId: text,
  content: section({
    itemContent: section({ user_results: section({ result: anything }) }),
  }),
});
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

/** A follower cursor is `P|S`; P falls from page to page and is 0 on the last. */
function position(cursor: string): bigint | null {
  const [head = ''] = cursor.split('|');
  return /^-?\d{1,20}$/.test(head) ? BigInt(head) : null;
}

async function fetchPage(request: PageRequest, connection: Connection): Promise<Result<Page>> {
  const path = `/v1/scrape/twitter/${request.relation === 'followers' ? 'followers' : 'followings'}`;
  const query = { user_id: request.profile.id ?? undefined, cursor: request.cursor ?? undefined };
  const sent = await connection.send({ path, query });
  if (!sent.ok) return sent;
  const opened = open(sent.answer, connection);
  if (!opened.ok) return opened;
  const { data, charged } = opened.value;
  const unreadableAnswer = (why: string) =>
    failure({ kind: 'unreadable', status: sent.answer.status, why }, { charged });

  const parsed = followersSchema.safeParse(data);
  if (!parsed.success) return unreadableAnswer('the answer has no data');
  const { result, cursor } = parsed.data;
  const said = connection.quote(parsed.data.error) ?? connection.quote(parsed.data.message);
  if (parsed.data.error === true || typeof parsed.data.error === 'string') {
    const trouble = troubleOfWords(said ?? '');
    return failure(trouble ?? { kind: 'provider-broken', status: sent.answer.status, said }, {
      charged,
      retryable: trouble === null,
    });
  }
  if (result?.timeline == null) return unreadableAnswer('the list is missing');
  const instructions = readList(result.timeline.instructions);
  if (instructions === null) return unreadableAnswer('the list is not a list');

  const accounts: Account[] = [];
  let unreadable = 0;
  for (const raw of instructions) {
    const instruction = instructionSchema.safeParse(raw);
    const entries = instruction.success ? readList(instruction.data.entries) : null;
    if (entries === null) return unreadableAnswer('a part of the list is not a list');
    const read = readEntries(entries);
    accounts.push(...read.accounts);
    unreadable += read.unreadable;
  }
  const next = readCursor(nonEmpty(typeof cursor?.bottom === 'string' ? cursor.bottom : null));
  const ends = next === null || position(next) === 0n;
  return { ok: true, value: { accounts, unreadable, next: ends ? null : next, expected: null, charged } };
}

const creditsSchema = z.object({ credits: count });

/** SociaVault, `https://api.sociavault.com`. */
export const sociavault: Adapter = {
  id: providerIdSchema.parse('sociavault'),
  name: 'SociaVault',
  origin: 'https://api.sociavault.com',
  key: {
    header: (key) => ['X-API-Key', key],
    clean: (pasted) => pasted.trim(),
    prefix: 'sk_live_',
    placeholder: 'sk_live_…',
    url: 'https://sociavault.com/dashboard',
  },
  price: { unit: 'credits', perRequest: CREDITS, perRow: 0, resolve: CREDITS, perFill: 0 },
  pageSize: { most: 70, adjustable: false },
  secondsPerPage: 1.25,
  pagesWithoutNewUntilStalled: 3,
  topUpUrl: 'https://sociavault.com/dashboard',
  fillSize: 0,
  supports: (platform) => platform === 'x',
  resolve,
  fetchPage,
  fillIn: () => Promise.reject(new Error('SociaVault pages are whole.')),

  /** `/v1/credits` answers without an envelope, for nothing. */
  async checkKey(connection) {
    const sent = await connection.send({ path: '/v1/credits' });
    if (!sent.ok) return sent;
    if (sent.answer.status !== 200) {
      const opened = open(sent.answer, connection);
      if (!opened.ok) return opened;
    }
    const parsed = creditsSchema.safeParse(sent.answer.json);
    return parsed.success
      ? { ok: true, value: { balance: parsed.data.credits } }
      : failure({ kind: 'unreadable', status: sent.answer.status, why: 'no balance in the answer' }, { charged: 0 });
  },

  advances(previous: Cursor | null, next: Cursor): boolean {
    if (previous === null) return true;
    const [before, after] = [position(previous), position(next)];
    return before === null || after === null ? previous !== next : after < before;
  },
};
