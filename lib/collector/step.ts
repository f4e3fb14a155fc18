/**
 * One step of a run: at most one request, written into the ledger before it is sent and settled with what it brought.
 * Each can be the last before the worker dies.
 */
import type { Trouble } from '../model/error.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import type { Connection } from '../providers/http.ts';
import { countWithoutDetails } from '../store/columns.ts';
import type { Checkpoint } from '../store/page-log.ts';
import type { NextRequest, NewFill } from '../store/money.ts';
import { ALLOWANCE_TIME, grantOrAsk } from './allowance.ts';
import type { Event } from './machine/events.ts';
import { plan, type Plan } from './machine/plan.ts';
import { isOneClick, reduce } from './machine/reduce.ts';
import { Request, sha256 } from './request.ts';
import type { Seen } from './seen-accounts.ts';
import { listedPage, resolvedEvent, takenPage, unresolved } from './take-page.ts';
import type { Monthly, OpenKey, World } from './environment.ts';

const OFFLINE_WAIT = 30_000;
/** What was found out before a page is written holds for a request that is written with it, unless writing takes long. */
const FRESH = 1_000;

export interface StepInput {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  /** What the list has had so far. Read only when a page came. */
  readonly seen: () => Promise<Seen>;
  readonly signal: AbortSignal;
  /** Whether the next request may be of this run too, as far as other runs are concerned. */
  readonly mayFollow: () => boolean;
}

/** A page that is to be asked for, and stands in the ledger already. */
export interface Following {
  readonly request: Request;
  readonly planned: PagePlan;
  readonly open: OpenKey;
}

type PagePlan = Extract<Plan, { kind: 'page' }>;

export interface Stepped {
  /** As it then stands; `undefined` when it was deleted meanwhile. */
  readonly snapshot: Snapshot | undefined;
  /** The request that is next; `null` where that is yet to be found out. */
  readonly following: Following | null;
}

/** Does what the snapshot needs next. */
export async function step(world: World, input: StepInput): Promise<Stepped> {
  const { snapshot, adapter, signal } = input;
  const happens = async (event: Event): Promise<Stepped> =>
    alone(await world.store.snapshots.change(snapshot.id, (current) => reduce(current, event, world.now())));
  const blocked = (trouble: Trouble) => happens({ kind: 'blocked', trouble });

  // Side by side: each is a question to another process, and between two pages they are most of the time.
  const [key, checkpoint, monthly] = await Promise.all([
    world.store.keys.get(snapshot.provider),
    world.store.pages.checkpoint(snapshot.id),
    world.monthly(snapshot.provider),
  ]);
  if (key === undefined) return blocked({ kind: 'no-key' });
  const secret = await world.readSecret(key);
  if (secret === null) return blocked({ kind: 'locked' });
  const open: OpenKey = { key: secret, baseUrl: key.baseUrl };

  const planned = plan(snapshot, {
    now: world.now(),
    cursor: checkpoint.cursor,
    atEnd: checkpoint.atEnd,
    adapter,
    monthlyLeft: monthly?.left ?? null,
  });
  switch (planned.kind) {
    case 'rest':
    case 'wait':
      return alone(snapshot);
    case 'ask':
      return alone(await grantedOrAsking(world, snapshot, planned));
    case 'limit':
      return happens({ kind: 'limited', by: planned.by });
    case 'finish':
      return happens({ kind: 'finish' });
    case 'resolve':
      // No request, so no entry in the ledger.
      if (adapter.listsBy === 'handle')
        return happens(resolvedEvent(unresolved(snapshot), snapshot, adapter));
      break;
    case 'fill':
    case 'page':
      break;
  }
  if (!(await world.mayReach(open.baseUrl))) {
    return blocked({ kind: 'no-permission', origin: new URL(open.baseUrl).origin });
  }
  if (!world.online()) return happens({ kind: 'offline', wait: OFFLINE_WAIT });
  // An answer that could not be kept is not asked for.
  if (!(await world.hasRoom())) return blocked({ kind: 'storage', name: 'full' });

  const request = new Request(world, snapshot, planned, checkpoint, open);
  const written = await request.write(monthly?.allowance ?? null);
  switch (written.kind) {
    case 'deleted':
      return alone(undefined);
    case 'inactive':
      return alone(written.snapshot);
    case 'over-limit':
      // Another request was recorded first. What that means for this run comes out when it is planned again.
      return alone(snapshot);
    case 'written':
      break;
  }
  if (planned.kind === 'page') return askPage({ request, planned, open }, input);
  const connection = world.connect(adapter, open, signal);
  if (planned.kind === 'fill') return alone(await fill(request, connection, adapter));
  const result = await adapter.resolve({ ...snapshot, id: snapshot.profileId }, connection);
  await request.noteResending(connection);
  if (!result.ok) return alone(await request.failed(result.failure, connection));
  const settlement = request.charged(result.value.charged, adapter.price.resolve);
  return alone(await request.settled(settlement, resolvedEvent(result.value, snapshot, adapter)));
}

/** Asks the user, unless the run may take more of what page buttons may spend unasked together. */
async function grantedOrAsking(
  world: World,
  snapshot: Snapshot,
  planned: Extract<Plan, { kind: 'ask' }>,
): Promise<Snapshot | undefined> {
  const most = await world.unasked(snapshot.unit);
  const now = world.now();
  return world.store.snapshots.changeByRecent(snapshot.id, {
    since: now - ALLOWANCE_TIME,
    change: (current, recent) => {
      const event: Event = isOneClick(current)
        ? grantOrAsk(current, planned, { most, recent })
        : { kind: 'ask' };
      return reduce(current, event, now);
    },
  });
}

function alone(snapshot: Snapshot | undefined): Stepped {
  return { snapshot, following: null };
}

/** Asks for a page that stands in the ledger, and keeps it. Sends at once, before it first waits for anything. */
export async function askPage(next: Following, input: StepInput): Promise<Stepped> {
  const { request, planned, open } = next;
  const { world, snapshot } = request;
  const { adapter, signal, mayFollow } = input;
  let beside: Beside | null = null;
  const connection = world.connect(adapter, open, signal, (bytes) => {
    beside = { digest: sha256(bytes), ground: mayFollow() ? groundOf(world, snapshot) : null };
  });
  const result = await adapter.fetchPage(
    {
      profile: { ...snapshot, id: snapshot.profileId },
      relation: snapshot.relation,
      cursor: planned.cursor,
      limit: planned.limit,
    },
    connection,
  );
  await request.noteResending(connection);
  return takePage(request, result, { connection, beside }, input);
}

/** What is found out while an answer is read. */
interface Beside {
  readonly digest: Promise<string>;
  readonly ground: Promise<Ground | null> | null;
}

/** What has to be known before a next page may be asked for; `null` where it is better looked at step by step. */
interface Ground {
  readonly open: OpenKey;
  readonly monthly: Monthly | null;
  readonly at: number;
}

/** Never rejects: an answer is in hand, and what fails here is met again by the next step, which has none to lose. */
async function groundOf(world: World, snapshot: Snapshot): Promise<Ground | null> {
  try {
    return await findGround(world, snapshot);
  } catch (error) {
    console.warn('The next page is not requested immediately.', error instanceof Error ? error.name : '');
    return null;
  }
}

async function findGround(world: World, { provider }: Snapshot): Promise<Ground | null> {
  const [key, monthly, room] = await Promise.all([
    world.store.keys.get(provider),
    world.monthly(provider),
    world.hasRoom(),
  ]);
  if (key === undefined || !room || !world.online()) return null;
  const [secret, reach] = await Promise.all([world.readSecret(key), world.mayReach(key.baseUrl)]);
  if (secret === null || !reach) return null;
  return { open: { key: secret, baseUrl: key.baseUrl }, monthly, at: world.now() };
}

async function takePage(
  request: Request,
  result: Awaited<ReturnType<Adapter['fetchPage']>>,
  { connection, beside }: { readonly connection: Connection; readonly beside: Beside | null },
  input: StepInput,
): Promise<Stepped> {
  if (!result.ok) return alone(await request.failed(result.failure, connection));
  const { world, snapshot, checkpoint } = request;
  const { adapter, seen: readSeen, mayFollow } = input;
  const answer = connection.lastAnswer();
  const [seen, digest, ground] = await Promise.all([
    readSeen(),
    beside?.digest ?? sha256(answer?.received ?? new Uint8Array()),
    beside === null ? groundOf(world, snapshot) : beside.ground,
  ]);
  const taken = takenPage(result.value, {
    snapshot,
    adapter,
    checkpoint,
    seen,
    providerAt: answer?.date ?? null,
    receivedAt: answer?.receivedAt ?? world.now(),
    sha256: digest,
  });
  const settlement = request.charged(result.value.charged, listedPage(adapter.price, result.value));
  const onwards: Checkpoint = {
    nextSeq: checkpoint.nextSeq + 1,
    cursor: result.value.next,
    atEnd: result.value.next === null,
  };
  const next: { following: Following | null; isSure: boolean } = { following: null, isSure: false };

  /** The next request, where nothing speaks against it; everything else is left to the next step. */
  const follow = ({ open, monthly, at }: Ground): NextRequest => ({
    allowance: monthly?.allowance ?? null,
    plan: (kept, monthlyLeft) => {
      const now = world.now();
      if (now - at > FRESH || !mayFollow()) return null;
      const planned = plan(kept, { now, cursor: onwards.cursor, atEnd: onwards.atEnd, adapter, monthlyLeft });
      if (planned.kind !== 'page') return null;
      const request = new Request(world, kept, planned, onwards, open);
      next.following = { request, planned, open };
      return { entry: request.entry, snapshot: request.sending(kept) };
    },
  });

  const kept = await request.keep(async () => {
    next.following = null;
    const written = await world.store.money.settlePage(
      taken.page,
      settlement,
      (current) => reduce(current, taken.event, world.now()),
      ground === null ? null : follow(ground),
    );
    next.isSure = true;
    return written;
  });
  taken.note();
  const { following, isSure } = next;
  if (following === null || isSure) return { snapshot: kept, following };
  // The page was kept by a try that seemed to fail: so was its next request, or neither.
  const entry = await world.store.ledger.entry(following.request.entry.id);
  return { snapshot: kept, following: entry === undefined ? null : following };
}

/** Completes the next accounts that are known by id alone. What the look-up leaves out stays, marked unavailable. */
async function fill(
  request: Request,
  connection: Connection,
  adapter: Adapter,
): Promise<Snapshot | undefined> {
  const { world, snapshot } = request;
  const page = await world.store.pages.pageAt(snapshot.id, snapshot.filled);
  if (page === undefined) throw new Error('A page included in the counters is missing.');
  const part = snapshot.filled - page.first;
  const bare = page.accounts.slice(part, part + adapter.fillSize);
  const result = await adapter.fillIn({ ids: bare.map(({ id }) => id) }, connection);
  await request.noteResending(connection);
  if (!result.ok) return request.failed(result.failure, connection);
  const { accounts, charged, unreadable, unexpected } = result.value;
  const found = new Map(accounts.map((account) => [account.id, account]));
  // Rows that could not be read may be of any of the ids that are missing: then none of these is called gone.
  const missing = unreadable === 0 ? { unavailable: true } : {};
  const answer = connection.lastAnswer();
  const completed: NewFill = {
    snapshotId: snapshot.id,
    seq: page.seq,
    part,
    accounts: bare.map((account) => found.get(account.id) ?? { ...account, ...missing }),
    receivedAt: answer?.receivedAt ?? world.now(),
    sha256: await sha256(answer?.received ?? new Uint8Array()),
  };
  const settlement = request.charged(charged, adapter.price.perFill);
  const { fillSize, price } = adapter;
  const event: Event = {
    kind: 'filled',
    count: bare.length,
    unreadable,
    ...(unexpected === undefined ? {} : { unexpected }),
    withoutDetails: countWithoutDetails(completed.accounts),
    charged,
    listed: price.perFill,
    fillSize,
  };
  return request.keep(() =>
    world.store.money.settleFill(completed, settlement, (current) => reduce(current, event, world.now())),
  );
}
