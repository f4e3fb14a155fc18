/** Counts by numbers, most of which do not occur. Pure. */

/** Adds one. */
export function increase(counted: Map<number, number>, key: number): void {
  counted.set(key, (counted.get(key) ?? 0) + 1);
}

/** The entries in the order of their numbers. */
export function inOrder(counted: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  return Array.from(counted).sort(([a], [b]) => a - b);
}
