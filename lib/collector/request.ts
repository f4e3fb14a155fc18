/** A request and its ledger entry: recorded before it is sent, settled with its response. */
import type { Purpose, RunEntry } from '../model/ledger.ts';
import type { RawResponse } from '../model/raw-response.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ProviderFailure } from '../providers/failure.ts';
import type { Connection } from '../providers/http.ts';
import type { Allowance, Settlement, WriteResult } from '../store/money.ts';
import type { Checkpoint } from '../store/page-log.ts';
import { backoff } from './backoff.ts';
import type { Event } from './machine/events.ts';
import { reduce } from './machine/reduce.ts';
import type { Environment, OpenKey } from './environment.ts';

/** In hex. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A provider that refuses a request for lack of credit may state the balance. Its own figure takes precedence. */
function statedBalance({ trouble: runError }: ProviderFailure): Pick<Settlement, 'balance'> {
  return runError.kind === 'no-credit' && runError.available !== null ? { balance: runError.available } : {};
}

export class Request {
  readonly environment: Environment;
  readonly snapshot: Snapshot;
  readonly checkpoint: Checkpoint;
  readonly entry: RunEntry;
  readonly origin: string;

  constructor(
    environment: Environment,
    snapshot: Snapshot,
    planned: { readonly kind: Purpose; readonly reserve: number },
    checkpoint: Checkpoint,
    open: OpenKey,
  ) {
    this.environment = environment;
    this.snapshot = snapshot;
    this.checkpoint = checkpoint;
    this.origin = new URL(open.baseUrl).origin;
    this.entry = {
      id: environment.newId(),
      snapshotId: snapshot.id,
      provider: snapshot.provider,
      purpose: planned.kind,
      unit: snapshot.unit,
      sentAt: environment.now(),
      settledAt: null,
      status: 'sent',
      reserved: planned.reserve,
      amount: 0,
      listed: null,
      ...(snapshot.budget === undefined ? {} : { budget: snapshot.budget }),
    };
  }

  /** The snapshot with this request in progress; the same object if the run is not live. */
  sending(current: Snapshot): Snapshot {
    const { origin, entry } = this;
    return reduce(current, { kind: 'sending', purpose: entry.purpose, origin }, this.environment.now());
  }

  write(allowance: Allowance | null): Promise<WriteResult> {
    return this.environment.store.money.writeRequest(
      this.entry,
      (current) => this.sending(current),
      allowance,
    );
  }

  /** If the browser may have sent the request twice, the first one gets its own entry: it may have been charged. */
  async recordResent(connection: Connection): Promise<void> {
    if (!connection.mayBeSentTwice()) return;
    const { environment } = this;
    const { reserved } = this.entry;
    const first: RunEntry = {
      ...this.entry,
      id: environment.newId(),
      settledAt: environment.now(),
      status: 'maybe',
      amount: reserved,
    };
    const event: Event = { kind: 'resent', reserve: reserved };
    await environment.store.money.addResent(first, (current) => reduce(current, event, environment.now()));
  }

  /** A settlement of this request with its cost. */
  settlement(rest: Omit<Settlement, 'entry' | 'provider' | 'at'>): Settlement {
    return { entry: this.entry.id, provider: this.entry.provider, at: this.environment.now(), ...rest };
  }

  /** A settlement with what the provider charged, and what our price list says. */
  charged(amount: number, listed: number, balance: Pick<Settlement, 'balance'> = {}): Settlement {
    return this.settlement({ status: 'charged', amount, listed, ...balance });
  }

  settled(settlement: Settlement, event: Event): Promise<Snapshot | undefined> {
    return this.#settle(settlement, event, null);
  }

  /** Saves the response, however long that takes, because it was paid for. */
  save(write: () => Promise<Snapshot | undefined>): Promise<Snapshot | undefined> {
    const { store, unsaved } = this.environment;
    return unsaved.save(
      write,
      async () => (await store.ledger.entry(this.entry.id))?.status !== 'sent',
      () => store.snapshots.get(this.snapshot.id),
    );
  }

  #settle(settlement: Settlement, event: Event, raw: RawResponse | null): Promise<Snapshot | undefined> {
    const { store, now } = this.environment;
    return this.save(() =>
      store.money.settle(this.snapshot.id, settlement, (current) => reduce(current, event, now()), raw),
    );
  }

  async failed(failure: ProviderFailure, connection: Connection): Promise<Snapshot | undefined> {
    const { environment, snapshot, checkpoint } = this;
    const { reserved, purpose } = this.entry;
    const wait = failure.retryAfter ?? backoff(snapshot.attempt, environment.random());
    // Where the most that the failure can have cost is known, it is less than what was set aside for a good response.
    const lost = Math.min(reserved, failure.atMost ?? reserved);
    const event: Event = { kind: 'failed', failure, reserve: reserved, wait };
    const response = connection.lastResponse();
    const raw =
      failure.trouble.kind === 'unreadable' && response !== null
        ? {
            snapshotId: snapshot.id,
            seq: checkpoint.nextSeq,
            purpose,
            entry: this.entry.id,
            cursor: checkpoint.cursor,
            status: response.status,
            receivedAt: response.receivedAt,
            bytes: response.bytes,
            sha256: await sha256(response.received),
          }
        : null;
    const settlement =
      failure.charged === null
        ? this.settlement({ status: 'maybe', amount: lost, listed: null })
        : // The price list has no price for refusals. They may cost up to as much as a good response.
          this.charged(failure.charged, Math.min(failure.charged, reserved), statedBalance(failure));
    return this.#settle(settlement, event, raw);
  }
}
