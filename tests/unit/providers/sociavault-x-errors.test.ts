/** X's own errors and missing parts inside SociaVault's responses: never an empty list, never a profile. */
import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { cannedConnection, json } from './answers.ts';

const profile = {
  platform: 'x',
  handle: handleSchema.parse('ada'),
  id: accountIdSchema.parse('7'),
} as const;
const DENIED = { code: 37, message: 'Authorization: Denied by access control' };
const INTERNAL = { code: 131, message: 'Internal error' };
const SUSPENDED = { code: 63, message: 'User has been suspended. (63)' };

function fetchList(data: unknown, cursor: string | null = null, rest: object = {}) {
  const { connection } = cannedConnection(
    sociavault,
    json({ success: true, data, credits_used: 1, ...rest }),
  );
  const from = cursor === null ? null : cursorSchema.parse(cursor);
  return sociavault.fetchPage({ profile, relation: 'followers', cursor: from, limit: 70 }, connection);
}

function resolve(data: unknown, rest: object = {}) {
  const { connection } = cannedConnection(
    sociavault,
    json({ success: true, data, credits_used: 1, ...rest }),
  );
  return sociavault.resolve(profile, connection);
}

const row = { entryId: 'user-1', content: { itemContent: { user_results: { result: { rest_id: '1' } } } } };
const add = (...entries: unknown[]) => [{ type: 'TimelineAddEntries', entries }];
const list = (instructions: unknown, rest: object = {}) => ({
  cursor: { bottom: '5|9' },
  result: { timeline: { instructions } },
  ...rest,
});

describe('errors with a list', () => {
  it.each([
    ['no instructions', { result: { timeline: {} } }],
    ['null for instructions', { result: { timeline: { instructions: null } } }],
    ['no instruction', { result: { timeline: { instructions: [] } } }],
    ['no result', {}],
    ['a list without an entry and a live cursor', list(add())],
    ['an end without an entry', list(add(), { cursor: { bottom: '0|9' } })],
  ])('%s: the error takes precedence', async (_, data) => {
    for (const cursor of [null, '9|9']) {
      expect(await fetchList({ ...data, errors: [DENIED] }, cursor)).toEqual({
        ok: false,
        failure: {
          trouble: { kind: 'provider-broken', status: 37, said: DENIED.message },
          charged: 1,
          retryable: true,
          retryAfter: null,
        },
      });
    }
  });

  it.each([
    [INTERNAL, { kind: 'provider-broken', status: 131 }],
    [SUSPENDED, { kind: 'no-such-profile', suspended: true }],
    [{ code: 50, message: 'User not found.' }, { kind: 'no-such-profile' }],
    [{ code: 22, message: 'Not authorized to view the specified user.' }, { kind: 'private-profile' }],
    [{ code: 88, message: 'Rate limit exceeded' }, { kind: 'too-fast' }],
    // X was asked with the provider's credentials, not with the user's key.
    [
      { code: 32, message: 'Could not authenticate you' },
      { kind: 'provider-broken', status: 32 },
    ],
    [
      { code: 9999, message: 'Something new' },
      { kind: 'provider-broken', status: 9999 },
    ],
    [{ message: 'User has been suspended.' }, { kind: 'no-such-profile', suspended: true }],
    [
      { message: 'M', extensions: { code: 63 } },
      { kind: 'no-such-profile', suspended: true },
    ],
  ])('%j', async (error, runError) => {
    expect(await fetchList({ result: { timeline: {} }, errors: [error] }, '9|9')).toMatchObject({
      failure: { trouble: runError, charged: 1 },
    });
  });

  it('of several errors, one with a known meaning is used', async () => {
    const errors = [{ code: 9999, message: 'Something new' }, SUSPENDED];
    expect(await fetchList({ result: {}, errors })).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' } },
    });
  });

  it('with rows they are about single accounts, and the rows are kept', async () => {
    expect(await fetchList(list(add(row), { errors: [INTERNAL] }))).toMatchObject({
      ok: true,
      value: { accounts: [{ id: '1' }], next: '5|9', charged: 1 },
    });
  });
});

describe('a list without a required part', () => {
  it.each([
    ['no instructions', { cursor: { bottom: '0|9' }, result: { timeline: {} } }],
    ['no cursor beside rows', { result: { timeline: { instructions: add(row) } } }],
    ['no bottom beside rows', list(add(row), { cursor: { top: '-1|9' } })],
  ])('%s is not the end', async (_, data) => {
    expect(await fetchList(data)).toMatchObject({
      failure: { trouble: { kind: 'unreadable' }, charged: 1, retryable: false },
    });
  });

  it('without an entry and a cursor is empty only as its first page', async () => {
    const data = { result: { timeline: { instructions: [] } } };
    expect(await fetchList(data)).toMatchObject({ ok: true, value: { accounts: [], next: null } });
    expect(await fetchList(data, '9|9')).toMatchObject({ failure: { trouble: { kind: 'unreadable' } } });
  });

  it('whose entries are missing has not ended, even if its cursor says so', async () => {
    const data = list([{ type: 'TimelineClearCache' }], { cursor: { bottom: '0|9' } });
    expect(await fetchList(data, '9|9')).toMatchObject({ failure: { trouble: { kind: 'unreadable' } } });
  });

  it('has ended with an empty last page that contains its entries', async () => {
    const data = list(add(), { cursor: { bottom: '0|9' } });
    expect(await fetchList(data, '9|9')).toMatchObject({ ok: true, value: { accounts: [], next: null } });
  });
});

describe('a rejection with an ID', () => {
  it.each([
    ['errors', { user: { rest_id: '7' }, errors: [SUSPENDED] }, true],
    ['errors one level deeper', { data: { user: { rest_id: '7' }, errors: [SUSPENDED] } }, true],
    ['an unavailable user', { __typename: 'UserUnavailable', rest_id: '7' }, false],
    [
      'an unavailable user that says why',
      { user: { result: { __typename: 'UserUnavailable', rest_id: '7', reason: 'Suspended' } } },
      true,
    ],
    [
      'an unavailable user that says why in a sentence',
      { result: { __typename: 'UserUnavailable', unavailable_message: { text: 'Suspended account' } } },
      true,
    ],
    ['an empty user', { user: {} }, false],
    ['null for a user', { user: null }, false],
    ['null in a result', { user: { result: null } }, false],
    ['empty data in the data', { data: {} }, false],
    ['nobody', {}, false],
  ])('%s: there is no such profile', async (_, data, suspended) => {
    const result = await resolve(data);
    expect(result).toMatchObject({
      failure: { trouble: { kind: 'no-such-profile' }, charged: 1, retryable: false },
    });
    const runError = result.ok ? {} : result.failure.trouble;
    expect('suspended' in runError && runError.suspended).toBe(suspended);
  });

  it('that is not about the profile keeps what was paid for', async () => {
    const user = { rest_id: '7', legacy: { screen_name: 'Ada', followers_count: 3 } };
    expect(await resolve({ user, errors: [INTERNAL] })).toMatchObject({
      ok: true,
      value: { id: '7', handle: 'Ada', charged: 1 },
    });
    expect(await resolve({ user: {}, errors: [INTERNAL] })).toMatchObject({
      failure: { trouble: { kind: 'provider-broken', status: 131 }, charged: 1 },
    });
  });

  it('a user under one more wrapper is read', async () => {
    expect(await resolve({ data: { user: { result: { rest_id: '7' } } } })).toMatchObject({
      ok: true,
      value: { id: '7' },
    });
  });

  it.each([
    ['no data at all', undefined],
    ['something else', { name: 'ada' }],
    ['only a flag', { error: false }],
  ])('%s does not count as a missing profile', async (_, data) => {
    expect(await resolve(data)).toMatchObject({ failure: { trouble: { kind: 'unreadable' }, charged: 1 } });
  });
});

describe('the cost of SociaVault’s own rejections', () => {
  it.each([
    [
      'a missing user that was charged',
      { success: false, error: 'User not available', credits_used: 1 },
      'no-such-profile',
      1,
    ],
    ['a missing user', { success: false, error: 'Account deactivated' }, 'no-such-profile', 0],
    [
      'an outage in similar words',
      { success: false, error: 'Profile is unavailable, try again later' },
      'provider-broken',
      0,
    ],
    ['an outage', { success: false, error: 'Service not available', credits_used: 1 }, 'provider-broken', 1],
    ['a suspended user', { success: false, error: 'User has been suspended' }, 'no-such-profile', 0],
    ['an error without a success', { error: 'Something broke' }, 'provider-broken', 0],
  ])('%s', async (_, body, kind, charged) => {
    const { connection } = cannedConnection(sociavault, json(body));
    expect(await sociavault.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind }, charged },
    });
  });

  it.each([
    [500, 'User not found', 'no-such-profile'],
    [500, 'Failed to fetch Twitter followers', 'provider-broken'],
    [400, 'This account is private', 'private-profile'],
    [400, 'user_id (rest_id) is required', 'refused-request'],
  ])('%i “%s” is %s, and free', async (status, error, kind) => {
    const { connection } = cannedConnection(sociavault, json({ error }, { status }));
    expect(await sociavault.resolve(profile, connection)).toMatchObject({
      failure: { trouble: { kind }, charged: 0 },
    });
  });
});

describe('unexpected entries', () => {
  const entry = (result: unknown, content: object = {}) => ({
    entryId: 'user-1',
    content: { itemContent: { user_results: { result } }, ...content },
  });

  it('are counted by kind, and read if possible', async () => {
    const entries = [
      entry({ __typename: 'User', rest_id: '1', legacy: {} }),
      entry({ __typename: 'UserV2', rest_id: '2' }),
      entry({ __typename: 'User', rest_id: '3', legacy: [], core: [] }),
      entry({ __typename: 'UserUnavailable', reason: 'Suspended' }),
      entry(null),
      { entryId: 'user-4', content: { itemContent: { user_results: {} } } },
      { entryId: 'user-5', content: { itemContent: { user_results: [{ result: { rest_id: '5' } }] } } },
      entry({ rest_id: '6' }, { entryType: 'TimelineSomethingNew' }),
      { entryId: 'cursor-bottom-1', content: { entryType: 'TimelineTimelineCursor' } },
      {
        entryId: 'who-to-follow-1',
        content: { itemContent: { user_results: { result: { rest_id: '9' } } } },
      },
    ];
    expect(await fetchList(list(add(...entries)))).toMatchObject({
      ok: true,
      value: {
        accounts: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '6' }],
        unreadable: 1,
        unexpected: { unavailable: 1, 'no-account': 2, 'unknown-type': 2, 'list-for-object': 2 },
      },
    });
  });

  it('include an instruction of an unknown type', async () => {
    const instructions = [{ type: 'TimelinePinEntry', entry: row }, ...add(row)];
    expect(await fetchList(list(instructions))).toMatchObject({
      value: { accounts: [{ id: '1' }], unexpected: { 'unknown-type': 1 } },
    });
  });

  it('are omitted if there are none', async () => {
    const known = [
      { type: 'TimelineClearCache' },
      { type: 'TimelineTerminateTimeline', direction: 'Bottom' },
    ];
    const result = await fetchList(list([...known, ...add(row)]));
    expect(result.ok && 'unexpected' in result.value).toBe(false);
  });
});
