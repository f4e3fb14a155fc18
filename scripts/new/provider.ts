import { PLATFORMS } from '../../lib/model/platform.ts';
import { camelCase, titleOf } from './names.ts';
import type { Skeleton } from './skeletons.ts';

const lookup = (name: string, title: string): string => `
/** ${title}, \`https://api.${name}.example\`. TODO: the address of its documentation. */
import { unknownAccount, type Account } from '../model/account.ts';
import { cursorSchema, providerIdSchema } from '../model/ids.ts';
import { RELATIONS } from '../model/platform.ts';
import { profileFacts, type Profile } from '../model/profile.ts';
import { z } from '../zod.ts';
import { defineAdapter, type Page, type PageRequest, type Resolved } from './adapter.ts';
import { failedResponse } from './error-response.ts';
import { failure, type Result } from './failure.ts';
import * as f from './fields.ts';
import type { ReceivedResponse, Connection } from './http.ts';

/** The price of a request, in credits. TODO */
const REQUEST = 1;

// TODO: the fields of an account.
const userSchema = z.object({ id: f.anything, username: f.text, name: f.text, followers: f.count });

function readUser(value: unknown): Account | null {
  const parsed = userSchema.safeParse(value);
  const id = parsed.success ? f.readId(parsed.data.id) : null;
  if (!parsed.success || id === null) return null;
  const { username, name, followers } = parsed.data;
  return { ...unknownAccount(id), handle: f.nonEmpty(username), name, followers };
}

// TODO: the provider's own errors, and what their codes mean.
const errorSchema = z.object({ error: z.string() });

function rejection(response: ReceivedResponse, connection: Connection) {
  const parsed = errorSchema.safeParse(response.json);
  const message = connection.quote(parsed.success ? parsed.data.error : null);
  // Without the provider's own error, the response may be from another server.
  return failedResponse(response, message === null ? null : { message, meaning: null, stated: null });
}

async function resolve({ handle }: Profile, connection: Connection): Promise<Result<Resolved>> {
  const sent = await connection.send({ path: '/v1/user', query: { username: handle } });
  if (!sent.ok) return sent;
  if (sent.response.status !== 200) return rejection(sent.response, connection);
  const user = readUser(sent.response.json);
  if (user === null)
    return failure({ kind: 'unreadable', status: 200, why: 'no user' }, { charged: REQUEST });
  return {
    ok: true,
    value: { id: user.id, handle: user.handle ?? handle, facts: profileFacts(user), charged: REQUEST },
  };
}

`;

const pages = (): string => `
const listSchema = z.object({
  users: z.array(z.unknown()),
  // Required: a missing cursor is not the end of the list.
  next: z.nullable(z.string()),
});

async function fetchPage(
  { profile, relation, cursor }: PageRequest,
  connection: Connection,
): Promise<Result<Page>> {
  const query = { id: profile.id ?? undefined, cursor: cursor ?? undefined };
  const sent = await connection.send({ path: \`/v1/\${relation}\`, query });
  if (!sent.ok) return sent;
  if (sent.response.status !== 200) return rejection(sent.response, connection);
  const parsed = listSchema.safeParse(sent.response.json);
  const next = parsed.success && parsed.data.next !== null ? cursorSchema.safeParse(parsed.data.next) : null;
  if (!parsed.success || next?.success === false)
    return failure({ kind: 'unreadable', status: 200, why: 'no list' }, { charged: null });
  const { users } = parsed.data;
  const accounts = users.map(readUser).filter((user) => user !== null);
  return {
    ok: true,
    value: {
      accounts,
      unreadable: users.length - accounts.length,
      next: next?.data ?? null,
      expected: null,
      charged: REQUEST,
    },
  };
}

`;

const adapter = (name: string, title: string): string => `
export const ${camelCase(name)} = defineAdapter({
  id: providerIdSchema.parse('${name}'),
  name: '${title}',
  origin: 'https://api.${name}.example',
  key: {
    header: (key) => ['Authorization', \`Bearer \${key}\`],
    clean: (pasted) => pasted.trim().replace(/^Bearer\\s+/i, ''),
    prefix: null,
    placeholder: '',
    url: 'https://${name}.example/keys',
  },
  price: { unit: 'credits', perRequest: REQUEST, perRow: 0, resolve: REQUEST, perFill: 0 },
  note: null,
  // TODO: the month of the documentation, and confirmed: true once a real key has shown that it is right.
  documentation: { month: null, confirmed: false },
  lacks: [],
  topUpUrl: null,
  platforms: {
    // TODO: what it offers on each platform.
    x: {
      relations: RELATIONS,
      pages: { most: 100, adjustable: false, seconds: 1, withoutNewUntilStalled: 3 },
      resolve,
      fetchPage,
    },
    ${PLATFORMS.filter((platform) => platform !== 'x')
      .map((platform) => `${platform}: null,`)
      .join('\n    ')}
  },
  listsBy: 'id',
  fillSize: 0,
  fillIn: () => Promise.reject(new Error('${title} pages contain complete accounts.')),

  // TODO: a request that is free.
  async checkKey(connection) {
    const sent = await connection.send({ path: '/v1/me' });
    if (!sent.ok) return sent;
    return sent.response.status === 200
      ? { ok: true, value: { balance: null } }
      : rejection(sent.response, connection);
  },

  // Opaque cursors can only be compared for equality.
  advances: (previous, next) => previous !== next,

  // TODO: \`follow-times.ts\` reads the cursors of X and TikTok. Cursors that are no follow times give null.
  followTime: () => null,
});
`;

const test = (name: string, title: string): string => `
import { describe, expect, it } from 'vitest';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { ${camelCase(name)} } from '../../../lib/providers/${name}.ts';
import { cannedConnection, json } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('ada'),
  id: accountIdSchema.parse('1'),
} as const;
const request = { profile, relation: 'followers', cursor: null, limit: 100 } as const;

// TODO: the vendor's own example responses, unchanged, from tests/vendor/.
describe('${title}', () => {
  it('reads a page, and its end only if the response states it', async () => {
    const users = [{ id: '2', username: 'grace', name: 'Grace', followers: 3 }, { username: 'no ID' }];
    const { connection } = cannedConnection(${camelCase(name)}, json({ users, next: null }), json({ users }));
    expect(await ${camelCase(name)}.fetchPage(request, connection)).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '2', handle: 'grace', followers: 3 }], unreadable: 1, next: null, charged: 1 },
    });
    expect(await ${camelCase(name)}.fetchPage(request, connection)).toMatchObject({
      ok: false,
      failure: { trouble: { kind: 'unreadable' } },
    });
  });

  it('looks a handle up', async () => {
    const { connection } = cannedConnection(${camelCase(name)}, json({ id: '1', username: 'Ada' }));
    expect(await ${camelCase(name)}.resolve(profile, connection)).toMatchObject({
      ok: true,
      value: { id: '1', handle: 'Ada', charged: 1 },
    });
  });

  it('recognizes an invalid key', async () => {
    const { connection } = cannedConnection(${camelCase(name)}, json({ error: 'Unknown key' }, { status: 401 }));
    expect(await ${camelCase(name)}.checkKey(connection)).toMatchObject({
      ok: false,
      failure: { trouble: { kind: 'bad-key' } },
    });
  });
});
`;

/** A new provider, with a placeholder API until it is changed. */
export function providerSkeleton(name: string): Skeleton {
  const id = camelCase(name);
  return {
    files: [
      {
        path: `lib/providers/${name}.ts`,
        text: [lookup(name, titleOf(name)), pages(), adapter(name, titleOf(name))].join('\n'),
      },
      { path: `tests/unit/providers/${name}.test.ts`, text: test(name, titleOf(name)) },
    ],
    remaining: [
      `lib/providers/index.ts: import { ${id} } from './${name}.ts'; and add it to \`adapters\`, in the order of the popup.`,
      `lib/providers/${name}.ts: the TODOs.`,
      `tests/vendor/: the vendor's example responses, unchanged; then the tests of each error and its price.`,
      `tests/unit/providers/adapters.test.ts: what it offers and costs.`,
      `npm run docs: updates the tables of prices.`,
      `tests/emulator/providers/: the provider as its documentation describes it, for tests in the browser.`,
    ],
    guide: 'docs/adding-a-provider.md',
  };
}
