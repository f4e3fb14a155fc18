/** Requests that a test holds, to do something while they are in progress. */
import type { Predicate, RequestRecord } from './exchange.ts';

/** `arrival`: nothing is decided yet. `decided`: charged and ready to be sent. */
export type HoldPoint = 'arrival' | 'decided';

export interface Hold {
  /** Resolves when the first request is held. */
  readonly arrived: Promise<RequestRecord>;
  /** Releases it; later requests are not held. */
  release(): void;
}

interface Gate {
  readonly predicate: Predicate;
  readonly point: HoldPoint;
  readonly arrive: (record: RequestRecord) => void;
  readonly opened: Promise<void>;
  stopped: boolean;
}

export class Holds {
  readonly #gates = new Set<Gate>();
  readonly #releases = new Set<() => void>();

  /** Holds the first request that the predicate accepts. */
  add(predicate: Predicate, point: HoldPoint): Hold {
    const arrival = Promise.withResolvers<RequestRecord>();
    const opening = Promise.withResolvers<undefined>();
    const gate: Gate = {
      predicate,
      point,
      arrive: arrival.resolve,
      opened: opening.promise,
      stopped: false,
    };
    const release = (): void => {
      this.#gates.delete(gate);
      this.#releases.delete(release);
      opening.resolve(undefined);
    };
    this.#gates.add(gate);
    this.#releases.add(release);
    return { arrived: arrival.promise, release };
  }

  /** Resolves immediately unless a hold applies to this request at this point. */
  async pass(record: RequestRecord, point: HoldPoint): Promise<void> {
    for (const gate of this.#gates) {
      if (gate.stopped || gate.point !== point || !gate.predicate(record)) continue;
      gate.stopped = true;
      gate.arrive(record);
      await gate.opened;
    }
  }

  releaseAll(): void {
    for (const release of [...this.#releases]) release();
  }
}
