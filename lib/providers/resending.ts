/**
 * Whether the browser may have sent a request twice. When a kept connection breaks before the first byte of an answer,
 * browsers send a GET once more over a new one and tell nobody (RFC 9110 § 9.2.2 and RFC 9112 § 9.3.1 allow it). The
 * provider may have charged for both. It cannot be prevented, but it leaves a trace: a new connection, made late,
 * where the one before should still have been there.
 */

/** Of the browser's own measurement of a request, in milliseconds of one clock. */
export interface Timing {
  readonly fetchStart: number;
  readonly domainLookupStart: number;
  readonly connectStart: number;
  readonly connectEnd: number;
}

/** Servers keep a connection for at least so long after an answer, unless they say that they do not. */
const SURELY_KEPT = 4_000;
/** A request that needs a new connection from the start waits less for it. */
const AT_ONCE = 1.5;

/** What is known of the connections that the browser keeps, by origin. */
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

/** Whether a request that was to go over a kept connection was answered over one that was made after it had failed. */
export function wasResent(timing: Timing | null): boolean {
  if (timing === null) return false;
  const { fetchStart, domainLookupStart, connectStart, connectEnd } = timing;
  return connectEnd > connectStart && domainLookupStart - fetchStart > AT_ONCE;
}
