/** What goes in and out of the emulator, without sockets. */
import type { IncomingHttpHeaders } from 'node:http';

export type ProviderName = 'sociavault' | 'socialfetch' | 'x-v2' | 'x-v1.1';

/** One request as the log keeps it. Fields below `arrived` are filled in while it is answered. */
export interface RequestRecord {
  /** Counts from 1. */
  readonly n: number;
  /** Epoch milliseconds by the emulator's clock. */
  readonly at: number;
  /** When it came, in milliseconds of the machine's own steady clock (`performance.now()`). */
  readonly came: number;
  /** When the last byte of its answer was handed to the network, by the same clock; `null` when it was not. */
  left: number | null;
  /** `null` for the platforms' own pages and for hosts that nobody serves. */
  readonly provider: ProviderName | null;
  readonly host: string;
  readonly method: string;
  /** As the provider sees it: without the prefix of the plain HTTP port, still encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** `1.1` or `2.0`. */
  readonly httpVersion: string;
  /** Without the headers that carry keys or cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** The names of the cookies that came with it. */
  readonly cookies: readonly string[];
  /** Tells keys apart without being one; `null` when the request carried none. */
  readonly keyId: string | null;
  status: number | null;
  /** Accounts in the answer. */
  rows: number;
  /** What the provider counted, in its unit: decided before the first byte of the answer is sent. */
  charged: number;
  /** `dropped`: cut off by a fault. `aborted`: the client went away first. */
  outcome: 'pending' | 'answered' | 'dropped' | 'aborted';
}

export type Predicate = (record: RequestRecord) => boolean;

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array;
  readonly rows: number;
  /** In the provider's unit. */
  readonly charge: number;
}

/** An answer of JSON, free and without rows unless said otherwise. */
export function json(
  status: number,
  value: unknown,
  more: {
    readonly rows?: number;
    readonly charge?: number;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...more.headers },
    body: JSON.stringify(value),
    rows: more.rows ?? 0,
    charge: more.charge ?? 0,
  };
}

/** The one value of a header, or `null`. */
export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}
