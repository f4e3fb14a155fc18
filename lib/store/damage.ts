/** How many rows of a table could not be read the last time. They were left out, and the user is informed. */
export class Damage {
  #rows = 0;
  readonly #listeners = new Set<() => void>();

  get rows(): number {
    return this.#rows;
  }

  note(count: number): void {
    if (this.#rows === count) return;
    this.#rows = count;
    for (const listener of this.#listeners) listener();
  }

  /** Calls back when {@link rows} changes. @returns a function that ends it */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
