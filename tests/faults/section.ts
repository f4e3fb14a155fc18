/** A part of the suite, and its findings. */
import type { RunResult } from './check-result.ts';

export interface Section {
  readonly name: string;
  readonly runs: number;
  /** Kills, faults, limits: everything that was done to the runs. */
  readonly faults: number;
  readonly rows: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly recharged: number;
  /** Kills that hit a request in flight, and responses that the provider itself lost: these may be charged again. */
  readonly inFlight: number;
  readonly limitsPassed: number;
  readonly counted: number;
  readonly charged: number;
  readonly maybe: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly breaches: readonly string[];
}

/** A section that did not finish, with the error that ended it. */
export function broken(name: string, error: unknown): Section {
  const tally = new Tally();
  tally.breach(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return tally.section(name);
}

/** Adds up the runs of a section. */
export class Tally {
  readonly #verdicts: RunResult[] = [];
  readonly #breaches: string[] = [];
  readonly #notes: string[] = [];
  readonly #began = performance.now();
  faults = 0;
  inFlight = 0;

  add(result: RunResult): void {
    this.#verdicts.push(result);
    this.#breaches.push(...result.breaches);
  }

  breach(what: string): void {
    this.#breaches.push(what);
  }

  note(what: string): void {
    this.#notes.push(what);
  }

  section(name: string): Section {
    const sum = (of: (result: RunResult) => number): number =>
      this.#verdicts.reduce((total, result) => total + of(result), 0);
    const recharged = sum((result) => result.recharged);
    const { faults, inFlight } = this;
    const breaches = [...this.#breaches];
    if (recharged > inFlight) {
      breaches.push(`${String(recharged)} pages charged again, ${String(inFlight)} were in flight`);
    }
    return {
      name,
      runs: this.#verdicts.length,
      faults,
      rows: sum(({ rows }) => rows),
      lost: sum(({ lost }) => lost),
      duplicated: sum(({ duplicated }) => duplicated),
      outOfOrder: sum(({ outOfOrder }) => outOfOrder),
      recharged,
      inFlight,
      limitsPassed: sum(({ passed }) => (passed > 0 ? 1 : 0)),
      counted: sum(({ counted }) => counted),
      charged: sum(({ charged }) => charged),
      maybe: sum(({ maybe }) => maybe),
      seconds: Math.round((performance.now() - this.#began) / 100) / 10,
      notes: this.#notes,
      breaches,
    };
  }
}
