/** A request and its entry in the ledger: written before it is sent, settled with what it brought. */
import type { Purpose, RunEntry } from '../model/ledger.ts';
import type { RawAnswer } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ProviderFailure } from '../providers/failure.ts';
import type { Connection } from '../providers/http.ts';
import type { Allowance, Settlement, WriteResult } from '../store/money.ts';
import type { Checkpoint } from '../store/page-log.ts';
import { backoff } from './backoff.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import type { OpenKey, World } from './environment.ts';

/** In hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A provider that refuses for lack of credit may say what is left: its own figure wins. */
function statedBalance({ trouble }: ProviderFailure): Pick<Settlement, 'balance'> {
  return trouble.kind === 'no-credit' && trouble.available !== null ? { balance: trouble.available } : {};
}

/** A request and its ledger entry, from being written to being settled. */
export class Request {
  readonly world: World;
  readonly snapshot: Snapshot;
  readonly checkpoint: Checkpoint;
  readonly entry: RunEntry;
  readonly origin: string;

  constructor(
    world: World,
    snapshot: Snapshot,
    planned: { readonly kind: Purpose; readonly reserve: number },
    checkpoint: Checkpoint,
    open: OpenKey,
  ) {
    this.world = world;
    this.snapshot = snapshot;
    this.checkpoint = checkpoint;
    this.origin = new URL(open.baseUrl).origin;
    this.entry = {
      id: world.newId(),
      snapshotId: snapshot.id,
      provider: snapshot.provider,
      purpose: planned.kind,
      unit: snapshot.unit,
      sentAt: world.now(),
      settledAt: null,
      status: 'sent',
      reserved: planned.reserve,
      amount: 0,
      listed: null,
    };
  }

  /** The snapshot with this request under way; the same one where the run does not go on. */
  sending(current: Snapshot): Snapshot {
    const { origin, entry } = this;
    return reduce(current, { kind: 'sending', purpose: entry.purpose, origin }, this.world.now());
  }

  write(allowance: Allowance | null): Promise<WriteResult> {
    return this.world.store.money.writeRequest(this.entry, (current) => this.sending(current), allowance);
  }

  /** Where the browser may have sent the request twice, the first time gets an entry of its own: it may have been charged. */
  async noteResending(connection: Connection): Promise<void> {
    if (!connection.mayBeSentTwice()) return;
    const { world } = this;
    const { reserved } = this.entry;
    const first: RunEntry = {
      ...this.entry,
      id: world.newId(),
      settledAt: world.now(),
      status: 'maybe',
      amount: reserved,
    };
    const event: Event = { kind: 'resent', reserve: reserved };
    await world.store.money.addResent(first, (current) => reduce(current, event, world.now()));
  }

  #settlement(rest: Omit<Settlement, 'entry' | 'provider' | 'at'>): Settlement {
    return { entry: this.entry.id, provider: this.entry.provider, at: this.world.now(), ...rest };
  }

  /** The request as paid: what the provider charged, and what our price list says. */
  charged(amount: number, listed: number, balance: Pick<Settlement, 'balance'> = {}): Settlement {
    return this.#settlement({ status: 'charged', amount, listed, ...balance });
  }

  settled(settlement: Settlement, event: Event): Promise<Snapshot | undefined> {
    return this.#settle(settlement, event, null);
  }

  /** Writes what the request brought, however long that takes: it was paid for. */
  keep(write: () => Promise<Snapshot | undefined>): Promise<Snapshot | undefined> {
    const { store, keeping } = this.world;
    return keeping.keep(
      write,
      async () => (await store.ledger.entry(this.entry.id))?.status !== 'sent',
      () => store.snapshots.get(this.snapshot.id),
    );
  }

  #settle(settlement: Settlement, event: Event, raw: RawAnswer | null): Promise<Snapshot | undefined> {
    const { store, now } = this.world;
    return this.keep(() =>
      store.money.settle(this.snapshot.id, settlement, (current) => reduce(current, event, now()), raw),
    );
  }

  async failed(failure: ProviderFailure, connection: Connection): Promise<Snapshot | undefined> {
    const { world, snapshot, checkpoint } = this;
    const { reserved, purpose } = this.entry;
    const wait = failure.retryAfter ?? backoff(snapshot.attempt, world.random());
    const event: Event = { kind: 'failed', failure, reserve: reserved, wait };
    const answer = connection.lastAnswer();
    const raw =
      failure.trouble.kind === 'unreadable' && answer !== null
        ? {
            snapshotId: snapshot.id,
            seq: checkpoint.nextSeq,
            purpose,
            entry: this.entry.id,
            cursor: checkpoint.cursor,
            status: answer.status,
            receivedAt: answer.receivedAt,
            bytes: answer.bytes,
            sha256: await sha256(answer.received),
          }
        : null;
    const settlement =
      failure.charged === null
        ? this.#settlement({ status: 'maybe', amount: reserved, listed: null })
        : // A price list says nothing of answers that refuse: they may cost up to what a good one does.
          this.charged(failure.charged, Math.min(failure.charged, reserved), statedBalance(failure));
    return this.#settle(settlement, event, raw);
  }
}
