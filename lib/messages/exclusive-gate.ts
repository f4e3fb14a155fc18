/** Runs tasks concurrently, except exclusive ones: they wait for tasks in progress, and later tasks wait for them. */
export class ExclusiveGate {
  readonly #running = new Set<Promise<unknown>>();
  #exclusive: Promise<unknown> | null = null;

  /** Runs the task as soon as no exclusive task is running. */
  async runShared<T>(task: () => Promise<T>): Promise<T> {
    while (this.#exclusive !== null) await this.#exclusive;
    const running = task();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Runs the task while no other task runs. The task itself must not use the gate. */
  async runExclusive<T>(task: () => Promise<T>): Promise<T> {
    while (this.#exclusive !== null) await this.#exclusive;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#exclusive = promise;
    try {
      await Promise.allSettled(this.#running);
      return await task();
    } finally {
      this.#exclusive = null;
      resolve(undefined);
    }
  }
}
