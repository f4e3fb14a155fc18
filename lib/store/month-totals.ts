/**
 * What each provider was paid in the present month, without adding up thousands of entries before each of thousands of
 * pages: the sum of all but the latest is remembered, and follows what this store changes in it. The latest are read
 * each time, because other contexts write too (a key's test in the options).
 */
import type { ProviderId } from '../model/ids.ts';

/** What was sent so long ago is in the ledger, whoever sent it. Milliseconds. */
const SURELY_WRITTEN = 2_000;
/** The remembered sum is brought forward when it lies so far back. */
const FAR_BACK = 3 * SURELY_WRITTEN;

interface Known {
  readonly since: number;
  /** What was sent from `since` until here is in `sum`. */
  through: number;
  sum: number;
}

/** A change of what the requests of a time cost, or may. */
export interface SpendingChange {
  readonly provider: ProviderId;
  readonly sentAt: number;
  readonly by: number;
}

export class MonthTotals {
  readonly #known = new Map<ProviderId, Known>();
  /** Counts beginnings and ends of writes: a sum that was read across one, or in one, is not remembered. */
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
    const known = this.#known.get(provider);
    if (known?.since === since && now - known.through < FAR_BACK) {
      return known.sum + (await sum(known.through, Infinity));
    }
    const turn = this.#turns;
    const before = known?.since === since && known.through <= now ? known : { sum: 0, through: since };
    const through = Math.max(before.through, now - SURELY_WRITTEN);
    const old = before.sum + (await sum(before.through, through));
    const late = await sum(through, Infinity);
    if (turn === this.#turns && this.#writes === 0) this.#known.set(provider, { since, through, sum: old });
    return old + late;
  }

  /** Does a write of the ledger; `note` tells what it changes, which counts once the write is done. */
  async during<T>(work: (note: (more: SpendingChange) => void) => Promise<T>): Promise<T> {
    const noted: SpendingChange[] = [];
    this.#turns += 1;
    this.#writes += 1;
    try {
      const result = await work((more) => noted.push(more));
      for (const { provider, sentAt, by } of noted) {
        const known = this.#known.get(provider);
        if (known !== undefined && sentAt >= known.since && sentAt < known.through) known.sum += by;
      }
      return result;
    } catch (error) {
      // Whether anything of it was written is not known here.
      this.#known.clear();
      throw error;
    } finally {
      this.#turns += 1;
      this.#writes -= 1;
    }
  }

  /** Forgets a provider's sum. */
  forget(provider: ProviderId): void {
    this.#known.delete(provider);
  }

  /** Forgets all sums. */
  forgetAll(): void {
    this.#known.clear();
  }
}
