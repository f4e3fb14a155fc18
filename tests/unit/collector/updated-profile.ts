/**
 * A profile whose followers change while it is collected and between collections, behind the test collector's adapter.
 * As on the platforms, cursors are follow times, and a page continues below its cursor.
 */
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema, cursorSchema, type SnapshotId } from '../../../lib/model/ids.ts';
import type { Page } from '../../../lib/providers/adapter.ts';
import { randomFrom, World, type Follower } from '../sets/simulated-profile.ts';
import {
  createTestCollector,
  PROVIDER,
  type Disruption,
  type TestCollectorOptions,
} from './test-collector.ts';

const BEGIN = Date.UTC(2026, 10, 21);

export interface ProfileOptions {
  readonly seed: number;
  readonly followers: number;
  readonly pageSize: number;
  readonly changesPerHour: number;
  /** Whether cursors state times that can be relied on. */
  readonly isDated: boolean;
  readonly statesTime: boolean;
  readonly fillSize: number;
  /** How long a request takes. Milliseconds. */
  readonly pause: number;
  /** The provider's monthly limit; absent or `null` is none. */
  readonly monthlyLimit?: number | null;
  readonly disruption?: (request: number) => Disruption | null;
}

export const idOf = ({ index }: Pick<Follower, 'index'>) =>
  accountIdSchema.parse(String(7_000_000_000 + index));

/** The profile, and a collector that collects it. */
export function updatedProfile(options: ProfileOptions) {
  const { seed, followers, pageSize, changesPerHour, isDated, statesTime, fillSize, pause } = options;
  const random = randomFrom(seed);
  const world = new World({ followers, begin: BEGIN, changesPerHour, hides: true, bursts: false }, random);
  const rest: Pick<TestCollectorOptions, 'disruption'> =
    options.disruption === undefined ? {} : { disruption: options.disruption };
  const collected = createTestCollector({
    followers: 0,
    pageSize,
    expected: null,
    fillSize,
    statesTime,
    preferences: {
      askAbove: { credits: 100_000, usd: 100_000, requests: 100_000 },
      ...(options.monthlyLimit == null ? {} : { monthlyLimit: { [PROVIDER]: options.monthlyLimit } }),
    },
    ...rest,
  });
  const { environment, adapter, store } = collected;
  const accountOf = (one: Follower) => {
    const account = unknownAccount(idOf(one));
    return fillSize > 0
      ? account
      : { ...account, handle: one.handle, bio: one.bio, createdAt: one.createdAt };
  };

  /** Lets the profile change until now. */
  function catchUp(): void {
    world.advance(Math.max(0, environment.now - world.now));
  }

  function page(cursor: string | null): Page {
    const below = cursor === null ? Infinity : Number(cursor);
    const listed = world.listed().filter(({ followed }) => (followed ?? 0) < below);
    const served = listed.slice(0, pageSize);
    const last = served.at(-1)?.followed ?? null;
    const isEnd = served.length === listed.length || last === null;
    return {
      accounts: served.map(accountOf),
      unreadable: 0,
      next: isEnd ? null : cursorSchema.parse(String(last)),
      expected: null,
      charged: 1,
    };
  }

  const fetchPage = adapter.fetchPage.bind(adapter);
  Object.assign(adapter, {
    fetchPage: async (...of: Parameters<typeof fetchPage>) => {
      environment.now += pause;
      catchUp();
      // The ordinary adapter counts the request, and disrupts it.
      const result = await fetchPage({ ...of[0], cursor: null }, of[1]);
      return result.ok ? { ok: true, value: page(of[0].cursor) } : result;
    },
    advances: (before: string | null, next: string) => before === null || Number(next) < Number(before),
    followTime: (cursor: string) => (isDated ? Number(cursor) : null),
  });

  async function idsOf(id: SnapshotId): Promise<string[]> {
    return collected.list(id);
  }

  return { ...collected, world, store, catchUp, idsOf, random };
}
