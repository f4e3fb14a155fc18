/** Properties of every response, valid or not, checked with arbitrary and mutated responses of each list endpoint. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Account } from '../../../lib/model/account.ts';
import type { Result } from '../../../lib/providers/failure.ts';
import { replay } from '../../../lib/providers/http.ts';
import type { Endpoint, Read, Sample } from './endpoints.ts';
import { changedText, changes, isHarmless, touches, type Change, type Path } from './mutate.ts';

const MAX_WAIT = 120_000;
const encoder = new TextEncoder();

const ERRORS = new Set([
  'bad-key', 'no-credit', 'not-allowed', 'no-such-profile', 'private-profile', 'hidden-list', 'too-fast',
  'provider-broken', 'refused-request', 'redirect-refused', 'unreadable', 'too-large',
  'unreachable',
]); // prettier-ignore

/** A response from a connection that sends nothing. */
function connectionFor(text: string, status = 200) {
  return replay({ status, receivedAt: 0, bytes: encoder.encode(text) });
}

const isCount = (value: unknown) => value === null || (Number.isSafeInteger(value) && Number(value) >= 0);
const isText = (value: unknown) => value === null || typeof value === 'string';
const isFlag = (value: unknown) => value === null || typeof value === 'boolean';

function isAccount(account: Account): boolean {
  const { id, createdAt } = account;
  return (
    typeof id === 'string' &&
    id.length > 0 &&
    id.length <= 128 &&
    [account.followers, account.following, account.posts, account.likes, account.listed].every(isCount) &&
    [account.handle, account.name, account.bio, account.location, account.website].every(isText) &&
    [account.verifiedType, account.language, account.region, account.avatarUrl].every(isText) &&
    [account.verified, account.private].every(isFlag) &&
    account.unavailable === null &&
    (createdAt === null || !Number.isNaN(new Date(createdAt).getTime()))
  );
}

/** Complete accounts or a typed failure, which the collector relies on. */
function expectTyped(result: Result<unknown>): void {
  if (result.ok) return;
  const { trouble: runError, charged, retryAfter } = result.failure;
  expect(ERRORS).toContain(runError.kind);
  expect(isCount(charged)).toBe(true);
  expect(isCount(retryAfter)).toBe(true);
}

function expectRead(result: Result<Read>, text: string): void {
  expectTyped(result);
  if (!result.ok) return;
  const { accounts, unreadable, next } = result.value;
  expect(accounts.every(isAccount)).toBe(true);
  // An ID is in the response with all its digits or letters.
  const stands = (id: string) =>
    text.includes(JSON.stringify(id)) || new RegExp(`(?<![\\d.])${id}(?![\\d.])`).test(text);
  expect(accounts.filter(({ id }) => !stands(id))).toEqual([]);
  expect(isCount(unreadable)).toBe(true);
  expect(next === null || (next.length > 0 && next.length <= 8192)).toBe(true);
}

/** A value at a place, inside newly created objects. */
function wrapped(place: Path, value: unknown): unknown {
  return place.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/** Any JSON, by itself or where the endpoint expects its list and cursor. */
function anyResponse({ decides }: Endpoint): fc.Arbitrary<string> {
  const value = fc.jsonValue({ maxDepth: 3 });
  const inPlace = fc
    .tuple(fc.constantFrom<Path>(...(decides.length > 0 ? decides : [['0']])), value)
    .map(([place, inner]) => JSON.stringify(wrapped(place, inner)));
  return fc.oneof(
    value.map((whole) => JSON.stringify(whole)),
    inPlace,
    fc.string().map((text) => `{"data":${text}`),
  );
}

function read(endpoint: Endpoint, text: string): Promise<Result<Read>> {
  return endpoint.read(connectionFor(text));
}

async function truth(endpoint: Endpoint, { document }: Sample): Promise<Read> {
  const result = await read(endpoint, JSON.stringify(document));
  if (!result.ok) throw new Error(`A valid response of ${endpoint.name} is rejected.`);
  return result.value;
}

/** Whether a change leaves an ID intact: above it only added fields, at it only removed quotes. */
function keepsId(change: Change, id: Path): boolean {
  if (isHarmless(change) || !touches(change, id)) return true;
  return change.kind === 'unquoted';
}

/** Whether the page stays intact: its list, its cursor, and the absence of an error. */
function keepsPage(change: Change, { decides }: Endpoint): boolean {
  if (isHarmless(change)) return true;
  return !decides.some((place) => touches(change, place) && change.path.length <= place.length);
}

/**
 * Declares the tests of one endpoint.
 * @param runs arbitrary answers, and as many changed ones
 */
export function testEveryResponse(endpoint: Endpoint, runs: number): void {
  it('reads its valid responses completely', async () => {
    for (const sample of endpoint.samples) {
      const { accounts, unreadable } = await truth(endpoint, sample);
      expect(accounts.length).toBe(sample.rows.length);
      expect(accounts.length).toBeGreaterThan(0);
      expect(unreadable).toBe(0);
    }
  });

  it('turns any response into accounts or a typed failure', { timeout: MAX_WAIT }, async () => {
    const status = fc.constantFrom(
      200,
      200,
      200,
      204,
      206,
      400,
      401,
      402,
      403,
      404,
      408,
      418,
      420,
      429,
      499,
      500,
      503,
      504,
      522,
    );
    const property = fc.asyncProperty(anyResponse(endpoint), status, async (text, code) => {
      const connection = connectionFor(text, code);
      expectRead(await endpoint.read(connection), text);
      const profile = { platform: 'x', handle: 'someone', id: null } as Parameters<
        typeof endpoint.adapter.resolve
      >[0];
      if (endpoint.adapter.listsBy !== 'handle') {
        expectTyped(await endpoint.adapter.resolve(profile, connection));
      }
      expectTyped(await endpoint.adapter.checkKey(connection));
    });
    await fc.assert(property, { numRuns: runs });
  });

  it(
    'keeps the readable part of a mutated response, and counts the rest',
    { timeout: MAX_WAIT },
    async () => {
      const cases = await Promise.all(
        endpoint.samples.map(async (sample) => ({ sample, base: await truth(endpoint, sample) })),
      );
      const changedCase = fc.oneof(
        ...cases.map(({ sample, base }) => changes(sample.document).map((all) => ({ sample, base, all }))),
      );
      const property = fc.asyncProperty(changedCase, async ({ sample, base, all }) => {
        const text = changedText(sample.document, all);
        const result = await read(endpoint, text);
        expectRead(result, text);
        if (!all.every((change) => keepsPage(change, endpoint)) || emptiesList(all, sample)) return;

        // Its list and its cursor are readable, so the page is too.
        if (!result.ok) throw new Error(`A page is rejected: ${JSON.stringify(result.failure)}`);
        expect(result.value.next).toBe(base.next);
        const { accounts, unreadable } = result.value;
        const real = all.filter((change) => !isHarmless(change));
        const untouched = base.accounts.filter((__, row) => {
          const place = sample.rows[row]?.place ?? [];
          return !real.some((change) => touches(change, place));
        });
        const byId = new Map(accounts.map((account) => [account.id as string, account]));
        // Compared as text, which is ten thousand times faster than a detailed comparison.
        expect(JSON.stringify(untouched.map(({ id }) => byId.get(id)))).toBe(JSON.stringify(untouched));
        const lost = base.accounts.filter(({ id }, row) => {
          const place = sample.rows[row]?.id ?? [];
          return !byId.has(id) && all.every((change) => keepsId(change, place));
        });
        if (lost.length > 0) throw new Error(`Lost: ${JSON.stringify(lost)}`);
        const touched = sample.rows.filter(({ place }) => real.some((change) => touches(change, place)));
        const others = sample.others.filter((place) => real.some((change) => touches(change, place)));
        // A removed row doesn't count, and an entry whose account is unavailable says so: neither is unreadable.
        const removed = touched.filter(({ place, id }) =>
          real.some(
            (change) =>
              touches(change, id) &&
              change.path.length >= place.length &&
              (change.kind === 'drop' ||
                change.kind === 'null' ||
                change.kind.endsWith('deeper') ||
                hidesResult(change)),
          ),
        );
        const counted = accounts.length + unreadable;
        expect(counted).toBeGreaterThanOrEqual(sample.rows.length - removed.length);
        expect(counted).toBeLessThanOrEqual(sample.rows.length + others.length);
      });
      await fc.assert(property, { numRuns: runs });
    },
  );

  it('ignores every field that it does not read', { timeout: MAX_WAIT }, async () => {
    const known = new Set(endpoint.reads);
    const isUnread = (path: Path) => {
      const name = path.at(-1) ?? '';
      return !known.has(name) && !/^\d+$/.test(name);
    };
    for (const sample of endpoint.samples) {
      const base = await truth(endpoint, sample);
      const property = fc.asyncProperty(changes(sample.document, isUnread), async (all) => {
        expect(await read(endpoint, changedText(sample.document, all))).toMatchObject({
          ok: true,
          value: base,
        });
      });
      await fc.assert(property, { numRuns: Math.ceil(runs / 10 / endpoint.samples.length) });
    }
  });
}

/** Whether the list is empty: an empty page may be its end. */
function emptiesList(all: readonly Change[], { rows }: Sample): boolean {
  return rows.every(({ place }) =>
    all.some(({ path, kind }) => kind === 'drop' && path.join('\n') === place.join('\n')),
  );
}

/** On X, an entry may contain an empty place for its account; changes above the account look the same. */
function hidesResult({ path, kind }: Change): boolean {
  const name = path.at(-1) ?? '';
  return ['content', 'itemContent', 'user_results'].includes(name) && kind !== 'unquoted';
}
