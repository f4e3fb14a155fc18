/** All populations of one emulator, found by handle or ID. */
import type { Platform, Relation } from './platforms.ts';
import type { TrueAccount } from './population/account.ts';
import { makePopulation, type Population, type PopulationOptions } from './population/population.ts';

export class Populations {
  readonly #byHandle = new Map<string, Population>();
  readonly #byId = new Map<string, Population>();

  /** Adds a population, replacing one with the same platform and handle. */
  set(options: PopulationOptions): Population {
    const population = makePopulation(options);
    this.add(population);
    return population;
  }

  /** Adds a population that exists, with the same effect. */
  add(population: Population): void {
    const name = `${population.platform}:${population.handle.toLowerCase()}`;
    const before = this.#byHandle.get(name);
    if (before !== undefined) this.#byId.delete(`${before.platform}:${before.owner.id}`);
    this.#byHandle.set(name, population);
    this.#byId.set(`${population.platform}:${population.owner.id}`, population);
  }

  byHandle(platform: Platform, handle: string): Population | undefined {
    return this.#byHandle.get(`${platform}:${handle.toLowerCase()}`);
  }

  byId(platform: Platform, id: string): Population | undefined {
    return this.#byId.get(`${platform}:${id}`);
  }

  populations(platform: Platform): Population[] {
    return [...this.#byHandle.values()].filter((population) => population.platform === platform);
  }

  /** @throws if there is no such population. */
  population(platform: Platform, handle: string): Population {
    const found = this.byHandle(platform, handle);
    if (found === undefined) throw new Error(`no population ${platform}:${handle}`);
    return found;
  }

  /** The accounts of a complete list, newest first, one at a time. */
  *listed(platform: Platform, handle: string, relation: Relation): Generator<TrueAccount> {
    const population = this.population(platform, handle);
    for (let index = 0; index < population.size(relation); index += 1) {
      const entry = population.entry(relation, index);
      if (entry.kind === 'account') yield entry.account;
    }
  }

  /**
   * The account of any list with this ID, including the owner of a list, for providers that look up IDs. Accounts
   * that a lookup omits are not found.
   */
  byAccountId(platform: Platform, id: string): TrueAccount | undefined {
    const owner = this.byId(platform, id);
    if (owner !== undefined) return owner.owner;
    // The oldest accounts have short IDs, which populations with different seeds share: the newest population is
    // used.
    for (const population of this.populations(platform).reverse()) {
      const account = population.lookUp(id);
      if (account !== undefined) return account;
    }
    return undefined;
  }
}
