/**
 * The emulator: a server that implements the providers' contracts and serves look-alike profile pages. Tests
 * configure what it serves and how it fails, and read what it received and charged. It shares no code with the
 * extension.
 */
import { makeCertificate } from './certificate.ts';
import type { Predicate, ProviderName, RequestRecord } from './exchange.ts';
import type { FaultRule, RawRule, RuleHandle } from './faults.ts';
import type { Hold, HoldPoint } from './holds.ts';
import { keyIdOf, type KeyOptions, type KeyState } from './keys.ts';
import { openPorts } from './listen.ts';
import type { Platform, Relation } from './platforms.ts';
import type { TrueAccount } from './population/account.ts';
import {
  makeChangingPopulation,
  type ChangingOptions,
  type ChangingPopulation,
} from './population/changing.ts';
import type { Entry, Population, PopulationOptions } from './population/population.ts';
import { defaultKey, providerNamed } from './providers/all.ts';
import { HOSTS } from './routes.ts';
import { Server, type Charges } from './server.ts';

export interface EmulatorOptions {
  /** A free port by default. */
  readonly tlsPort?: number;
  readonly httpPort?: number;
  /** The providers' clock, in epoch milliseconds. Default: the machine's clock. */
  readonly now?: () => number;
}

export interface Emulator {
  readonly tlsPort: number;
  readonly httpPort: number;
  /** A provider's plain HTTP address, for its `API base URL`. */
  baseUrl(provider: ProviderName): string;
  /** A provider's key that is valid from the start. */
  defaultKey(provider: ProviderName): string;
  population(options: PopulationOptions): Population;
  /** A profile whose followers change while tests run. */
  changingPopulation(options: Omit<ChangingOptions, 'now'>): ChangingPopulation;
  /** The entry at a place of a list; 0 is the newest. */
  account(platform: Platform, handle: string, relation: Relation, index: number): Entry;
  /** The content of a complete list, newest first. */
  accounts(platform: Platform, handle: string, relation: Relation): Generator<TrueAccount>;
  ids(platform: Platform, handle: string, relation: Relation): Generator<string>;
  /** Adds or changes a key. */
  key(options: KeyOptions): KeyState;
  revoke(provider: ProviderName, key?: string): void;
  readonly log: readonly RequestRecord[];
  /** The name of a key in the log. */
  keyId(key: string): string;
  charges(keyOrProvider: string): Charges;
  /**
   * The first request in the log, past or future, that the predicate accepts; the predicate is called again
   * whenever a request changes. `after` skips this many requests.
   */
  waitFor(predicate: Predicate, options?: { readonly after?: number }): Promise<RequestRecord>;
  hold(predicate: Predicate, point?: HoldPoint): Hold;
  fault(rule: FaultRule): RuleHandle;
  serveRaw(rule: RawRule): RuleHandle;
  /**
   * Whether connections are kept alive after a response. Default: yes. If a kept-alive connection is reset, a
   * browser resends the request without reporting it.
   */
  keepConnections(keep: boolean): void;
  /** Whether new connections use HTTP/2. Default: HTTP/1.1. */
  speakHttp2(speak: boolean): void;
  /** Removes all faults and raw responses, and releases held requests. */
  clearRules(): void;
  close(): Promise<void>;
}

/** Starts an emulator on this machine. Close it when done. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const now = options.now ?? Date.now;
  const server = new Server(now);
  const wanted = { tlsPort: options.tlsPort ?? 0, httpPort: options.httpPort ?? 0 };
  const ports = await openPorts(
    await makeCertificate(HOSTS),
    wanted,
    (request, response) => {
      server.handle(request, response).catch((error: unknown) => {
        // An error of the emulator itself must be visible, and not look like a simulated fault.
        console.error('emulator:', error);
        if ('stream' in response) response.stream.destroy();
        else response.destroy();
      });
    },
    () => server.speaksHttp2,
  );
  const { populations, journal, holdsRequests, keys } = server;
  return {
    tlsPort: ports.tlsPort,
    httpPort: ports.httpPort,
    baseUrl: (provider) => `http://127.0.0.1:${String(ports.httpPort)}${providerNamed(provider).prefix}`,
    defaultKey,
    population: (settings) => populations.set(settings),
    changingPopulation(settings) {
      const population = makeChangingPopulation({ ...settings, now });
      populations.add(population);
      return population;
    },
    account: (platform, handle, relation, index) =>
      populations.population(platform, handle).entry(relation, index),
    accounts: (platform, handle, relation) => populations.listed(platform, handle, relation),
    *ids(platform, handle, relation) {
      for (const account of populations.listed(platform, handle, relation)) yield account.id;
    },
    key: (settings) => keys.set(settings),
    revoke: (provider, key) => {
      keys.revoke(provider, key);
    },
    log: journal.records,
    keyId: keyIdOf,
    charges: (keyOrProvider) => server.charges(keyOrProvider),
    waitFor: (predicate, { after = 0 } = {}) => journal.waitFor(predicate, after),
    hold: (predicate, point = 'arrival') => holdsRequests.add(predicate, point),
    fault: (rule) => server.faults.add(rule.when, rule.times ?? 1, rule.do),
    serveRaw: (rule) => server.raws.add(rule.when, rule.times ?? Infinity, rule),
    keepConnections(keep) {
      server.keepsConnections = keep;
    },
    speakHttp2(speak) {
      server.speaksHttp2 = speak;
    },
    clearRules() {
      server.faults.clear();
      server.raws.clear();
      holdsRequests.releaseAll();
    },
    async close() {
      holdsRequests.releaseAll();
      journal.close();
      await ports.close();
    },
  };
}
