/** Finds long runs of bytes of one kind without checking every byte. */

/** A table of 0 and 1: whether each byte value belongs to the kind. */
export function kindOf(belongs: (byte: number) => boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 256 }, (_, byte) => (belongs(byte) ? 1 : 0));
}

/**
 * The runs of at least `least` bytes of a kind, in order, as pairs of start and end. It checks backward from where such a
 * run would have to end, and skips ahead if a byte is of another kind.
 */
export function runsOf(bytes: Uint8Array, kind: Uint8Array, least: number): number[] {
  const runs: number[] = [];
  const { length } = bytes;
  let start = 0;
  /** All bytes between `start` and this index are of the kind. */
  let known = 0;
  while (start + least <= length) {
    let at = start + least - 1;
    const first = Math.max(start, known);
    while (at >= first && kind[bytes[at] ?? 0] === 1) at -= 1;
    known = start + least;
    if (at >= first) {
      start = at + 1;
      continue;
    }
    while (known < length && kind[bytes[known] ?? 0] === 1) known += 1;
    runs.push(start, known);
    start = known + 1;
  }
  return runs;
}
