/** What an adapter makes of a response, without anything about people. */
import type { Account } from '../../lib/model/account.ts';
import { accountIdSchema, type Cursor } from '../../lib/model/ids.ts';
import type { Platform, Relation } from '../../lib/model/platform.ts';
import type { Handle } from '../../lib/model/profile.ts';
import type { Adapter } from '../../lib/providers/adapter.ts';
import { connect, type Connection } from '../../lib/providers/http.ts';

/** One request of a probe. */
export interface Step {
  readonly question: string;
  readonly call: 'check-key' | 'resolve' | 'page';
  readonly relation: Relation;
  /** Whether the profile is the one that the user chose, or one that does not exist. */
  readonly profile: 'chosen' | 'unknown';
}

export interface Outcome {
  readonly kind: string;
  readonly charged: number | null;
  readonly accounts?: number;
  readonly unreadable?: number;
  readonly ends?: boolean;
  /** The fields that at least one account has. */
  readonly fields?: readonly string[];
}

/** The target of a step. */
export interface Target {
  readonly platform: Platform;
  readonly handle: Handle;
  readonly id: string | null;
  readonly cursor: Cursor | null;
  readonly limit: number;
}

export interface Asked {
  readonly outcome: Outcome;
  readonly id: string | null;
  readonly next: Cursor | null;
  /** In the provider's unit; only of a test of the key. */
  readonly balance?: number | null;
}

function fieldsOf(accounts: readonly Account[]): string[] {
  const names = accounts.flatMap((account) =>
    Object.entries(account).flatMap(([name, value]) => (value === null ? [] : [name])),
  );
  return [...new Set(names)].sort();
}

/** Makes the adapter's call of a step. */
export async function ask(
  adapter: Adapter,
  step: Step,
  target: Target,
  connection: Connection,
): Promise<Asked> {
  const { platform, handle, cursor, limit } = target;
  const profile = { platform, handle, id: target.id === null ? null : accountIdSchema.parse(target.id) };
  if (step.call === 'check-key') {
    const result = await adapter.checkKey(connection);
    if (!result.ok) return failed(result.failure);
    const { balance, charged = 0 } = result.value;
    return {
      outcome: { kind: balance === null ? 'valid' : 'valid, with a balance', charged },
      id: null,
      next: null,
      balance,
    };
  }
  if (step.call === 'resolve') {
    const result = await adapter.resolve(profile, connection);
    if (!result.ok) return failed(result.failure);
    const { id, charged } = result.value;
    return { outcome: { kind: id === null ? 'found' : 'found, with an ID', charged }, id, next: null };
  }
  const result = await adapter.fetchPage({ profile, relation: step.relation, cursor, limit }, connection);
  if (!result.ok) return failed(result.failure);
  const { accounts, unreadable, next, charged, maybeCharged } = result.value;
  const outcome = {
    kind: 'page',
    charged: maybeCharged === undefined ? charged : null,
    accounts: accounts.length,
    unreadable,
    ends: next === null,
    fields: fieldsOf(accounts),
  };
  return { outcome, id: null, next };
}

function failed({
  trouble: { kind },
  charged,
}: {
  trouble: { kind: string };
  charged: number | null;
}): Asked {
  return { outcome: { kind, charged }, id: null, next: null };
}

export interface Recorded extends Step {
  readonly status: number;
  readonly body: string;
  readonly outcome: Outcome;
}

/** What the adapter makes of a recorded response. Nothing is sent. */
export async function replayed(
  adapter: Adapter,
  recorded: Pick<Recorded, 'status' | 'body'> & Step,
  target: Target,
): Promise<Outcome> {
  const { status, body } = recorded;
  const connection = connect({
    adapter,
    key: 'recorded',
    baseUrl: adapter.origin,
    signal: new AbortController().signal,
    fetch: () => Promise.resolve(new Response(body, { status })),
  });
  return (await ask(adapter, recorded, target, connection)).outcome;
}
