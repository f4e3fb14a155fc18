/** Lets many works pass at once, and one alone: it waits for those that are under way, and later ones wait for it. */
export class Gate {
  readonly #passing = new Set<Promise<unknown>>();
  #closed: Promise<unknown> | null = null;

  /** Does the work, once nobody is alone. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed !== null) await this.#closed;
    const passing = work();
    this.#passing.add(passing);
    try {
      return await passing;
    } finally {
      this.#passing.delete(passing);
    }
  }

  /** Does the work while nothing else passes. The work itself must not pass. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#closed !== null) await this.#closed;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#closed = promise;
    try {
      await Promise.allSettled(this.#passing);
      return await work();
    } finally {
      this.#closed = null;
      resolve(undefined);
    }
  }
}
