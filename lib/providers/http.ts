/**
 * The only module that calls `fetch`. A connection sends a provider's key only to the configured base URL: redirects are
 * not followed, cookies are not sent, and nothing is cached.
 */
import { MAX_RESPONSE } from '../model/raw-response.ts';
import { redact, redactText } from '../keys/redaction/redact.ts';
import type { KeyTrace } from '../keys/redaction/trace.ts';
import type { KeyFormat } from './key-format.ts';
import { failure, type ProviderFailure } from './failure.ts';
import { parseJson } from './json.ts';
import { KeptConnections, ownMemory, wasResent, type ConnectionMemory, type Timing } from './resending.ts';

const MEGABYTE = 1024 * 1024;

/** Public clients of slow providers wait up to two minutes. After a longer silence the response counts as lost. */
const MAX_SILENCE = 150_000;

/** A complete response. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The provider's clock when it responded (`Date`), epoch milliseconds. */
  readonly date: number | null;
  readonly receivedAt: number;
  /** The body with keys redacted. It may be read, shown, and stored. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The body as received, only for its digest. */
  readonly received: Uint8Array<ArrayBuffer>;
  /** The redacted body as JSON; `undefined` if it is not JSON. */
  readonly json: unknown;
}

export type Sent =
  | { readonly ok: true; readonly response: ReceivedResponse }
  | { readonly ok: false; readonly failure: ProviderFailure };

export interface Call {
  readonly method?: 'GET' | 'POST';
  /** Appended to the base URL. Its variable parts must be encoded. */
  readonly path: string;
  /** Encoded by the connection. `undefined` values are omitted. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface Connection {
  send(call: Call): Promise<Sent>;
  /** The last complete response received over this connection. */
  lastResponse(): ReceivedResponse | null;
  /** A provider's message in a form that may be stored and shown: short, one line, without the key. */
  quote(message: unknown): string | null;
  /** Whether the browser may have sent a call of this connection twice: see `resending.ts`. */
  mayBeSentTwice(): boolean;
}

export interface ConnectionOptions {
  readonly adapter: { readonly key: Pick<KeyFormat, 'header'> };
  readonly key: string;
  readonly baseUrl: string;
  readonly signal: AbortSignal;
  /** Called with the bytes of each complete response, before they are parsed. */
  readonly received?: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Traces of all keys that were ever in use, read while a body arrives. Must not reject: the response was paid for. */
  readonly traces?: () => Promise<readonly KeyTrace[]>;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
  /** What the browser measured for the latest request to an address. */
  readonly timing?: (url: string) => Timing | null;
  /** What is known about connections of all contexts. The default knows those of this context. */
  readonly memory?: ConnectionMemory;
  /** Whether the browser is connected to a network. */
  readonly online?: () => boolean;
}

/** The browser's connections outlive a {@link Connection}, so this state is shared. */
const keptConnections = new KeptConnections();
const connectionsOfThisContext = ownMemory();

/** Whether there is a network, according to the browser. Other environments do not report it. */
function isOnline({ onLine = true }: { readonly onLine?: boolean } = navigator): boolean {
  return onLine;
}

/** What the browser measured. It reports that only for hosts for which the extension has permission. */
function measured(url: string): Timing | null {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  // The browser stores a few hundred entries and then stops.
  performance.clearResourceTimings();
  return entry instanceof PerformanceResourceTiming ? entry : null;
}

/**
 * The base URL in its stored form: https, or http on this computer only; no credentials, query, or fragment; no trailing
 * slash.
 * @returns `null` if the text is not such a URL
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
    if (size > MAX_RESPONSE) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.byteLength;
  }
  return body;
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

/** A connection that returns a stored response for every call. Nothing is sent. */
export function replay(stored: Pick<ReceivedResponse, 'status' | 'receivedAt' | 'bytes'>): Connection {
  const response: ReceivedResponse = {
    status: stored.status,
    headers: new Headers(),
    date: null,
    receivedAt: stored.receivedAt,
    bytes: stored.bytes,
    received: stored.bytes,
    json: readJson(stored.bytes),
  };
  return {
    send: () => Promise.resolve({ ok: true, response }),
    lastResponse: () => response,
    quote: () => null,
    mayBeSentTwice: () => false,
  };
}

const MAX_QUOTE = 300;
/** Characters that could break a line, hide text, or change its direction. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu;

/** A provider's message in a form that may be stored and shown. */
function quoteWithout(key: string, message: unknown): string | null {
  if (typeof message !== 'string') return null;
  const clean = redactText(message, key).replace(UNSAFE, ' ').trim();
  // A character has at most two code units. Cutting first avoids splitting a megabyte of text into characters.
  const short = Array.from(clean.slice(0, 2 * MAX_QUOTE)).slice(0, MAX_QUOTE);
  return short.length === 0 ? null : short.join('');
}

type Prepared =
  | { readonly ok: true; readonly url: URL; readonly init: RequestInit }
  | Extract<Sent, { readonly ok: false }>;

/** @throws Error if the path would lead out of the base URL */
function urlOf(base: string, { path, query = {} }: Call): URL {
  const url = new URL(base + path);
  if (!path.startsWith('/') || url.href !== base + path) {
    throw new Error('A path must begin with a slash, be encoded, and stay below the base URL.');
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/** What is passed to `fetch` for a call, or why the call cannot be sent. */
function prepareRequest(call: Call, { adapter, key, baseUrl }: ConnectionOptions): Prepared {
  const base = readBaseUrl(baseUrl);
  // A key is only sent over https or to this computer. The stored address was not validated as such.
  if (base === null) return failure({ kind: 'unreachable' }, { charged: 0 });
  const url = urlOf(base, call);
  const headers = new Headers({ accept: 'application/json' });
  const [header, value] = adapter.key.header(key);
  try {
    headers.set(header, value);
  } catch (error) {
    // Text that a header cannot contain is not a key. The browser's message may quote it, so it is dropped.
    if (error instanceof TypeError) return failure({ kind: 'bad-key', said: null }, { charged: 0 });
    throw error;
  }
  const { method = 'GET', body } = call;
  if (body !== undefined) headers.set('content-type', 'application/json');
  const init: RequestInit = {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  };
  return { ok: true, url, init };
}

/** One request while it is in progress. */
interface Attempt {
  readonly url: URL;
  /** Whether this context knows that the browser reuses a connection. */
  readonly isReused: boolean;
  hasResponse: boolean;
}

class HttpConnection {
  readonly #options: ConnectionOptions;
  readonly #now: () => number;
  readonly #memory: ConnectionMemory;
  #last: ReceivedResponse | null = null;
  #sentTwice = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#memory = options.memory ?? connectionsOfThisContext;
  }

  get last(): ReceivedResponse | null {
    return this.#last;
  }

  get mayBeSentTwice(): boolean {
    return this.#sentTwice;
  }

  async send(call: Call): Promise<Sent> {
    this.#last = null;
    const prepared = prepareRequest(call, this.#options);
    if (!prepared.ok) return prepared;
    const { url, init } = prepared;
    const request = this.#options.fetch ?? globalThis.fetch.bind(globalThis);
    const isReused = keptConnections.begin(url.origin, this.#now());
    const attempt: Attempt = { url, isReused, hasResponse: false };
    try {
      const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(MAX_SILENCE)]);
      const response = await request(url, { ...init, signal });
      attempt.hasResponse = true;
      return await this.#read(response, attempt);
    } catch (error) {
      // `fetch` and the body reader fail with TypeError (network, truncated body) or a DOMException (timeout, abort).
      // Neither shows whether the request arrived, so the provider may have charged for it.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      if (error instanceof TypeError) await this.#noteBroken(attempt);
      return failure({ kind: 'unreachable' }, { charged: null, retryable: true });
    }
  }

  async #read(response: Response, attempt: Attempt): Promise<Sent> {
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      // Not the provider's own response: the server that redirects may have forwarded the request before.
      return failure({ kind: 'redirect-refused' }, { charged: null });
    }
    const traces = this.#options.traces?.() ?? [];
    const received = await readBody(response);
    if (received === null) {
      return failure({ kind: 'too-large', megabytes: MAX_RESPONSE / MEGABYTE }, { charged: null });
    }
    const receivedAt = this.#now();
    // Redaction takes a while, in which other requests can already be sent.
    this.#options.received?.(received);
    const bytes = await redact(received, this.#options.key, await traces);
    const { status, headers } = response;
    const result: ReceivedResponse = {
      status,
      headers,
      date: readDate(headers),
      receivedAt,
      bytes,
      received,
      json: readJson(bytes),
    };
    this.#last = result;
    await this.#noteReceived(headers, attempt);
    return { ok: true, response: result };
  }

  async #noteReceived(headers: Headers, { url, isReused }: Attempt): Promise<void> {
    const timing = this.#options.timing ?? measured;
    if (wasResent(timing(url.href), isReused) && (await this.#mayBeReused(url, isReused))) {
      this.#sentTwice = true;
    }
    const isKept = headers.get('connection') !== 'close';
    keptConnections.end(url.origin, this.#now(), isKept);
    this.#memory.note(url.origin, isKept ? 'kept' : 'closed');
  }

  /** A reused connection that broke: this was the browser's second attempt, unless there is no network. */
  async #noteBroken({ url, isReused, hasResponse }: Attempt): Promise<void> {
    const online = this.#options.online ?? ((): boolean => isOnline());
    if (!this.#sentTwice && !hasResponse && online() && (await this.#mayBeReused(url, isReused))) {
      this.#sentTwice = true;
    }
    this.#memory.note(url.origin, 'closed');
  }

  async #mayBeReused({ origin }: URL, isReused: boolean): Promise<boolean> {
    return isReused || (await this.#memory.read(origin)) === 'kept';
  }
}

/** Opens a connection to a provider with the user's key. */
export function connect(options: ConnectionOptions): Connection {
  const connection = new HttpConnection(options);
  return {
    send: (call) => connection.send(call),
    quote: (message) => quoteWithout(options.key, message),
    lastResponse: () => connection.last,
    mayBeSentTwice: () => connection.mayBeSentTwice,
  };
}
