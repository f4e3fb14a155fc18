/** Builds the columns with the follow times of a segment from its pages. Pure. */
import type { FollowProblem } from '../model/follow-times.ts';
import type { DerivedValues } from '../store/derived.ts';
import type { PageColumns } from '../store/page-log.ts';
import type { Column } from './columns.ts';
import { bracketsOf, type FollowSource } from './follow-times.ts';

export class FollowBuilder {
  readonly #source: FollowSource;
  readonly #after: number[] = [];
  readonly #before: number[] = [];
  #pages = 0;
  #problem: FollowProblem | null = null;

  constructor(source: FollowSource) {
    this.#source = source;
  }

  /** Adds the accounts of a page from row `from` (inclusive) to `to` (exclusive). */
  add(page: PageColumns, from: number, to: number): void {
    if (this.#problem !== null) return;
    const brackets = bracketsOf(page, this.#source);
    if (typeof brackets === 'string') {
      this.#problem = brackets;
      return;
    }
    for (let row = from; row < to; row += 1) {
      this.#after.push(brackets.after[row] ?? NaN);
      this.#before.push(brackets.before);
    }
    // A page that extends over several segments counts where it begins.
    if (brackets.dated && from === 0) this.#pages += 1;
  }

  columns(): readonly (readonly [Column, DerivedValues])[] {
    const problem = this.#problem;
    const values = (times: readonly number[]): DerivedValues =>
      problem !== null || times.every(Number.isNaN)
        ? { kind: 'nothing' }
        : { kind: 'numbers', of: Float64Array.from(times) };
    return [
      ['followedAfter', values(this.#after)],
      ['followedBefore', values(this.#before)],
      ['followBasis', { kind: 'basis', pages: this.#pages, problem }],
    ];
  }
}
