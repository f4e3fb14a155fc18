/**
 * A provider that does not exist, as docs/adding-a-provider.md builds it: it is asked by POST, continues by two values
 * at once, and bills every account it returns. It is here to prove that the adapter interface carries such a provider.
 */
import { providerIdSchema, type Account, type Cursor, type Profile } from '../../../lib/model.ts';
import type {
  Adapter,
  Page,
  PageRequest,
  ProviderTrouble,
  Resolved,
  Result,
} from '../../../lib/providers/adapter.ts';
import {
  anything,
  count,
  flag,
  nonEmpty,
  readCursor,
  readId,
  readList,
  section,
  text,
} from '../../../lib/providers/fields.ts';
import { failure, type Answer, type Connection } from '../../../lib/providers/http.ts';
import { retryAfter } from '../../../lib/providers/retry-after.ts';
import { z } from '../../../lib/zod.ts';

/** Micro-dollars. */
const PER_ACCOUNT = 2_000;

const personSchema = z.object({
  id: anything,
  login: text,
  title: text,
  about: text,
  fans: count,
  idols: count,
  closed: flag,
});

function readPerson(value: unknown): Account | null {
  const parsed = personSchema.safeParse(value);
  const id = parsed.success ? readId(parsed.data.id) : null;
  if (!parsed.success || id === null) return null;
  const person = parsed.data;
  return {
    id,
    handle: nonEmpty(person.login),
    name: person.title,
    bio: person.about,
    followers: person.fans,
    following: person.idols,
    private: person.closed,
    location: null,
    website: null,
    posts: null,
    likes: null,
    listed: null,
    verified: null,
    verifiedType: null,
    createdAt: null,
    language: null,
    region: null,
    avatarUrl: null,
    unavailable: null,
  };
}

const positionSchema = z.tuple([z.int(), z.string()]);
type Position = z.infer<typeof positionSchema>;

/** The provider continues before a time and, within it, after a tie-breaker; a cursor of ours carries both. */
function toCursor(position: Position): Cursor | null {
  return readCursor(JSON.stringify(position));
}

function fromCursor(cursor: Cursor): Position {
  return positionSchema.parse(JSON.parse(cursor));
}

const errorSchema = z.object({ problem: text });

/** What an answer means that is not a 200. The provider bills only what it delivers. */
function refusal(answer: Answer, connection: Connection): ReturnType<typeof failure> {
  const { status } = answer;
  const parsed = errorSchema.safeParse(answer.json);
  const said = connection.quote(parsed.success ? parsed.data.problem : null);
  const troubles: Readonly<Record<number, ProviderTrouble>> = {
    401: { kind: 'bad-key', said },
    402: { kind: 'no-credit', required: null, available: null, said },
    404: { kind: 'no-such-profile', said },
    429: { kind: 'too-fast', said },
  };
  const other = status >= 500 ? 'provider-broken' : 'refused-request';
  const trouble = troubles[status] ?? { kind: other, status, said };
  const retryable = trouble.kind === 'too-fast' || trouble.kind === 'provider-broken';
  return failure(trouble, { charged: 0, retryable, retryAfter: retryAfter(answer) });
}

const accountSchema = z.object({ person: anything });

async function resolve(profile: Profile, connection: Connection): Promise<Result<Resolved>> {
  const sent = await connection.send({ method: 'POST', path: '/v3/person', body: { login: profile.handle } });
  if (!sent.ok) return sent;
  if (sent.answer.status !== 200) return refusal(sent.answer, connection);
  const parsed = accountSchema.safeParse(sent.answer.json);
  const account = parsed.success ? readPerson(parsed.data.person) : null;
  if (account === null)
    return failure({ kind: 'unreadable', status: 200, why: 'no person' }, { charged: PER_ACCOUNT });
  const { id, handle } = account;
  return { ok: true, value: { id, handle: handle ?? profile.handle, facts: account, charged: PER_ACCOUNT } };
}

const listSchema = z.object({
  people: anything,
  continue: section({ before: z.int(), tie: z.string() }),
  billed: count,
});

async function fetchPage(
  { profile, relation, cursor, limit }: PageRequest,
  connection: Connection,
): Promise<Result<Page>> {
  const [before, tie] = cursor === null ? [] : fromCursor(cursor);
  const body = {
    person: profile.id,
    list: relation === 'followers' ? 'fans' : 'idols',
    take: limit,
    before,
    tie,
  };
  const sent = await connection.send({ method: 'POST', path: '/v3/list', body });
  if (!sent.ok) return sent;
  if (sent.answer.status !== 200) return refusal(sent.answer, connection);
  const parsed = listSchema.safeParse(sent.answer.json);
  const people = parsed.success && parsed.data.people !== undefined ? readList(parsed.data.people) : null;
  if (!parsed.success || people === null) {
    return failure({ kind: 'unreadable', status: 200, why: 'the list is missing' }, { charged: null });
  }
  const accounts = people.map(readPerson).filter((account) => account !== null);
  const { continue: position, billed } = parsed.data;
  return {
    ok: true,
    value: {
      accounts,
      unreadable: people.length - accounts.length,
      next: position === null ? null : toCursor([position.before, position.tie]),
      expected: null,
      charged: (billed ?? people.length) * PER_ACCOUNT,
    },
  };
}

export const fictional: Adapter = {
  id: providerIdSchema.parse('fictional'),
  name: 'Fictional',
  origin: 'https://api.fictional.example',
  key: {
    header: (key) => ['Authorization', `Token ${key}`],
    clean: (pasted) => pasted.trim().replace(/^Token\s+/i, ''),
    prefix: 'fic_',
    placeholder: 'fic_…',
    url: 'https://fictional.example/keys',
  },
  price: { unit: 'usd', perRequest: 0, perRow: PER_ACCOUNT, resolve: PER_ACCOUNT, perFill: 0 },
  topUpUrl: 'https://fictional.example/billing',
  fillSize: 0,
  supports: (platform) => platform === 'x',
  pages: () => ({ most: 50, adjustable: true, seconds: 1, withoutNewUntilStalled: 3 }),
  resolve,
  fetchPage,
  fillIn: () => Promise.reject(new Error('Fictional pages are whole.')),
  async checkKey(connection) {
    const sent = await connection.send({ path: '/v3/me' });
    if (!sent.ok) return sent;
    return sent.answer.status === 200
      ? { ok: true, value: { balance: null } }
      : refusal(sent.answer, connection);
  },
  advances(previous, next) {
    if (previous === null) return true;
    const [beforeTime, beforeTie] = fromCursor(previous);
    const [time, tie] = fromCursor(next);
    return time < beforeTime || (time === beforeTime && tie > beforeTie);
  },
};
