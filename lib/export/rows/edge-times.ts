/** When the accounts of several lists of one profile followed it, or it followed them. Pure. */

/** The later of two times; NaN is unknown. */
function later(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return other > one ? other : one;
}

function earlier(one: number, other: number): number {
  if (Number.isNaN(one)) return other;
  return other < one ? other : one;
}

/** An interval for each account, epoch milliseconds; NaN is unknown. 16 bytes per account. */
export class EdgeTimes {
  readonly #after: Float64Array<ArrayBuffer>;
  readonly #before: Float64Array<ArrayBuffer>;

  constructor(count: number) {
    this.#after = new Float64Array(count).fill(NaN);
    this.#before = new Float64Array(count).fill(NaN);
  }

  /**
   * Narrows the interval of an account by what another list says. To be called for the newest list first: where two lists
   * contradict each other, the account followed again in between, and the newer one counts.
   */
  narrow(number: number, after: number, before: number): void {
    const [lower, upper] = [
      later(this.#after[number] ?? NaN, after),
      earlier(this.#before[number] ?? NaN, before),
    ];
    if (lower > upper) return;
    this.#after[number] = lower;
    this.#before[number] = upper;
  }

  after(number: number): number {
    return this.#after[number] ?? NaN;
  }

  before(number: number): number {
    return this.#before[number] ?? NaN;
  }
}
