/**
 * The emulator: a server that speaks the providers' contracts and shows look-alike profile pages, and that can be
 * told what to serve, how to fail, and asked what it has seen and charged. It shares nothing with the extension.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { makeCertificate } from './certificate.ts';
import { decide } from './decide.ts';
import {
  header,
  json,
  type Predicate,
  type ProviderName,
  type Reply,
  type RequestRecord,
} from './exchange.ts';
import {
  NO_FAULT,
  planFor,
  Rules,
  type Fault,
  type FaultRule,
  type Plan,
  type RawRule,
  type RuleHandle,
} from './faults.ts';
import { Holds, type Hold, type HoldPoint } from './holds.ts';
import { Journal } from './journal.ts';
import { keyIdOf, KeyRing, type KeyOptions, type KeyState } from './keys.ts';
import { openPorts } from './listen.ts';
import { servePage } from './pages/serve.ts';
import type { Platform, Relation } from './platforms.ts';
import type { TrueAccount } from './population/account.ts';
import type { Entry, Population, PopulationOptions } from './population/population.ts';
import { SAMPLE_POPULATIONS } from './population/samples.ts';
import { defaultKey, PROVIDERS, providerNamed } from './providers/all.ts';
import type { Ask, Provider, Refusal } from './providers/provider.ts';
import { HOSTS, route, type Target } from './routes.ts';
import { send } from './send.ts';
import { World } from './world.ts';

export interface EmulatorOptions {
  /** A free port unless named. */
  readonly tlsPort?: number;
  readonly httpPort?: number;
  /** The providers' clock, in epoch milliseconds; the machine's by default. */
  readonly now?: () => number;
}

/** What was charged, in the unit of the provider or providers asked about. */
export interface Charges {
  /** Requests that arrived, whatever became of them. */
  readonly requests: number;
  /** Requests that cost something. */
  readonly charged: number;
  /** Credits, micro-dollars, or requests. */
  readonly amount: number;
  /** Accounts returned. */
  readonly rows: number;
}

export interface Emulator {
  readonly tlsPort: number;
  readonly httpPort: number;
  /** Where a provider's API is served without TLS, for its `API base URL`. */
  baseUrl(provider: ProviderName): string;
  /** The key of a provider that is good from the start. */
  defaultKey(provider: ProviderName): string;
  population(options: PopulationOptions): Population;
  /** The entry at a place of a list, 0 being the newest. */
  account(platform: Platform, handle: string, relation: Relation, index: number): Entry;
  /** What a complete list holds, newest first. */
  accounts(platform: Platform, handle: string, relation: Relation): Generator<TrueAccount>;
  ids(platform: Platform, handle: string, relation: Relation): Generator<string>;
  /** Adds a key or changes one. */
  key(options: KeyOptions): KeyState;
  revoke(provider: ProviderName, key?: string): void;
  readonly log: readonly RequestRecord[];
  /** The name under which the log knows a key. */
  keyId(key: string): string;
  charges(keyOrProvider: string): Charges;
  /**
   * The first request of the log, past or to come, that the predicate accepts; asked again whenever one changes.
   * `after` leaves out the first so many requests.
   */
  waitFor(predicate: Predicate, options?: { readonly after?: number }): Promise<RequestRecord>;
  hold(predicate: Predicate, point?: HoldPoint): Hold;
  fault(rule: FaultRule): RuleHandle;
  serveRaw(rule: RawRule): RuleHandle;
  /** Removes all faults and raw answers, and lets go what is held. */
  clearRules(): void;
  close(): Promise<void>;
}

const SECRET_HEADERS = new Set(['authorization', 'x-api-key', 'cookie', 'proxy-authorization']);

function plainHeaders(request: IncomingMessage): Record<string, string> {
  const names = Object.keys(request.headers).filter((name) => !SECRET_HEADERS.has(name));
  return Object.fromEntries(names.map((name) => [name, header(request.headers, name) ?? '']));
}

function isReply(value: Reply | Refusal): value is Reply {
  return 'body' in value;
}

class Server {
  readonly world = new World();
  readonly journal = new Journal();
  readonly holds = new Holds();
  readonly faults = new Rules<Fault>();
  readonly raws = new Rules<RawRule>();
  readonly keys = new KeyRing((id) => {
    const { defaultKey: key, settings } = providerNamed(id);
    return { key, settings };
  });
  readonly #lastGood = new Map<string, Reply>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    for (const sample of SAMPLE_POPULATIONS) this.world.set(sample);
    for (const { id } of PROVIDERS) this.keys.set({ provider: id });
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that goes away is no news: what became of its request is in the log.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    // As a proxy for plain HTTP we are sent whole addresses.
    const authority = `http://${header(request.headers, 'host') ?? '127.0.0.1'}`;
    const url = new URL(request.url ?? '/', authority);
    const target = route(url.hostname, url.pathname);
    const method = request.method ?? 'GET';
    const presentedKey = target.kind === 'provider' ? target.provider.keyIn(request.headers) : null;
    const record = this.journal.add({
      at: this.#now(),
      provider: target.kind === 'provider' ? target.provider.id : null,
      host: url.hostname,
      method,
      path: target.path,
      query: Object.fromEntries(url.searchParams),
      headers: plainHeaders(request),
      keyId: presentedKey === null ? null : keyIdOf(presentedKey),
      status: null,
      rows: 0,
      charged: 0,
      outcome: 'pending',
    });
    request.resume();
    await this.holds.pass(record, 'arrival');
    if (target.kind !== 'provider') {
      await this.#finish(response, record, this.#page(target, url, request), NO_FAULT, 0);
      return;
    }
    const fault = this.faults.take(record);
    const lastGoodKey = `${target.provider.id} ${record.keyId ?? ''} ${record.path}`;
    const plan =
      fault === undefined ? NO_FAULT : planFor(fault, this.#now(), this.#lastGood.get(lastGoodKey));
    if (plan.atOnce === 'reset') {
      record.outcome = 'dropped';
      response.destroy();
      this.journal.changed(record);
      return;
    }
    const reply = this.#answer(target.provider, record, url.searchParams, presentedKey, plan);
    if (fault === undefined && reply.status === 200) this.#lastGood.set(lastGoodKey, reply);
    const key = presentedKey === null ? undefined : this.keys.find(target.provider.id, presentedKey);
    await this.#finish(response, record, reply, plan, key?.latencyMs ?? 0);
  }

  #page(target: Exclude<Target, { kind: 'provider' }>, url: URL, request: IncomingMessage): Reply {
    if (target.kind === 'nobody') return json(404, { error: `nobody is at ${url.host}${url.pathname}` });
    return servePage(target.site, url, header(request.headers, 'cookie') ?? '', this.world);
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
    const question = { method, path, query, presentedKey, world: this.world, now: this.#now() };
    return decide(provider, question, this.keys, (ask) => {
      const good = (): Reply => this.#raw(provider, record, ask) ?? provider.answer(ask);
      return plan.instead === null ? good() : plan.instead(ask, good);
    });
  }

  #raw(provider: Provider, record: RequestRecord, ask: Ask): Reply | null {
    const raw = this.raws.take(record);
    if (raw === undefined) return null;
    const rows = raw.rows ?? 0;
    return {
      status: raw.status ?? 200,
      headers: { 'content-type': 'application/json; charset=utf-8', ...raw.headers },
      body: typeof raw.body === 'string' ? raw.body : JSON.stringify(raw.body),
      rows,
      charge: raw.charge ?? (provider.unit === 'usd' ? rows * ask.key.price : ask.key.price),
    };
  }

  async #finish(
    response: ServerResponse,
    record: RequestRecord,
    reply: Reply,
    plan: Plan,
    latencyMs: number,
  ): Promise<void> {
    record.status = reply.status;
    record.rows = reply.rows;
    record.charged = reply.charge;
    this.journal.changed(record);
    await this.holds.pass(record, 'decided');
    const how = { delivery: plan.delivery, delayMs: plan.delayMs + latencyMs, now: this.#now() };
    record.outcome = await send(response, reply, how);
    this.journal.changed(record);
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

/** Starts an emulator on this machine. Close it when done. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const server = new Server(options.now ?? Date.now);
  const wanted = { tlsPort: options.tlsPort ?? 0, httpPort: options.httpPort ?? 0 };
  const ports = await openPorts(await makeCertificate(HOSTS), wanted, (request, response) => {
    server.handle(request, response).catch((error: unknown) => {
      // A mistake of the emulator itself must be seen, not taken for a fault that a test asked for.
      console.error('emulator:', error);
      response.destroy();
    });
  });
  const { world, journal, holds, keys } = server;
  return {
    tlsPort: ports.tlsPort,
    httpPort: ports.httpPort,
    baseUrl: (provider) => `http://127.0.0.1:${String(ports.httpPort)}${providerNamed(provider).prefix}`,
    defaultKey,
    population: (settings) => world.set(settings),
    account: (platform, handle, relation, index) => world.population(platform, handle).entry(relation, index),
    accounts: (platform, handle, relation) => world.listed(platform, handle, relation),
    *ids(platform, handle, relation) {
      for (const account of world.listed(platform, handle, relation)) yield account.id;
    },
    key: (settings) => keys.set(settings),
    revoke: (provider, key) => {
      keys.revoke(provider, key);
    },
    log: journal.records,
    keyId: keyIdOf,
    charges: (keyOrProvider) => server.charges(keyOrProvider),
    waitFor: (predicate, { after = 0 } = {}) => journal.waitFor(predicate, after),
    hold: (predicate, point = 'arrival') => holds.add(predicate, point),
    fault: (rule) => server.faults.add(rule.when, rule.times ?? 1, rule.do),
    serveRaw: (rule) => server.raws.add(rule.when, rule.times ?? Infinity, rule),
    clearRules() {
      server.faults.clear();
      server.raws.clear();
      holds.releaseAll();
    },
    async close() {
      holds.releaseAll();
      journal.close();
      await ports.close();
    },
  };
}
