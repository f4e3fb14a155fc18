/**
 * Reading a kept answer again, after an update has taught an adapter to understand it. Nothing is sent, nothing is
 * spent: the ledger entry that stood for the answer learns what it did cost.
 */
import { redact } from '../keys/redaction/redact.ts';
import type { LedgerEntry } from '../model/ledger.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Adapter } from '../providers/adapter.ts';
import { replay } from '../providers/http.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import type { Seen } from './seen-accounts.ts';
import { sha256 } from './request.ts';
import { listedPage, resolvedEvent, takenPage } from './take-page.ts';
import type { World } from './environment.ts';

export interface RereadInput {
  readonly snapshot: Snapshot;
  readonly adapter: Adapter;
  readonly seen: () => Promise<Seen>;
}

/** Takes what the entry counted for so far off the snapshot, before the event counts what it did cost. */
function uncounted(snapshot: Snapshot, entry: LedgerEntry): Snapshot {
  return entry.status === 'maybe'
    ? { ...snapshot, maybeCharged: snapshot.maybeCharged - entry.amount }
    : { ...snapshot, charged: snapshot.charged - entry.amount };
}

/** @returns the snapshot as it goes on, or `null` when the answer is still not understood */
export async function reread(world: World, input: RereadInput): Promise<Snapshot | null> {
  const { snapshot, adapter } = input;
  const { store } = world;
  const checkpoint = await store.pages.checkpoint(snapshot.id);
  const raw = (await store.rawResponses.ofSnapshot(snapshot.id)).find(
    ({ seq }) => seq === checkpoint.nextSeq,
  );
  const entry = raw === undefined ? undefined : await store.ledger.entry(raw.entry);
  if (raw === undefined || entry === undefined) return null;
  // Early versions kept answers as they came.
  const connection = replay({ ...raw, bytes: await redact(raw.bytes, null, await store.keys.traces()) });
  const settlement = (amount: number, listed: number) => {
    const { id, provider } = entry;
    return { entry: id, provider, at: world.now(), status: 'charged', amount, listed } as const;
  };
  const happens = (event: Event) => (current: Snapshot) =>
    reduce(uncounted(current, entry), event, world.now());

  if (raw.purpose === 'resolve') {
    const result = await adapter.resolve({ ...snapshot, id: snapshot.profileId }, connection);
    if (!result.ok) return null;
    const event = resolvedEvent(result.value, snapshot, adapter);
    const settled = settlement(result.value.charged, adapter.price.resolve);
    return (await store.money.settle(snapshot.id, settled, happens(event), null)) ?? null;
  }
  if (raw.purpose === 'page') return rereadPage(raw);
  // A look-up that was not understood is asked for again: it says nothing that the list itself needs.
  return null;

  async function rereadPage({ cursor, receivedAt, bytes, ...raw }: RawAnswer): Promise<Snapshot | null> {
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
      providerAt: null,
      receivedAt,
      sha256: raw.sha256 ?? (await sha256(bytes)),
    });
    const settled = settlement(result.value.charged, listedPage(adapter.price, result.value));
    return (await store.money.settlePage(taken.page, settled, happens(taken.event))) ?? null;
  }
}
