/**
 * The only place that calls `fetch`. A connection sends one provider's key to one configured base URL and nowhere
 * else: redirects are not followed, cookies are not sent, nothing is cached.
 */
import { MOST_ANSWER } from '../model/raw-response.ts';
import { redact, redactText } from '../keys/redaction/redact.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import type { KeyFormat } from './key-format.ts';
import { failure, type ProviderFailure } from './failure.ts';
import { parseJson } from './json.ts';
import { KeptConnections, ownMemory, wasResent, type ConnectionMemory, type Timing } from './resending.ts';

const MEGABYTE = 1024 * 1024;

/** Public clients of slow providers wait up to two minutes; longer silence is a lost answer. */
const MOST_SILENCE = 150_000;

/** A whole answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The provider's clock when it answered (`Date`), epoch milliseconds. */
  readonly date: number | null;
  readonly receivedAt: number;
  /** The body without keys: what may be read, shown and kept. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The body as it came, to be digested and nothing else. */
  readonly received: Uint8Array<ArrayBuffer>;
  /** The body without keys as JSON; `undefined` where it is none. */
  readonly json: unknown;
}

export type Sent =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly failure: ProviderFailure };

export interface Call {
  readonly method?: 'GET' | 'POST';
  /** Appended to the base URL; its variable parts already encoded. */
  readonly path: string;
  /** Encoded here; `undefined` values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface Connection {
  send(call: Call): Promise<Sent>;
  /** The last whole answer received over this connection: for keeping its hash, its time, or itself. */
  lastAnswer(): Answer | null;
  /** A provider's own words, fit to be stored and shown: short, one line, without the key. */
  quote(said: unknown): string | null;
  /** Whether the browser may have sent a call of this connection twice: see {@link ./resending.ts}. */
  mayBeSentTwice(): boolean;
}

export interface ConnectionOptions {
  readonly adapter: { readonly key: Pick<KeyFormat, 'header'> };
  readonly key: string;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  /** Called with the bytes of each whole answer, before they are read. */
  readonly received?: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Traces of all keys that were ever in use: read while a body arrives. Must not reject, for the answer was paid for. */
  readonly traces?: () => Promise<readonly KeyTrace[]>;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
  /** What the browser measured of the latest request for an address. */
  readonly timing?: (url: string) => Timing | null;
  /** What is known of connections beyond this context; unless given, what this context has seen. */
  readonly memory?: ConnectionMemory;
  /** Whether the browser is connected to a network. */
  readonly online?: () => boolean;
}

/** Connections belong to the browser and outlive ours, so what is known of them does too. */
const keptConnections = new KeptConnections();
const connectionsOfThisContext = ownMemory();

/** Whether there is a network, as far as the browser says; others do not say. */
function isOnline({ onLine = true }: { readonly onLine?: boolean } = navigator): boolean {
  return onLine;
}

/** What the browser measured, where it tells: of hosts that we may reach it does. */
function measured(url: string): Timing | null {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  // The browser keeps a few hundred and then stops.
  performance.clearResourceTimings();
  return entry instanceof PerformanceResourceTiming ? entry : null;
}

/** A value as one segment of a {@link Call.path}; `null` where a URL has none for it: `..` would be another path. */
export function segment(value: string): string | null {
  return /^\.{0,2}$/.test(value) ? null : encodeURIComponent(value.toWellFormed());
}

/**
 * The base URL as it is stored and compared: https anywhere, http on this computer only, no credentials, query or
 * fragment, no slash at its end.
 * @returns `null` when the text is no such URL.
 */
export function readBaseUrl(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) return null;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (response.body === null) return new Uint8Array();
  const reader = response.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MOST_ANSWER) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readDate(headers: Headers): number | null {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}

/** A connection that answers every call with an answer received before. Nothing is sent. */
export function replay(kept: Pick<Answer, 'status' | 'receivedAt' | 'bytes'>): Connection {
  const answer: Answer = {
    status: kept.status,
    headers: new Headers(),
    date: null,
    receivedAt: kept.receivedAt,
    bytes: kept.bytes,
    received: kept.bytes,
    json: readJson(kept.bytes),
  };
  return {
    send: () => Promise.resolve({ ok: true, answer }),
    lastAnswer: () => answer,
    quote: () => null,
    mayBeSentTwice: () => false,
  };
}

const MOST_QUOTED = 300;
/** What could break a line, hide text or turn its direction. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** A provider's own words, fit to be stored and shown: short, one line, without the key. */
function quoteWithout(key: string, said: unknown): string | null {
  if (typeof said !== 'string') return null;
  const clean = redactText(said, key).replace(UNFIT, ' ').trim();
  // Two code units hold any character: enough is cut off first, for a sentence may be a megabyte long.
  const short = Array.from(clean.slice(0, 2 * MOST_QUOTED)).slice(0, MOST_QUOTED);
  return short.length === 0 ? null : short.join('');
}

/** Opens a connection to a provider with the user's key. */
export function connect(options: ConnectionOptions): Connection {
  const { adapter, key, baseUrl, signal } = options;
  const request = options.fetch ?? globalThis.fetch.bind(globalThis);
  const now = options.now ?? Date.now;
  const timing = options.timing ?? measured;
  const memory = options.memory ?? connectionsOfThisContext;
  const online = options.online ?? ((): boolean => isOnline());
  let last: Answer | null = null;
  let sentTwice = false;

  async function send({ method = 'GET', path, query = {}, body }: Call): Promise<Sent> {
    last = null;
    const base = readBaseUrl(baseUrl);
    // A key goes over https, or stays on this computer; whoever stored this address had not read it as one.
    if (base === null) return failure({ kind: 'unreachable' }, { charged: 0 });
    const url = new URL(base + path);
    if (!path.startsWith('/') || url.href !== base + path) {
      throw new Error('A path must begin with a slash, be encoded, and stay below the base URL.');
    }
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const headers = new Headers({ accept: 'application/json' });
    const [header, value] = adapter.key.header(key);
    try {
      headers.set(header, value);
    } catch (error) {
      // What no header can carry is no key. The engine's own sentence may quote it, so it goes no further.
      if (error instanceof TypeError) return failure({ kind: 'bad-key', said: null }, { charged: 0 });
      throw error;
    }
    if (body !== undefined) headers.set('content-type', 'application/json');
    const { origin } = url;
    const surelyKept = keptConnections.begin(origin, now());
    const mayBeKept = async (): Promise<boolean> => surelyKept || (await memory.read(origin)) === 'kept';
    let answered = false;
    try {
      const response = await request(url, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
        signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_SILENCE)]),
      });
      answered = true;
      if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
        // No provider's answer: whoever redirects may have passed the request on before.
        return failure({ kind: 'redirect-refused' }, { charged: null });
      }
      const traces = options.traces?.() ?? [];
      const received = await readBody(response);
      if (received === null) {
        return failure({ kind: 'too-large', megabytes: MOST_ANSWER / MEGABYTE }, { charged: null });
      }
      const receivedAt = now();
      // Reading takes a while, in which others can be asked already.
      options.received?.(received);
      const bytes = await redact(received, key, await traces);
      last = {
        status: response.status,
        headers: response.headers,
        date: readDate(response.headers),
        receivedAt,
        bytes,
        received,
        json: readJson(bytes),
      };
      const resent = wasResent(timing(url.href), surelyKept);
      sentTwice ||= resent && (await mayBeKept());
      const stays = response.headers.get('connection') !== 'close';
      keptConnections.end(origin, now(), stays);
      memory.note(origin, stays ? 'kept' : 'closed');
      return { ok: true, answer: last };
    } catch (error) {
      // fetch and its body reader fail with TypeError (network, cut answer) or a DOMException (time-out, abort);
      // neither says whether the request had arrived, so the provider may have charged for it.
      if (error instanceof TypeError || error instanceof DOMException) {
        // Over a kept connection that broke, this was the browser's second try. A time-out is ours, and without a
        // network no second try reached anybody.
        const broke = error instanceof TypeError;
        sentTwice ||= broke && !answered && online() && (await mayBeKept());
        if (broke) memory.note(origin, 'closed');
        return failure({ kind: 'unreachable' }, { charged: null, retryable: true });
      }
      throw error;
    }
  }

  return {
    send,
    quote: (said) => quoteWithout(key, said),
    lastAnswer: () => last,
    mayBeSentTwice: () => sentTwice,
  };
}
