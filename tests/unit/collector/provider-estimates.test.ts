/**
 * Estimates of every provider against what the emulator charges: whole lists, and the newest accounts of a long one. The
 * real adapters request pages as the collector plans them.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { estimateRun, rowsToCollect } from '../../../lib/collector/estimate.ts';
import { plan } from '../../../lib/collector/machine/plan.ts';
import type { AccountId, Cursor } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { neededFor, type Snapshot } from '../../../lib/model/snapshot.ts';
import type { Adapter } from '../../../lib/providers/adapter.ts';
import { connect, type Connection } from '../../../lib/providers/http.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { startEmulator, type Emulator } from '../../emulator/emulator.ts';
import { PROVIDERS } from '../../emulator/providers/all.ts';
import { FRESH } from './machine-simulator.ts';

const SIZES = [1, 20, 199, 200, 201, 84_210];
const LONG = 84_210;
const CLOSE_ENOUGH = 0.05;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  for (const { id } of PROVIDERS) emulator.key({ provider: id, balance: Infinity, rateLimit: null });
});
afterAll(() => emulator.close());

interface Run {
  readonly adapter: Adapter;
  readonly handle: string;
  readonly listed: number;
  readonly howMany: number | null;
  readonly cap: number;
}

type Known = Pick<Snapshot, 'rows' | 'filled' | 'charged' | 'profileId'>;

/** Requests everything that the plan says, and fills in what pages leave out. */
async function collect(run: Run, platform: 'x' | 'tiktok', connection: Connection): Promise<Known> {
  const { adapter, howMany, cap } = run;
  const handle = handleSchema.parse(run.handle);
  const resolved =
    adapter.listsBy === 'handle' ? null : await adapter.resolve({ platform, handle, id: null }, connection);
  if (resolved?.ok === false) throw new Error(JSON.stringify(resolved.failure));
  let known: Known = {
    rows: 0,
    filled: 0,
    charged: resolved?.value.charged ?? 0,
    profileId: resolved?.value.id ?? null,
  };
  let cursor: Cursor | null = null;
  let ids: AccountId[] = [];
  const seen = new Set<AccountId>();
  for (let atEnd = false; ;) {
    const snapshot: Snapshot = {
      ...FRESH,
      ...known,
      platform,
      handle,
      howMany,
      cap,
      resolvedAt: 1,
      confirmed: true,
      state: { kind: 'running' },
    };
    const next = plan(snapshot, { now: 0, cursor, atEnd, adapter, monthlyLeft: null, sharedLeft: null });
    if (next.kind === 'fill') {
      const filled = await adapter.fillIn({ ids: ids.slice(0, adapter.fillSize) }, connection);
      if (!filled.ok) throw new Error(JSON.stringify(filled.failure));
      const count = Math.min(adapter.fillSize, ids.length);
      ids = ids.slice(count);
      known = { ...known, filled: known.filled + count, charged: known.charged + filled.value.charged };
    } else if (next.kind === 'page') {
      const profile = { platform, handle, id: known.profileId };
      const page = await adapter.fetchPage(
        { profile, relation: 'followers', cursor, limit: next.limit },
        connection,
      );
      if (!page.ok) throw new Error(JSON.stringify(page.failure));
      const { accounts, charged } = page.value;
      if (adapter.fillSize > 0) ids.push(...accounts.map(({ id }) => id));
      cursor = page.value.next;
      atEnd = cursor === null;
      for (const { id } of accounts) seen.add(id);
      const rows = seen.size;
      known = {
        ...known,
        rows,
        filled: adapter.fillSize > 0 ? known.filled : rows,
        charged: known.charged + charged,
      };
      expect(charged).toBeLessThanOrEqual(next.reserve);
    } else if (next.kind === 'finish' || (next.kind === 'limit' && next.by === 'rows')) return known;
    else
      throw new Error(`The limit does not pay for the run: ${JSON.stringify(next)} ${JSON.stringify(known)}`);
  }
}

describe.each(adapters.map((adapter) => [adapter.name, adapter] as const))('%s', (_, adapter) => {
  const provider = PROVIDERS.find(({ id }) => id === String(adapter.id));
  if (provider === undefined) throw new Error('The emulator serves every provider.');
  const platform = adapter.supports('x', 'followers') ? 'x' : 'tiktok';

  async function compare(listed: number, howMany: number | null): Promise<void> {
    if (provider === undefined) return;
    const handle = `estimate_${String(listed)}`;
    emulator.population({ platform, handle, followers: listed, following: 0 });
    const rows = rowsToCollect(howMany, listed);
    const estimate = estimateRun(adapter, { platform, rows, listed, resolved: false });
    const needed = neededFor(estimate) ?? NaN;
    // TikTok's cursors are seconds: what followed in a page's last second is repeated, which can take one more page.
    const repeats = platform === 'tiktok' ? adapter.price.perRequest : 0;
    const cap = needed + repeats;
    const before = emulator.charges(provider.id).amount;
    const connection = connect({
      adapter,
      key: provider.defaultKey,
      baseUrl: emulator.baseUrl(provider.id),
      signal: new AbortController().signal,
      fetch: globalThis.fetch,
      now: Date.now,
    });
    const known = await collect({ adapter, handle, listed, howMany, cap }, platform, connection);
    const charged = emulator.charges(provider.id).amount - before;
    const where = `${adapter.name}: ${String(howMany ?? 'all')} of ${String(listed)}`;
    expect(known.rows, where).toBeGreaterThanOrEqual(rows ?? NaN);
    expect(known.charged, where).toBe(charged);
    expect(charged, where).toBeLessThanOrEqual(cap);
    const difference = Math.abs((estimate.amount ?? NaN) - charged);
    expect(difference, where).toBeLessThanOrEqual(Math.max(CLOSE_ENOUGH * charged, repeats));
  }

  // TikTok usually lists 5,000 to 10,000 accounts, and a dense list repeats some on every page.
  it.each(SIZES.filter((size) => platform === 'x' || size < LONG))(
    'a list of %i accounts costs what is estimated',
    async (size) => {
      await compare(size, null);
    },
    120_000,
  );

  it.each(SIZES.filter((size) => size < LONG))(
    'the newest %i of a long list cost what is estimated',
    async (size) => {
      // Only for pages of the size that is estimated: SocialData documents none.
      emulator.key({
        provider: provider.id,
        pageSize: adapter.pages(platform).usual ?? provider.settings.pageSize,
      });
      await compare(LONG, size);
      emulator.key({ provider: provider.id, pageSize: provider.settings.pageSize });
    },
    60_000,
  );
});
