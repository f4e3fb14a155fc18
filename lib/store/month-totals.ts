/**
 * What each provider was paid in the current month, without adding up thousands of entries before each of thousands of
 * pages. The sum of all but the latest entries is cached and updated with every write of this store. The latest entries
 * are read each time, because other contexts write too (the options page tests keys).
 */
import type { ProviderId } from '../model/ids.ts';

/** Requests that were sent this long ago are in the ledger, whichever context sent them. Milliseconds. */
const CERTAINLY_WRITTEN = 2_000;
/** The cached sum is extended when it ends this long ago. Milliseconds. */
const EXTEND_AFTER = 3 * CERTAINLY_WRITTEN;

interface CachedTotal {
  readonly since: number;
  /** `sum` includes what was sent from `since` until before this time. */
  through: number;
  sum: number;
}

/** A change of what a request counts. */
export interface SpendingChange {
  readonly provider: ProviderId;
  readonly sentAt: number;
  readonly by: number;
}

export class MonthTotals {
  readonly #cached = new Map<ProviderId, CachedTotal>();
  /** Counts the beginnings and ends of writes. A sum that was read during a write is not cached. */
  #turns = 0;
  #writes = 0;

  /**
   * What was spent since a time.
   * @param sum adds up the ledger's entries sent from one time until before another
   */
  async since(
    provider: ProviderId,
    { since, now }: { readonly since: number; readonly now: number },
    sum: (from: number, until: number) => Promise<number>,
  ): Promise<number> {
    const known = this.#cached.get(provider);
    if (known?.since === since && now - known.through < EXTEND_AFTER) {
      return known.sum + (await sum(known.through, Infinity));
    }
    const turn = this.#turns;
    const before = known?.since === since && known.through <= now ? known : { sum: 0, through: since };
    const through = Math.max(before.through, now - CERTAINLY_WRITTEN);
    const old = before.sum + (await sum(before.through, through));
    const late = await sum(through, Infinity);
    if (turn === this.#turns && this.#writes === 0) this.#cached.set(provider, { since, through, sum: old });
    return old + late;
  }

  /** Runs a write of the ledger, which records its changes. They count once it has succeeded. */
  async during<T>(write: (record: (change: SpendingChange) => void) => Promise<T>): Promise<T> {
    const changes: SpendingChange[] = [];
    this.#turns += 1;
    this.#writes += 1;
    try {
      const result = await write((change) => changes.push(change));
      for (const { provider, sentAt, by } of changes) {
        const known = this.#cached.get(provider);
        if (known !== undefined && sentAt >= known.since && sentAt < known.through) known.sum += by;
      }
      return result;
    } catch (error) {
      // It is unknown whether anything was written.
      this.#cached.clear();
      throw error;
    } finally {
      this.#turns += 1;
      this.#writes -= 1;
    }
  }

  /** Discards a provider's sum. */
  forget(provider: ProviderId): void {
    this.#cached.delete(provider);
  }

  /** Discards all sums. */
  forgetAll(): void {
    this.#cached.clear();
  }
}
