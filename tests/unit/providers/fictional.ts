/**
 * A provider that does not exist, for docs/adding-a-provider.md: it uses POST, two cursors at once, and bills every
 * account. It proves that the adapter interface supports such a provider.
 */
import { unknownAccount, type Account } from '../../../lib/model/account.ts';
import { cursorSchema, providerIdSchema, type Cursor } from '../../../lib/model/ids.ts';
import { profileFacts, type Profile } from '../../../lib/model/profile.ts';
import { defineAdapter, type Page, type PageRequest, type Resolved } from '../../../lib/providers/adapter.ts';
import { failedResponse } from '../../../lib/providers/error-response.ts';
import { failure, type Result } from '../../../lib/providers/failure.ts';
import * as f from '../../../lib/providers/fields.ts';
import type { ReceivedResponse, Connection } from '../../../lib/providers/http.ts';
import { z } from '../../../lib/zod.ts';

/** Micro-dollars. */
const PER_ACCOUNT = 2_000;

const personSchema = z.object({ id: f.anything, nick: f.text, title: f.text, fans: f.count, idols: f.count });

function readPerson(value: unknown): Account | null {
  const parsed = personSchema.safeParse(value);
  const id = parsed.success ? f.readId(parsed.data.id) : null;
  if (!parsed.success || id === null) return null;
  const { nick, title, fans, idols } = parsed.data;
  return {
    ...unknownAccount(id),
    handle: f.nonEmpty(nick),
    name: title,
    followers: fans,
    following: idols,
  };
}

/** The provider continues before a time and, within it, after a tie-breaker; our cursor carries both. */
const placeSchema = z.tuple([z.int(), z.string()]);

function placeOf(cursor: Cursor): z.infer<typeof placeSchema> {
  return placeSchema.parse(JSON.parse(cursor));
}

const problemSchema = z.object({ problem: f.text });

/** The failure that a response without data stands for. The provider bills only what it delivers. */
function rejection(response: ReceivedResponse, connection: Connection) {
  const parsed = problemSchema.safeParse(response.json);
  const message = connection.quote(parsed.success ? parsed.data.problem : null);
  // Without the provider's own error in it, the response may come from anywhere.
  const envelope = message === null ? null : { message, meaning: null, stated: null };
  return failedResponse(response, envelope);
}

const foundSchema = z.object({ person: f.anything });
const listSchema = z.object({
  people: f.anything,
  // Strict: what can't be parsed must not pass for the end of the list.
  continue: z.nullable(z.object({ before: z.int(), tie: z.string().check(z.maxLength(64)) })),
  billed: f.count,
});

async function resolve({ handle }: Profile, connection: Connection): Promise<Result<Resolved>> {
  const sent = await connection.send({ method: 'POST', path: '/v3/person', body: { nick: handle } });
  if (!sent.ok) return sent;
  if (sent.response.status !== 200) return rejection(sent.response, connection);
  const parsed = foundSchema.safeParse(sent.response.json);
  const person = parsed.success ? readPerson(parsed.data.person) : null;
  const charged = PER_ACCOUNT;
  if (person === null) return failure({ kind: 'unreadable', status: 200, why: 'no person' }, { charged });
  return {
    ok: true,
    value: { id: person.id, handle: person.handle ?? handle, facts: profileFacts(person), charged },
  };
}

async function fetchPage(
  { profile, relation, cursor, limit: take }: PageRequest,
  connection: Connection,
): Promise<Result<Page>> {
  const [before, tie] = cursor === null ? [] : placeOf(cursor);
  const body = { person: profile.id, list: relation === 'followers' ? 'fans' : 'idols', take, before, tie };
  const sent = await connection.send({ method: 'POST', path: '/v3/list', body });
  if (!sent.ok) return sent;
  if (sent.response.status !== 200) return rejection(sent.response, connection);
  const parsed = listSchema.safeParse(sent.response.json);
  const people = parsed.success && parsed.data.people !== undefined ? f.readList(parsed.data.people) : null;
  if (!parsed.success || people === null) {
    return failure({ kind: 'unreadable', status: 200, why: 'no list' }, { charged: null });
  }
  const { continue: place, billed } = parsed.data;
  const accounts = people.map(readPerson).filter((person) => person !== null);
  const next = place === null ? null : cursorSchema.parse(JSON.stringify([place.before, place.tie]));
  const charged = (billed ?? people.length) * PER_ACCOUNT;
  return {
    ok: true,
    value: { accounts, unreadable: people.length - accounts.length, next, expected: null, charged },
  };
}

export const fictional = defineAdapter({
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
  note: null,
  documentation: { month: '2026-11', confirmed: false },
  lacks: ['follow-times'],
  topUpUrl: 'https://fictional.example/billing',
  platforms: {
    x: {
      relations: ['followers', 'following'],
      pages: { most: 50, adjustable: true, seconds: 1, withoutNewUntilStalled: 3 },
      resolve,
      fetchPage,
    },
    tiktok: null,
  },
  listsBy: 'id',

  async checkKey(connection) {
    const sent = await connection.send({ path: '/v3/me' });
    if (!sent.ok) return sent;
    return sent.response.status === 200
      ? { ok: true, value: { balance: null } }
      : rejection(sent.response, connection);
  },

  advances(previous, next) {
    if (previous === null) return true;
    const [before, tie] = placeOf(next);
    const [beforePrevious, tiePrevious] = placeOf(previous);
    return before < beforePrevious || (before === beforePrevious && tie > tiePrevious);
  },

  // Its cursors are places in a list, not times.
  followTime: () => null,

  fillSize: 0,
  fillIn: () => Promise.reject(new Error('Fictional pages contain complete accounts.')),
});
