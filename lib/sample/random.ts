/** Chance that falls the same way every time. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  one<T>(of: readonly [T, ...T[]]): T;
  /** Whether something happens that happens in so many of a hundred cases. */
  percent(of100: number): boolean;
}

/** A generator of 32 bits of state, after the mixing steps of SplitMix. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    one: (of) => of[Math.floor(next() * of.length)] ?? of[0],
    percent: (of100) => next() * 100 < of100,
  };
}
