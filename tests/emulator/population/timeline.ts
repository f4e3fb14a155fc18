/** The times of a list's entries: TikTok pages lists by whole seconds, newest first. */

/** The second of the newest entry, in epoch seconds. */
const NEWEST = 1_790_000_000;
/** Entries that share one second, so that rows repeat at page borders, as on TikTok. */
const TOGETHER = 2;
const APART = 37;

/** The second of the entry at `index`. */
export function followedAt(index: number): number {
  return NEWEST - Math.floor(index / TOGETHER) * APART;
}

/** The first entry that is not newer than `second`. */
export function firstNotAfter(second: number): number {
  return Math.max(0, Math.ceil((NEWEST - second) / APART)) * TOGETHER;
}
