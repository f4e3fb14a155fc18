/** Simulated faults. A new fault is one member of {@link Fault} and one case of {@link planFor}. */
import { echoHeaders, echoOf, withEcho, type EchoPlace } from './echo.ts';
import { json, type Predicate, type Reply, type RequestRecord } from './exchange.ts';
import type { Ask, Refusal } from './providers/provider.ts';

export type Fault =
  /** The provider's own error response. It is free. */
  | {
      readonly kind: 'status';
      readonly status: 400 | 401 | 402 | 403 | 404 | 429 | 500 | 502 | 503;
      readonly message?: string;
      readonly required?: number;
      readonly available?: number;
      readonly code?: number;
      /** X API v2: the end of the problem's type. */
      readonly problem?: string;
      /** Added before what the provider would send. */
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as `Retry-After`. */
      readonly retryAfterSeconds?: number;
      /**
       * Sent as `x-rate-limit-reset`, relative to now; negative values are in the past. Without it, no such header
       * is sent.
       */
      readonly resetInSeconds?: number;
    }
  /** HTML with status 200, as from a proxy or a captive portal. Free by default. */
  | { readonly kind: 'not-json'; readonly charged?: boolean; readonly status?: number }
  /**
   * The provider has processed and counted the request, but a proxy or a content delivery network responds in its
   * place: with an HTML page, or with nothing for 204. Charged by default.
   */
  | {
      readonly kind: 'gateway';
      readonly status: 204 | 408 | 499 | 502 | 503 | 504 | 520 | 522 | 524;
      readonly charged?: boolean;
    }
  /** An error of the provider itself, sent unchanged and charged like the normal response. */
  | { readonly kind: 'charged-error'; readonly status: number; readonly body: unknown }
  /** Status 200 with an empty body. Charged by default. */
  | { readonly kind: 'empty-200'; readonly charged?: boolean }
  /** The normal response, edited, for shapes that have not been seen yet. Charged as usual. */
  | { readonly kind: 'edit'; readonly edit: (body: unknown) => unknown }
  /**
   * The normal response with keys in it: the request's key and every other key that was ever presented, in all
   * spellings, also in its headers. `refusal` is the provider's own 401 with the keys in its message, and is free; everything else is
   * charged as usual.
   */
  | { readonly kind: 'echo'; readonly in: EchoPlace | 'refusal' }
  /** The normal response, with headers that a provider should not send. Charged as usual. */
  | { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | string[]>> }
  /** The normal response, padded beyond any acceptable size. Charged. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** The previous normal response to the same path and key again, including its cursor. Charged. */
  | { readonly kind: 'repeat-page' }
  /**
   * The response of the page after this one, including its cursor; the next affected request gets the response that
   * was held back. If the fault occurs twice, two pages are swapped. Charged. SociaVault for X only.
   */
  | { readonly kind: 'swap-pages'; readonly held: { reply: Reply | null } }
  /** A page without accounts whose cursor moves on forever. Charged. SociaVault for X only. */
  | { readonly kind: 'endless' }
  /** Redirects to another address, to which a careless client would send its key. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 307 | 308 }
  /** Half of the normal response, then the connection is cut. Charged. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'reset-before-charge' }
  | { readonly kind: 'reset-after-charge' }
  /** The normal response, charged immediately and sent after this many milliseconds without a byte. */
  | { readonly kind: 'silence'; readonly ms: number };

/** How a response is sent. */
export type Delivery = 'whole' | 'half' | 'reset';

export interface Plan {
  /** The response instead of the provider's; `null` keeps the provider's. */
  readonly instead: ((request: Ask, good: (request?: Ask) => Reply) => Reply) | null;
  /** Responds before key, rate limit, and balance are checked; `null` does not. */
  readonly atOnce: 'reset' | Reply | Refusal | null;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly delivery: Delivery;
  readonly delayMs: number;
}

export const NO_FAULT: Plan = {
  instead: null,
  atOnce: null,
  extraHeaders: {},
  delivery: 'whole',
  delayMs: 0,
};

const HTML = '<!doctype html><title>Sign in</title><h1>Please sign in to the network</h1>';

function gatewayPage(status: number): string {
  return `<html><head><title>${String(status)}</title></head><body><h1>${String(status)}</h1><hr>proxy</body></html>`;
}

function statusHeaders(fault: Extract<Fault, { kind: 'status' }>, now: number): Record<string, string> {
  const reset = fault.resetInSeconds;
  return {
    ...(fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) }),
    ...(reset === undefined
      ? {}
      : {
          'x-rate-limit-limit': '15',
          'x-rate-limit-remaining': '0',
          'x-rate-limit-reset': String(Math.floor(now / 1000) + reset),
        }),
    ...fault.headers,
  };
}

/** The part of SociaVault's response for X that contains the list. */
interface Timeline {
  readonly data: {
    cursor: { bottom: string };
    result: { timeline: { instructions: unknown } };
  };
}

/** The query for the page after a response. */
function nextQuery(request: Ask, reply: Reply): Record<string, string> {
  const { data } = JSON.parse(String(reply.body)) as Timeline;
  return { ...Object.fromEntries(request.query), cursor: data.cursor.bottom };
}

/** The response without its accounts, and with a cursor just below the requested one. */
function endless(body: unknown, request: Ask): unknown {
  const { data, ...rest } = body as Timeline;
  const [, head = '1859209237637000000'] = /^(\d+)\|/.exec(request.query.get('cursor') ?? '') ?? [];
  const bottom = `${String(BigInt(head) - 1n)}|1`;
  return {
    ...rest,
    data: {
      ...data,
      cursor: { ...data.cursor, bottom },
      result: { timeline: { instructions: [{ type: 'TimelineAddEntries', entries: [] }] } },
    },
  };
}

function editJson(reply: Reply, edit: (body: unknown) => unknown): Reply {
  if (typeof reply.body !== 'string') return reply;
  return { ...reply, body: JSON.stringify(edit(JSON.parse(reply.body))) };
}

/**
 * How a fault changes a response. `now` is in epoch milliseconds; `previous` is the last normal response for the
 * path; `keys` are all keys that were ever presented.
 */
export function planFor(
  fault: Fault,
  now: number,
  previous: Reply | undefined,
  keys: readonly string[],
): Plan {
  switch (fault.kind) {
    case 'status':
      return { ...NO_FAULT, atOnce: fault, extraHeaders: statusHeaders(fault, now) };
    case 'not-json': {
      const html = {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: HTML,
      };
      return {
        ...NO_FAULT,
        instead: (_ask, good) => ({ ...html, rows: 0, charge: fault.charged === true ? good().charge : 0 }),
      };
    }
    case 'gateway':
      return {
        ...NO_FAULT,
        instead: (_ask, good) => ({
          status: fault.status,
          headers: fault.status === 204 ? {} : { 'content-type': 'text/html' },
          body: fault.status === 204 ? '' : gatewayPage(fault.status),
          rows: 0,
          charge: fault.charged === false ? 0 : good().charge,
        }),
      };
    case 'charged-error':
      return {
        ...NO_FAULT,
        instead: (_ask, good) => ({
          ...json(fault.status, fault.body),
          charge: good().charge,
        }),
      };
    case 'empty-200':
      return {
        ...NO_FAULT,
        instead: (_ask, good) => {
          const reply = good();
          return { ...reply, body: '', rows: 0, charge: fault.charged === false ? 0 : reply.charge };
        },
      };
    case 'edit':
      return { ...NO_FAULT, instead: (_ask, good) => editJson(good(), fault.edit) };
    case 'echo': {
      const place = fault.in;
      return place === 'refusal'
        ? {
            ...NO_FAULT,
            atOnce: { status: 401, message: `Bad key ${keys.join(' and ')}. ${echoOf(keys)}` },
            extraHeaders: echoHeaders(keys),
          }
        : { ...NO_FAULT, instead: (_ask, good) => withEcho(good(), place, keys) };
    }
    case 'headers':
      return {
        ...NO_FAULT,
        instead: (_ask, good) => {
          const reply = good();
          return { ...reply, headers: { ...reply.headers, ...fault.headers } };
        },
      };
    case 'huge':
      return {
        ...NO_FAULT,
        // Spaces keep the JSON valid: only its size is wrong.
        instead: (_ask, good) => {
          const reply = good();
          return { ...reply, body: String(reply.body) + ' '.repeat(fault.bytes) };
        },
      };
    case 'repeat-page':
      return { ...NO_FAULT, instead: (_ask, good) => previous ?? good() };
    case 'swap-pages':
      return {
        ...NO_FAULT,
        instead: (request, good) => {
          const { held } = fault;
          const firstReply = held.reply ?? good();
          if (held.reply !== null) {
            held.reply = null;
            return firstReply;
          }
          held.reply = firstReply;
          return good({ ...request, query: new URLSearchParams(nextQuery(request, firstReply)) });
        },
      };
    case 'endless':
      return {
        ...NO_FAULT,
        instead: (request, good) => editJson(good(), (body) => endless(body, request)),
      };
    case 'redirect': {
      const headers = { location: fault.to };
      return { ...NO_FAULT, atOnce: { status: fault.status ?? 302, headers, body: '', rows: 0, charge: 0 } };
    }
    case 'cut':
      return { ...NO_FAULT, delivery: 'half' };
    case 'reset-before-charge':
      return { ...NO_FAULT, atOnce: 'reset' };
    case 'reset-after-charge':
      return { ...NO_FAULT, delivery: 'reset' };
    case 'silence':
      return { ...NO_FAULT, delayMs: fault.ms };
  }
}

export interface FaultRule {
  readonly when: Predicate;
  /** How many requests it affects. Default: 1. */
  readonly times?: number;
  readonly do: Fault;
}

/** A response that is sent unchanged. Key, rate limit, and balance are checked as usual. */
export interface RawRule {
  readonly when: Predicate;
  /** How many requests it answers. Default: unlimited. */
  readonly times?: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent unchanged, anything else as JSON. */
  readonly body: unknown;
  /** Makes the body of each response, in place of `body`. */
  readonly bodyFor?: (record: RequestRecord) => string;
  readonly rows?: number;
  /** In the provider's unit. Default: the price of `rows`. */
  readonly charge?: number;
}

export interface RuleHandle {
  /** How many requests it has affected. */
  readonly used: number;
  remove(): void;
}

interface Rule<T> {
  readonly when: Predicate;
  readonly value: T;
  left: number;
  used: number;
}

/** Rules in the order in which they were added: the first matching rule that is not used up applies. */
export class Rules<T> {
  #rules: Rule<T>[] = [];

  add(when: Predicate, times: number, value: T): RuleHandle {
    const rule: Rule<T> = { when, value, left: times, used: 0 };
    this.#rules.push(rule);
    return {
      get used() {
        return rule.used;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== rule);
      },
    };
  }

  take(record: RequestRecord): T | undefined {
    const rule = this.#rules.find(({ left, when }) => left > 0 && when(record));
    if (rule === undefined) return undefined;
    rule.left -= 1;
    rule.used += 1;
    return rule.value;
  }

  clear(): void {
    this.#rules = [];
  }
}
