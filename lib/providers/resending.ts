/**
 * Whether the browser may have sent a request twice. When a kept connection breaks before the first byte of a response,
 * browsers send the request once more over a new one and tell nobody (RFC 9110 § 9.2.2 and RFC 9112 § 9.3.1 allow it for
 * a GET; HTTP/2 sessions that break are treated alike). The provider may have charged for both. It cannot be prevented,
 * but it leaves a trace: a new connection, made late, where the one before may still have been there.
 */

/** Of the browser's own measurement of a request, in milliseconds of one clock. */
export interface Timing {
  readonly fetchStart: number;
  readonly domainLookupStart: number;
  readonly connectStart: number;
  /** 0 without TLS. */
  readonly secureConnectionStart: number;
  readonly connectEnd: number;
}

/**
 * What is known of the browser's connection to an origin: that the last response left it open, or closed it, or that
 * nothing was sent there since the browser started.
 */
export type KnownConnection = 'kept' | 'closed' | 'none';

/** Where that is remembered. Connections belong to the browser: they outlive the background, and contexts share them. */
export interface ConnectionMemory {
  /** What is not known may be kept. */
  read(origin: string): Promise<KnownConnection>;
  note(origin: string, known: 'kept' | 'closed'): void;
}

/** Servers keep a connection for at least so long after a response, unless they say that they do not. */
const SURELY_KEPT = 4_000;
/** A request that needs a new connection from the start waits less for it. */
const AT_ONCE = 5;
/**
 * No first attempt fails faster: the request has to reach the server, and its break has to come back. Milliseconds. A
 * busy computer opens connections to itself that late, although nothing failed.
 */
const SHORTEST_FAILURE = 10;

/** The connections that are surely kept, by origin: as far as this context has used them itself. */
export class KeptConnections {
  readonly #since = new Map<string, number>();

  /** A request begins. @returns whether there is a kept connection that it will be sent over */
  begin(origin: string, now: number): boolean {
    const since = this.#since.get(origin);
    // Until its answer is there, nothing is known of the connection that it takes.
    this.#since.delete(origin);
    return since !== undefined && now - since < SURELY_KEPT;
  }

  /** An answer came to its end. @param stays whether its connection is kept, as far as the server says */
  end(origin: string, now: number, stays: boolean): void {
    if (stays) this.#since.set(origin, now);
  }
}

/** A memory of this context alone. What it has not seen may be kept. */
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
 * Whether a request was answered over a new connection that was made after another had failed.
 * @param surelyKept whether a kept connection was there. If it only may have been, a delay shorter than the way to the
 *   server and back is none: a first sending would have taken that long to fail.
 */
export function wasResent(timing: Timing | null, surelyKept: boolean): boolean {
  if (timing === null) return false;
  const { fetchStart, domainLookupStart, connectStart, secureConnectionStart, connectEnd } = timing;
  if (connectEnd <= connectStart) return false;
  const delay = domainLookupStart - fetchStart;
  const handshake =
    (secureConnectionStart > connectStart ? secureConnectionStart : connectEnd) - connectStart;
  return delay > (surelyKept ? AT_ONCE : Math.max(handshake, SHORTEST_FAILURE));
}
