/**
 * Frees the memory of arrays at once; they are empty afterwards. Left to the garbage collector, megabytes of unused arrays
 * stay for minutes in a worker that creates few other objects.
 */
export function freeMemory(...arrays: readonly { readonly buffer: ArrayBuffer }[]): void {
  for (const { buffer } of arrays) buffer.transfer(0);
}
