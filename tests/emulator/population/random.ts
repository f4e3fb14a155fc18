/** Deterministic numbers: the same seed and index produce the same account on every machine. */

/** FNV-1a over the UTF-16 units of `text`, as an unsigned 32-bit number. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return state >>> 0;
}

/** A well-mixed unsigned 32-bit number from two others. */
export function mix(a: number, b: number): number {
  let state = Math.imul(a ^ (b + 0x9e3779b9), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  state = Math.imul(state ^ (state >>> 15), 0x27d4eb2f);
  return (state ^ (state >>> 16)) >>> 0;
}

/** The number of indexes that {@link shuffle} keeps distinct. */
export const INDEX_SPACE = 2 ** 24;

const STRIDE = 0x9e3779b1;
/** STRIDE × INVERSE ≡ 1 modulo 2^32, by Newton's iteration. */
const INVERSE = [1, 2, 3, 4, 5].reduce(
  (inverse) => Math.imul(inverse, 2 - Math.imul(STRIDE, inverse)),
  STRIDE,
);

/** A permutation of 0 … {@link INDEX_SPACE} − 1: neighbors end up far apart, and no two indexes collide. */
export function shuffle(index: number, seed: number): number {
  return (Math.imul(index, STRIDE) ^ seed) & (INDEX_SPACE - 1);
}

/** The index that {@link shuffle} mapped to `place`. */
export function unshuffle(place: number, seed: number): number {
  return Math.imul(place ^ seed, INVERSE) & (INDEX_SPACE - 1);
}

/** The entry of `list` that `number` selects. */
export function pick<T>(list: readonly T[], number: number): T {
  const entry = list[number % list.length];
  if (entry === undefined) throw new Error('cannot pick from an empty list');
  return entry;
}
