/**
 * Parsing a stored response again, after an update taught the adapter to parse it. Nothing is sent, and nothing is
 * spent: the response's ledger entry is corrected to what it did cost.
 */
import { redact } from '../keys/redaction/redact.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { replay } from '../providers/http.ts';
import type { Settlement } from '../store/money.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import type { KnownAccounts } from './known-accounts.ts';
import type { Seen } from './seen-accounts.ts';
import { sha256 } from './request.ts';
import { resolvedEvent, settledPage, takenPage } from './take-page.ts';
import type { Environment } from './environment.ts';

export interface RereadInput {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  readonly seen: () => Promise<Seen>;
  readonly known: () => Promise<KnownAccounts | null>;
}

/** Subtracts what the entry counted from the snapshot, before the event adds what the response did cost. */
function uncounted(snapshot: Snapshot, entry: LedgerEntry): Snapshot {
  return entry.status === 'maybe'
    ? { ...snapshot, maybeCharged: snapshot.maybeCharged - entry.amount }
    : { ...snapshot, charged: snapshot.charged - entry.amount };
}

/** @returns the snapshot, which continues; `null` if the response still cannot be parsed */
export async function reread(environment: Environment, input: RereadInput): Promise<Snapshot | null> {
  const { snapshot, adapter } = input;
  const { store } = environment;
  const checkpoint = await store.pages.checkpoint(snapshot.id);
  const raw = (await store.rawResponses.ofSnapshot(snapshot.id)).find(
    ({ seq }) => seq === checkpoint.nextSeq,
  );
  const entry = raw === undefined ? undefined : await store.ledger.entry(raw.entry);
  if (raw === undefined || entry === undefined) return null;
  // Early versions stored responses without redacting keys.
  const connection = replay({ ...raw, bytes: await redact(raw.bytes, null, await store.keys.traces()) });
  const settlement = (rest: Pick<Settlement, 'status' | 'amount' | 'listed'>): Settlement => {
    const { id, provider } = entry;
    return { entry: id, provider, at: environment.now(), ...rest };
  };
  const apply = (event: Event) => (current: Snapshot) =>
    reduce(uncounted(current, entry), event, environment.now());

  if (raw.purpose === 'resolve') {
    const result = await adapter.resolve({ ...snapshot, id: snapshot.profileId }, connection);
    if (!result.ok) return null;
    const event = resolvedEvent(result.value, snapshot, adapter);
    const { charged: amount } = result.value;
    const settled = settlement({ status: 'charged', amount, listed: adapter.price.resolve });
    return (await store.money.settle(snapshot.id, settled, apply(event), null)) ?? null;
  }
  if (raw.purpose === 'page') return rereadPage(raw);
  // A fill that could not be parsed is requested again. The list itself does not depend on it.
  return null;

  async function rereadPage({ cursor, receivedAt, bytes, ...raw }: RawResponse): Promise<Snapshot | null> {
    const { most } = adapter.pages(snapshot.platform);
    const result = await adapter.fetchPage(
      { profile: { ...snapshot, id: snapshot.profileId }, relation: snapshot.relation, cursor, limit: most },
      connection,
    );
    if (!result.ok) return null;
    const taken = takenPage(result.value, {
      snapshot,
      adapter,
      checkpoint,
      seen: await input.seen(),
      known: await input.known(),
      providerAt: null,
      receivedAt,
      sha256: raw.sha256 ?? (await sha256(bytes)),
    });
    const settled = settlement(settledPage(adapter.price, result.value));
    return (await store.money.settlePage(taken.page, settled, apply(taken.event))) ?? null;
  }
}
