/**
 * One step of a run: at most one request, recorded in the ledger before it is sent, and settled with its response. The
 * background can be terminated after each.
 */
import type { Snapshot } from '../model/snapshot.ts';
import type { Checkpoint } from '../store/page-log.ts';
import { ALLOWANCE_TIME, grantOrNeedApproval } from './allowance.ts';
import type { Environment, Monthly, OpenKey } from './environment.ts';
import { fill } from './fill.ts';
import { joinUpdate } from './join-update.ts';
import type { Event } from './machine/events.ts';
import { plan, type Plan } from './machine/plan.ts';
import { reduce } from './machine/reduce.ts';
import { isOneClick } from './machine/state.ts';
import { requestPage, type StepInput, type StepResult } from './request-page.ts';
import { Request } from './request.ts';
import { resolvedEvent, unresolved } from './take-page.ts';

const OFFLINE_WAIT = 30_000;

/** A plan for which a request has to be sent. */
type RequestPlan = Extract<Plan, { readonly kind: 'resolve' | 'fill' | 'page' }>;

/** What a request needs besides its plan. */
interface Prepared {
  readonly open: OpenKey;
  readonly checkpoint: Checkpoint;
  readonly monthly: Monthly | null;
  /** What the limit leaves that the run shares with others; `null` if it shares none. */
  readonly sharedLeft: number | null;
}

/** Does what the snapshot needs next. */
export async function step(environment: Environment, input: StepInput): Promise<StepResult> {
  const { snapshot, adapter } = input;
  const apply = async (event: Event): Promise<StepResult> =>
    only(
      await environment.store.snapshots.change(snapshot.id, (current) =>
        reduce(current, event, environment.now()),
      ),
    );

  const prepared = await prepare(environment, snapshot);
  if ('kind' in prepared) return apply(prepared);
  const { checkpoint, monthly, sharedLeft } = prepared;
  const planned = plan(snapshot, {
    now: environment.now(),
    cursor: checkpoint.cursor,
    atEnd: checkpoint.atEnd,
    adapter,
    monthlyLeft: monthly?.left ?? null,
    sharedLeft,
  });
  switch (planned.kind) {
    case 'rest':
    case 'wait':
      return only(snapshot);
    case 'approval':
      return only(await grantOrRequestApproval(environment, snapshot, planned));
    case 'limit':
      return apply({ kind: 'limited', by: planned.by });
    case 'finish':
      return snapshot.ending?.kind === 'updated' ? join(environment, snapshot) : apply({ kind: 'finish' });
    case 'resolve':
      // No request, so no entry in the ledger.
      if (adapter.listsBy === 'handle') {
        return apply(resolvedEvent(unresolved(snapshot), snapshot, adapter));
      }
      break;
    case 'fill':
    case 'page':
      break;
  }
  const obstacle = await obstacleTo(environment, prepared.open);
  return obstacle === null ? send(environment, input, planned, prepared) : apply(obstacle);
}

async function join({ store, now }: Environment, snapshot: Snapshot): Promise<StepResult> {
  return only(await joinUpdate(store, snapshot, (current, event) => reduce(current, event, now())));
}

/** @returns the event that blocks the run if its key cannot be used */
async function prepare(environment: Environment, snapshot: Snapshot): Promise<Prepared | Event> {
  const { store } = environment;
  // In parallel: each waits for another process, which takes most of the time between two pages.
  const [key, checkpoint, monthly, sharedLeft] = await Promise.all([
    store.keys.get(snapshot.provider),
    store.pages.checkpoint(snapshot.id),
    environment.monthly(snapshot.provider),
    store.money.sharedLeft(snapshot.budget, environment.now()),
  ]);
  if (key === undefined) return { kind: 'blocked', trouble: { kind: 'no-key' } };
  const secret = await environment.readSecret(key);
  if (secret === null) return { kind: 'blocked', trouble: { kind: 'locked' } };
  return { open: { key: secret, baseUrl: key.baseUrl }, checkpoint, monthly, sharedLeft };
}

/** What prevents a request now; `null` if nothing does. */
async function obstacleTo(environment: Environment, { baseUrl }: OpenKey): Promise<Event | null> {
  if (!(await environment.mayReach(baseUrl))) {
    return { kind: 'blocked', trouble: { kind: 'no-permission', origin: new URL(baseUrl).origin } };
  }
  if (!environment.online()) return { kind: 'offline', wait: OFFLINE_WAIT };
  // A response that could not be saved is not requested.
  if (!(await environment.hasRoom())) return { kind: 'blocked', trouble: { kind: 'storage', name: 'full' } };
  return null;
}

/** Records the request, sends it, and settles it with its response. */
async function send(
  environment: Environment,
  input: StepInput,
  planned: RequestPlan,
  { open, checkpoint, monthly }: Prepared,
): Promise<StepResult> {
  const { snapshot, adapter, signal } = input;
  const request = new Request(environment, snapshot, planned, checkpoint, open);
  const written = await request.write(monthly?.allowance ?? null);
  switch (written.kind) {
    case 'deleted':
      return only(undefined);
    case 'inactive':
      return only(written.snapshot);
    case 'over-limit':
      // Another request was recorded first. The next plan takes it into account.
      return only(snapshot);
    case 'written':
      break;
  }
  if (planned.kind === 'page') return requestPage({ request, planned, open }, input);
  const connection = environment.connect(adapter, open, signal);
  if (planned.kind === 'fill') return only(await fill(request, connection, adapter));
  const result = await adapter.resolve({ ...snapshot, id: snapshot.profileId }, connection);
  await request.recordResent(connection);
  if (!result.ok) return only(await request.failed(result.failure, connection));
  const settlement = request.charged(result.value.charged, adapter.price.resolve);
  return only(await request.settled(settlement, resolvedEvent(result.value, snapshot, adapter)));
}

/** Requests the user's approval, unless the run may take more of the amount that page buttons share. */
async function grantOrRequestApproval(
  environment: Environment,
  snapshot: Snapshot,
  planned: Extract<Plan, { readonly kind: 'approval' }>,
): Promise<Snapshot | undefined> {
  const most = await environment.spendableUnapproved(snapshot);
  const now = environment.now();
  return environment.store.snapshots.changeByRecent(snapshot.id, {
    since: now - ALLOWANCE_TIME,
    change: (current, recent) => {
      const event: Event = isOneClick(current)
        ? grantOrNeedApproval(current, planned, { most, recent })
        : { kind: 'approval-needed' };
      return reduce(current, event, now);
    },
  });
}

/** A result without a next page that is recorded already. */
function only(snapshot: Snapshot | undefined): StepResult {
  return { snapshot, nextPage: null };
}
