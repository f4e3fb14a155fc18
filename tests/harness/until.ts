/** How long to wait for a condition outside the test, and how often to check it, in milliseconds. */
export interface Patience {
  readonly timeout?: number;
  readonly interval?: number;
}

/**
 * Calls `look` until it returns something other than `null`, and returns that. For conditions of another process
 * that offers no event. After the timeout, rejects with `what` and, if there is one, the last thing `seen`.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null>,
  { timeout = 15_000, interval = 50 }: Patience = {},
  seen: () => string | null = () => null,
): Promise<T> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const result = await look();
    if (result !== null) return result;
    if (performance.now() >= deadline) {
      const last = seen();
      throw new Error(`Waited ${timeout} ms for ${what}${last === null ? '' : `; last seen: ${last}`}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
