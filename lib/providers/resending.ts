/**
 * Detects whether the browser may have sent a request twice. If a kept-alive connection breaks before the first byte of
 * a response, browsers silently send the request again over a new connection (RFC 9110 § 9.2.2 and RFC 9112 § 9.3.1
 * allow this for a GET; the same applies to HTTP/2 sessions). The provider may have charged for both. It cannot be
 * prevented, but it can be seen: the new connection is opened late, although the previous one may still have been open.
 */

/** The relevant fields of `PerformanceResourceTiming`, in milliseconds. */
export interface Timing {
  readonly fetchStart: number;
  readonly domainLookupStart: number;
  readonly connectStart: number;
  /** 0 without TLS. */
  readonly secureConnectionStart: number;
  readonly connectEnd: number;
}

/**
 * What is known about the browser's connection to an origin: the last response kept it alive or closed it, or nothing
 * has been sent there since the browser started.
 */
export type KnownConnection = 'kept' | 'closed' | 'none';

/** Stores that state. Connections belong to the browser: they outlive the background, and contexts share them. */
export interface ConnectionMemory {
  /** Returns `kept` if the state is unknown. */
  read(origin: string): Promise<KnownConnection>;
  note(origin: string, known: 'kept' | 'closed'): void;
}

/** Servers keep a connection alive for at least this many milliseconds after a response, unless they close it explicitly. */
const MIN_KEEP_ALIVE = 4_000;
/** A request that needs a new connection from the start begins to connect within this many milliseconds. */
const MAX_IMMEDIATE_DELAY = 5;
/**
 * No first attempt fails in fewer milliseconds, because a failure takes a round trip to the server. A busy computer may
 * take this long to open a connection to itself even if nothing failed.
 */
const MIN_FAILURE_TIME = 10;

/** The connections that are certainly alive, by origin, as far as this context has used them itself. */
export class KeptConnections {
  readonly #since = new Map<string, number>();

  /** Call when a request begins. @returns whether it will be sent over a kept-alive connection */
  begin(origin: string, now: number): boolean {
    const since = this.#since.get(origin);
    // The state of the connection is unknown until the response arrives.
    this.#since.delete(origin);
    return since !== undefined && now - since < MIN_KEEP_ALIVE;
  }

  /** Call when a response is complete. @param isKept whether the server keeps the connection alive */
  end(origin: string, now: number, isKept: boolean): void {
    if (isKept) this.#since.set(origin, now);
  }
}

/** A memory of this context only. Connections that it does not know count as kept. */
export function ownMemory(): ConnectionMemory {
  const known = new Map<string, 'kept' | 'closed'>();
  return {
    read: (origin) => Promise.resolve(known.get(origin) ?? 'kept'),
    note: (origin, what) => {
      known.set(origin, what);
    },
  };
}

/**
 * Whether the response came over a new connection that was opened after another one had failed.
 * @param certainlyKept whether there certainly was a kept-alive connection. If not, a delay shorter than a round trip to
 *   the server is ignored: a first attempt would have taken that long to fail.
 */
export function wasResent(timing: Timing | null, certainlyKept: boolean): boolean {
  if (timing === null) return false;
  const { fetchStart, domainLookupStart, connectStart, secureConnectionStart, connectEnd } = timing;
  if (connectEnd <= connectStart) return false;
  const delay = domainLookupStart - fetchStart;
  const handshake =
    (secureConnectionStart > connectStart ? secureConnectionStart : connectEnd) - connectStart;
  return delay > (certainlyKept ? MAX_IMMEDIATE_DELAY : Math.max(handshake, MIN_FAILURE_TIME));
}
