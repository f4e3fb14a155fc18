/** The emulator's input and output, independent of sockets. */
import type { IncomingHttpHeaders } from 'node:http';

export type ProviderName = 'sociavault' | 'socialfetch' | 'twitterapi-io' | 'socialdata' | 'x-v2' | 'x-v1.1';

/** One request in the log. Fields below `arrived` are filled in while it is answered. */
export interface RequestRecord {
  /** Counts from 1. */
  readonly n: number;
  /** Epoch milliseconds by the emulator's clock. */
  readonly at: number;
  /** When the request arrived, in milliseconds of the machine's monotonic clock (`performance.now()`). */
  readonly arrived: number;
  /** When the last byte of the response was passed to the network, by the same clock; `null` if it was not. */
  left: number | null;
  /** `null` for the platforms' own pages and for unknown hosts. */
  readonly provider: ProviderName | null;
  readonly host: string;
  readonly method: string;
  /** The path as the provider sees it: without the prefix of the plain HTTP port, still encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** `1.1` or `2.0`. */
  readonly httpVersion: string;
  /** Without the headers that contain keys or cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** The names of the request's cookies. */
  readonly cookies: readonly string[];
  /** Identifies a key without revealing it; `null` if the request had none. */
  readonly keyId: string | null;
  status: number | null;
  /** Accounts in the response. */
  rows: number;
  /** What the provider counted, in its unit: decided before the first byte of the response is sent. */
  charged: number;
  /** `dropped`: cut off by a fault. `aborted`: the client disconnected first. */
  outcome: 'pending' | 'answered' | 'dropped' | 'aborted';
}

export type Predicate = (record: RequestRecord) => boolean;

/** A response before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array;
  readonly rows: number;
  /** In the provider's unit. */
  readonly charge: number;
}

/** A JSON response; by default free and without rows. */
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

/** The value of a header, or `null`. */
export function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : value.join(', ');
}
