/**
 * Requesting a page and saving it. If nothing prevents another page, its request is recorded in the transaction that
 * saves this one, and can be sent immediately.
 */
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter, Page } from '../providers/adapter.ts';
import type { Result } from '../providers/failure.ts';
import type { Connection } from '../providers/http.ts';
import type { NextRequest } from '../store/money.ts';
import type { Checkpoint } from '../store/page-log.ts';
import type { Environment, Monthly, OpenKey } from './environment.ts';
import { plan, type Plan } from './machine/plan.ts';
import { reduce } from './machine/reduce.ts';
import { Request, sha256 } from './request.ts';
import type { KnownAccounts } from './known-accounts.ts';
import type { Seen } from './seen-accounts.ts';
import { settledPage, takenPage } from './take-page.ts';

/** What was checked while a page was requested holds for the next request, unless saving the page takes longer. */
const CHECKS_HOLD = 1_000;

export interface StepInput {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  /** The IDs and cursors of the list so far. Read only when a page was received. */
  readonly seen: () => Promise<Seen>;
  /** In an update: the accounts of the earlier list; otherwise `null`. */
  readonly known: () => Promise<KnownAccounts | null>;
  readonly signal: AbortSignal;
  /** Whether the next request may be for this run too, as far as other runs are concerned. */
  readonly mayFollow: () => boolean;
}

export interface StepResult {
  /** As it is stored after the step; `undefined` if it was deleted meanwhile. */
  readonly snapshot: Snapshot | undefined;
  /** The next request; `null` if it still has to be determined. */
  readonly nextPage: NextPage | null;
}

/** A page that is to be requested, and is recorded in the ledger already. */
export interface NextPage {
  readonly request: Request;
  readonly planned: Extract<Plan, { readonly kind: 'page' }>;
  readonly open: OpenKey;
}

/** What is determined while a response is parsed. */
interface Meanwhile {
  readonly digest: Promise<string>;
  readonly checks: Promise<Checks | null> | null;
}

/** What has to be known before the next page may be requested. */
interface Checks {
  readonly open: OpenKey;
  readonly monthly: Monthly | null;
  readonly at: number;
}

/** Requests a page that is recorded in the ledger, and saves it. Sends the request before it waits for anything. */
export async function requestPage(next: NextPage, input: StepInput): Promise<StepResult> {
  const { request, planned, open } = next;
  const { environment, snapshot } = request;
  const { adapter, signal, mayFollow } = input;
  let meanwhile: Meanwhile | null = null;
  const connection = environment.connect(adapter, open, signal, (bytes) => {
    meanwhile = { digest: sha256(bytes), checks: mayFollow() ? check(environment, snapshot) : null };
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
  await request.recordResent(connection);
  return result.ok
    ? savePage(request, result, { connection, meanwhile }, input)
    : { snapshot: await request.failed(result.failure, connection), nextPage: null };
}

/**
 * @returns `null` if the next step has to find out more
 *
 * Never rejects: a response has just been received. What fails here fails again in the next step, which has none.
 */
async function check(environment: Environment, snapshot: Snapshot): Promise<Checks | null> {
  try {
    return await checkAll(environment, snapshot);
  } catch (error) {
    console.warn('The next page is not requested immediately.', error instanceof Error ? error.name : '');
    return null;
  }
}

async function checkAll(environment: Environment, { provider }: Snapshot): Promise<Checks | null> {
  const [key, monthly, room] = await Promise.all([
    environment.store.keys.get(provider),
    environment.monthly(provider),
    environment.hasRoom(),
  ]);
  if (key === undefined || !room || !environment.online()) return null;
  const [secret, reach] = await Promise.all([environment.readSecret(key), environment.mayReach(key.baseUrl)]);
  if (secret === null || !reach) return null;
  return { open: { key: secret, baseUrl: key.baseUrl }, monthly, at: environment.now() };
}

async function savePage(
  request: Request,
  { value: page }: Extract<Result<Page>, { readonly ok: true }>,
  { connection, meanwhile }: { readonly connection: Connection; readonly meanwhile: Meanwhile | null },
  input: StepInput,
): Promise<StepResult> {
  const { environment, snapshot, checkpoint } = request;
  const response = connection.lastResponse();
  const [seen, known, digest, checks] = await Promise.all([
    input.seen(),
    input.known(),
    meanwhile?.digest ?? sha256(response?.received ?? new Uint8Array()),
    meanwhile === null ? check(environment, snapshot) : meanwhile.checks,
  ]);
  const taken = takenPage(page, {
    snapshot,
    adapter: input.adapter,
    checkpoint,
    seen,
    known,
    providerAt: response?.date ?? null,
    receivedAt: response?.receivedAt ?? environment.now(),
    sha256: digest,
  });
  const settlement = request.settlement(settledPage(input.adapter.price, page));
  const after: Checkpoint = {
    nextSeq: checkpoint.nextSeq + 1,
    cursor: page.next,
    atEnd: page.next === null,
  };
  const next: { page: NextPage | null; isCertain: boolean } = { page: null, isCertain: false };

  const saved = await request.save(async () => {
    next.page = null;
    const written = await environment.store.money.settlePage(
      taken.page,
      settlement,
      (current) => reduce(current, taken.event, environment.now()),
      checks === null
        ? null
        : nextRequest(environment, input, { checks, after }, (planned) => {
            next.page = planned;
          }),
    );
    next.isCertain = true;
    return written;
  });
  taken.markSeen();
  if (next.page === null || next.isCertain) return { snapshot: saved, nextPage: next.page };
  // An attempt that seemed to fail saved the page. Either it recorded the next request too, or there is none.
  const entry = await environment.store.ledger.entry(next.page.request.entry.id);
  return { snapshot: saved, nextPage: entry === undefined ? null : next.page };
}

/**
 * The request for the next page, if nothing prevents it. Everything else is left to the next step.
 * @param planned called with the request that the transaction is about to record
 */
function nextRequest(
  environment: Environment,
  { adapter, mayFollow }: StepInput,
  { checks, after }: { readonly checks: Checks; readonly after: Checkpoint },
  planned: (page: NextPage) => void,
): NextRequest {
  const { open, monthly, at } = checks;
  return {
    allowance: monthly?.allowance ?? null,
    plan: (saved, monthlyLeft, sharedLeft) => {
      const now = environment.now();
      if (now - at > CHECKS_HOLD || !mayFollow()) return null;
      const { cursor, atEnd } = after;
      const next = plan(saved, { now, cursor, atEnd, adapter, monthlyLeft, sharedLeft });
      if (next.kind !== 'page') return null;
      const request = new Request(environment, saved, next, after, open);
      planned({ request, planned: next, open });
      return { entry: request.entry, snapshot: request.sending(saved) };
    },
  };
}
