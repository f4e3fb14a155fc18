/** The server behind the ports: populations, keys, log, and rules, and how a request passes through them. */
import { decide } from './decide.ts';
import { header, json, type Reply, type RequestRecord } from './exchange.ts';
import { NO_FAULT, planFor, Rules, type Delivery, type Fault, type Plan, type RawRule } from './faults.ts';
import { Holds } from './holds.ts';
import { Journal } from './journal.ts';
import { keyIdOf, KeyRing } from './keys.ts';
import type { Incoming, Outgoing } from './listen.ts';
import { servePage } from './pages/serve.ts';
import { SAMPLE_POPULATIONS } from './population/samples.ts';
import { PROVIDERS, providerNamed } from './providers/all.ts';
import type { Ask, Provider, Refusal } from './providers/provider.ts';
import { route, type Target } from './routes.ts';
import { send, watch } from './send.ts';
import { Populations } from './populations.ts';

/** What was charged, in the unit of the requested provider or providers. */
export interface Charges {
  /** Requests that arrived, whatever their result. */
  readonly requests: number;
  /** Requests that cost something. */
  readonly charged: number;
  /** Credits, micro-dollars, or requests. */
  readonly amount: number;
  /** Accounts returned. */
  readonly rows: number;
}

const SECRET_HEADERS = new Set(['authorization', 'x-api-key', 'cookie', 'proxy-authorization']);

function plainHeaders(request: Incoming): Record<string, string> {
  // Names that start with a colon are the request line of HTTP/2.
  const names = Object.keys(request.headers).filter(
    (name) => !SECRET_HEADERS.has(name) && !name.startsWith(':'),
  );
  return Object.fromEntries(names.map((name) => [name, header(request.headers, name) ?? '']));
}

function cookieNames(request: Incoming): string[] {
  const line = header(request.headers, 'cookie') ?? '';
  return line.split('; ').flatMap((pair) => (pair === '' ? [] : [pair.replace(/=.*$/s, '')]));
}

function isReply(value: Reply | Refusal): value is Reply {
  return 'body' in value;
}

export class Server {
  readonly populations = new Populations();
  keepsConnections = true;
  speaksHttp2 = false;
  readonly journal = new Journal();
  readonly holdsRequests = new Holds();
  readonly faults = new Rules<Fault>();
  readonly raws = new Rules<RawRule>();
  readonly keys = new KeyRing((id) => {
    const { defaultKey: key, settings } = providerNamed(id);
    return { key, settings };
  });
  readonly #lastGood = new Map<string, Reply>();
  /** Every key that was ever presented, valid or not. */
  readonly #presented = new Set<string>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    for (const sample of SAMPLE_POPULATIONS) this.populations.set(sample);
    for (const { id } of PROVIDERS) this.keys.set({ provider: id });
  }

  /** Answers a request of either port. Rejects only on an error of the emulator itself. */
  async handle(request: Incoming, response: Outgoing): Promise<void> {
    // A client that disconnects is not an error: the log contains the result of its request.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    // Requests to a plain HTTP proxy contain absolute addresses.
    const host = header(request.headers, ':authority') ?? header(request.headers, 'host');
    const authority = `http://${host ?? '127.0.0.1'}`;
    const url = new URL(request.url ?? '/', authority);
    const target = route(url.hostname, url.pathname);
    const method = request.method ?? 'GET';
    const presentedKey = target.kind === 'provider' ? target.provider.keyIn(request.headers) : null;
    if (presentedKey !== null) this.#presented.add(presentedKey);
    const record = this.journal.add({
      at: this.#now(),
      arrived: performance.now(),
      left: null,
      provider: target.kind === 'provider' ? target.provider.id : null,
      host: url.hostname,
      method,
      path: target.path,
      query: Object.fromEntries(url.searchParams),
      httpVersion: request.httpVersion,
      headers: plainHeaders(request),
      cookies: cookieNames(request),
      keyId: presentedKey === null ? null : keyIdOf(presentedKey),
      status: null,
      rows: 0,
      charged: 0,
      outcome: 'pending',
    });
    const drop = watch(response, (sent) => {
      record.outcome = sent;
      this.journal.changed(record);
    });
    response.once('finish', () => {
      record.left = performance.now();
    });
    request.resume();
    await this.holdsRequests.pass(record, 'arrival');
    if (target.kind !== 'provider') {
      await this.#finish(response, record, this.#page(target, url, request), { ...NO_FAULT, drop });
      return;
    }
    const fault = this.faults.take(record);
    const lastGoodKey = `${target.provider.id} ${record.keyId ?? ''} ${record.path}`;
    const plan =
      fault === undefined
        ? NO_FAULT
        : planFor(fault, this.#now(), this.#lastGood.get(lastGoodKey), [...this.#presented]);
    if (plan.atOnce === 'reset') {
      drop();
      return;
    }
    const reply = this.#answer(target.provider, record, url.searchParams, presentedKey, plan);
    if (fault === undefined && reply.status === 200) this.#lastGood.set(lastGoodKey, reply);
    const key = presentedKey === null ? undefined : this.keys.find(target.provider.id, presentedKey);
    const delayMs = plan.delayMs + (key?.latencyMs ?? 0);
    await this.#finish(response, record, reply, { delivery: plan.delivery, delayMs, drop });
  }

  #page(target: Exclude<Target, { kind: 'provider' }>, url: URL, request: Incoming): Reply {
    if (target.kind === 'nobody') return json(404, { error: `nobody is at ${url.host}${url.pathname}` });
    return servePage(target.site, url, header(request.headers, 'cookie') ?? '', this.populations);
  }

  #answer(
    provider: Provider,
    record: RequestRecord,
    query: URLSearchParams,
    presentedKey: string | null,
    plan: Plan,
  ): Reply {
    const { method, path } = record;
    if (plan.atOnce !== null && plan.atOnce !== 'reset') {
      const key = presentedKey === null ? undefined : this.keys.find(provider.id, presentedKey);
      const reply = isReply(plan.atOnce) ? plan.atOnce : provider.refuse(plan.atOnce, path, key ?? null);
      return { ...reply, headers: { ...reply.headers, ...plan.extraHeaders } };
    }
    const question = { method, path, query, presentedKey, populations: this.populations, now: this.#now() };
    return decide(provider, question, this.keys, (request) => {
      const good = (requested: Ask = request): Reply =>
        this.#raw(provider, record, requested) ?? provider.respond(requested);
      return plan.instead === null ? good() : plan.instead(request, good);
    });
  }

  #raw(provider: Provider, record: RequestRecord, request: Ask): Reply | null {
    const raw = this.raws.take(record);
    if (raw === undefined) return null;
    const rows = raw.rows ?? 0;
    const body = raw.bodyFor?.(record) ?? raw.body;
    return {
      status: raw.status ?? 200,
      headers: { 'content-type': 'application/json; charset=utf-8', ...raw.headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      rows,
      charge: raw.charge ?? (provider.unit === 'usd' ? rows * request.key.price : request.key.price),
    };
  }

  async #finish(
    response: Outgoing,
    record: RequestRecord,
    reply: Reply,
    how: { readonly delivery: Delivery; readonly delayMs: number; readonly drop: () => void },
  ): Promise<void> {
    record.status = reply.status;
    record.rows = reply.rows;
    record.charged = reply.charge;
    this.journal.changed(record);
    await this.holdsRequests.pass(record, 'decided');
    await send(response, reply, { ...how, keep: this.keepsConnections, now: this.#now() });
  }

  charges(keyOrProvider: string): Charges {
    const isProvider = PROVIDERS.some(({ id }) => id === keyOrProvider);
    const keyId = keyIdOf(keyOrProvider);
    const records = this.journal.records.filter((record) =>
      isProvider ? record.provider === keyOrProvider : record.keyId === keyId,
    );
    const sum = (of: (record: RequestRecord) => number): number =>
      records.reduce((total, record) => total + of(record), 0);
    return {
      requests: records.length,
      charged: records.filter(({ charged }) => charged > 0).length,
      amount: sum(({ charged }) => charged),
      rows: sum(({ rows }) => rows),
    };
  }
}
