/** The emulator's follow times: true, newest first, and in every provider's cursors. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import type { ProviderName } from '../../emulator/exchange.ts';
import type { Population, PopulationOptions } from '../../emulator/population/population.ts';
import { bracketsOf } from '../../../lib/lists/follow-times.ts';
import { followSourceOf } from '../../../lib/lists/follow-source.ts';
import type { Cursor } from '../../../lib/model/ids.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { connect } from '../../../lib/providers/http.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { toColumns } from '../../../lib/store/columns.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FOLLOWERS = 10_000;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const shapes: readonly PopulationOptions[] = [
  { platform: 'x', handle: 'usual_uma', followers: 3000, following: 300 },
  { platform: 'x', handle: 'few_fay', followers: 40, following: 5, sequence: 40 },
  { platform: 'x', handle: 'long_lou', followers: 30_000, following: 10 },
  { platform: 'x', handle: 'bought_bo', followers: 4000, following: 0, bought: { count: 500, from: 900 } },
  { platform: 'tiktok', handle: 'usual.uma', followers: 3000, following: 300 },
  {
    platform: 'tiktok',
    handle: 'bought.bo',
    followers: 4000,
    following: 0,
    bought: { count: 500, from: 900 },
  },
];

function entriesOf(population: Population, relation: 'followers' | 'following') {
  return population.entries(relation, 0, population.size(relation));
}

describe.each(shapes)('the follow times of $platform:$handle', (options) => {
  it.each(['followers', 'following'] as const)(
    '%s: newest first, and never before the account existed',
    (relation) => {
      const population = emulator.population(options);
      const entries = entriesOf(population, relation);
      entries.forEach((entry, index) => {
        const older = entries[index + 1];
        if (older !== undefined) {
          expect(older.followedAt).toBeLessThanOrEqual(entry.followedAt);
          if (options.platform === 'x')
            expect(population.position(relation, index + 1)).toBeLessThan(
              population.position(relation, index),
            );
        }
        if (entry.kind === 'account') expect(entry.account.createdAt).toBeLessThan(entry.followedAt);
        expect(entry.followedAt).toBeLessThan(Date.UTC(2026, 8, 22));
      });
    },
  );
});

it('places keep their time when followers are added at the top', () => {
  const base = { platform: 'x', handle: 'growing_gil', following: 0 } as const;
  const before = entriesOf(emulator.population({ ...base, offset: 7, followers: 50 }), 'followers');
  const after = entriesOf(emulator.population({ ...base, offset: 0, followers: 57 }), 'followers');
  expect(after.slice(7).map(({ followedAt }) => followedAt)).toEqual(
    before.map(({ followedAt }) => followedAt),
  );
});

it('a bought batch was created in a short time, and followed one after the other', () => {
  const entries = entriesOf(
    emulator.population({ ...shapes[3], platform: 'x', handle: 'b', followers: 4000, following: 0 }),
    'followers',
  );
  const batch = entries.slice(900, 1400).flatMap((entry) => (entry.kind === 'account' ? [entry] : []));
  const follows = batch.map(({ followedAt }) => followedAt);
  const creations = batch.map(({ account }) => account.createdAt);
  expect(Math.max(...follows) - Math.min(...follows)).toBeLessThanOrEqual(5 * HOUR);
  expect(Math.max(...creations) - Math.min(...creations)).toBeLessThan(2 * DAY);
  expect(new Set(batch.map(({ account }) => account.handle)).size).toBe(500);
  for (const { account } of batch) expect(account.handle).toMatch(/^[A-Za-z]{3,7}\d{8}$/);
});

it('one week brought an eighth of the followers', () => {
  const entries = entriesOf(
    emulator.population({ platform: 'x', handle: 'viral_val', followers: FOLLOWERS, following: 0 }),
    'followers',
  );
  const weeks = new Map<number, number>();
  for (const { followedAt } of entries) {
    const week = Math.floor(followedAt / (7 * DAY));
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
  }
  const [most = 0, , third = 0] = Array.from(weeks.values()).sort((a, b) => b - a);
  expect(most).toBeGreaterThan(500);
  expect(third).toBeLessThan(60);
});

const width = ([after, before]: readonly [number, number]): number =>
  before - (Number.isNaN(after) ? 0 : after);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

interface Received {
  readonly id: string;
  readonly bracket: readonly [number, number];
  readonly created: number;
}

/** Collects a list through an adapter, and computes what its cursors say. */
async function collect(
  name: ProviderName,
  population: Population,
  size: number,
): Promise<readonly Received[]> {
  const adapter = adapters.find(({ id }) => id === name);
  if (adapter === undefined) throw new Error(`There is no adapter ${name}.`);
  const connection = connect({
    adapter,
    baseUrl: emulator.baseUrl(name),
    key: emulator.defaultKey(name),
    signal: new AbortController().signal,
  });
  const { platform } = population;
  const profile = {
    platform,
    handle: handleSchema.parse(population.handle),
    id: accountIdSchema.parse(population.owner.id),
  };
  const source = followSourceOf({ provider: adapter.id, platform });
  const received: Received[] = [];
  let cursor: Cursor | null = null;
  for (let seq = 0; seq === 0 || cursor !== null; seq += 1) {
    const page = await adapter.fetchPage({ profile, relation: 'followers', cursor, limit: size }, connection);
    if (!page.ok) throw new Error(JSON.stringify(page.failure));
    const { accounts, next } = page.value;
    const columns = toColumns(accounts);
    const brackets = bracketsOf(
      { seq, cursor, next, providerAt: null, receivedAt: Date.now(), columns },
      source,
    );
    if (typeof brackets === 'string') throw new Error(brackets);
    accounts.forEach(({ id, createdAt }, row) => {
      received.push({
        id,
        bracket: [brackets.after[row] ?? NaN, brackets.before],
        created: createdAt ?? NaN,
      });
    });
    cursor = next;
  }
  return received;
}

/** What creation dates alone say: nothing was followed before the latest creation from there to the end of the list. */
function byCreationAlone(created: readonly number[], now: number): readonly (readonly [number, number])[] {
  let latest = 0;
  return created
    .map((_, at) => created[created.length - 1 - at] ?? NaN)
    .map((one) => {
      latest = Math.max(latest, one);
      return [latest, now] as const;
    })
    .reverse();
}

describe('on the emulator', () => {
  it.each([
    ['sociavault', 'x', 20],
    ['sociavault', 'x', 70],
    ['socialdata', 'x', 50],
    ['x-v2', 'x', 1000],
    ['x-v1.1', 'x', 5000],
    ['sociavault', 'tiktok', 20],
    ['socialfetch', 'tiktok', 20],
  ] as const)(
    '%s on %s with pages of %i: every true time is in its bracket',
    { timeout: 120_000 },
    async (name, platform, size) => {
      const handle = platform === 'x' ? 'bracket_bea' : 'bracket.bea';
      const followers = platform === 'x' ? FOLLOWERS : 1500;
      const bought = { count: 500, from: 200 };
      const population = emulator.population({
        platform,
        handle,
        followers,
        following: 0,
        sequence: followers,
        bought,
      });
      emulator.key({ provider: name, pageSize: size, rateLimit: null, balance: 1e9 });
      const received = await collect(name, population, size);
      const truth = new Map(
        entriesOf(population, 'followers').flatMap((entry) =>
          entry.kind === 'account' ? [[entry.account.id, entry]] : [],
        ),
      );
      expect(new Set(received.map(({ id }) => id)).size).toBe(followers);
      for (const {
        id,
        bracket: [after, before],
      } of received) {
        const time = truth.get(id)?.followedAt ?? NaN;
        expect((Number.isNaN(after) || after <= time) && time <= before).toBe(true);
      }
      const created = Array.from(truth.values(), ({ account }) => account.createdAt);
      const alone = median(byCreationAlone(created, Date.now()).map(width));
      const typical = median(received.map(({ bracket }) => width(bracket)));
      const days = (time: number): string => (time / DAY).toFixed(2);
      console.log(
        `${name} on ${platform}, pages of ${String(size)}: median ${days(typical)} days; by creation alone ${days(alone)} days (1/${(alone / typical).toFixed(0)})`,
      );
      if (size === 70) expect(typical).toBeLessThanOrEqual(alone / 10);
    },
  );
});
