/** Finding long runs of bytes of a kind without looking at every byte. */

/** By byte: whether it belongs to the kind. */
export function kindOf(belongs: (byte: number) => boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 256 }, (_, byte) => (belongs(byte) ? 1 : 0));
}

/**
 * The runs of at least so many bytes of a kind, as pairs of start and end, in order. Looks at a place where a run that
 * long would have to pass, and jumps on from there if it does not.
 */
export function runsOf(bytes: Uint8Array, kind: Uint8Array, least: number): number[] {
  const runs: number[] = [];
  const { length } = bytes;
  let start = 0;
  /** Up to here, from `start` on, all are of the kind. */
  let known = 0;
  while (start + least <= length) {
    let at = start + least - 1;
    const down = Math.max(start, known);
    while (at >= down && kind[bytes[at] ?? 0] === 1) at -= 1;
    known = start + least;
    if (at >= down) {
      start = at + 1;
      continue;
    }
    while (known < length && kind[bytes[known] ?? 0] === 1) known += 1;
    runs.push(start, known);
    start = known + 1;
  }
  return runs;
}
