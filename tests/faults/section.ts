/** A part of the suite, and what it found. */
import type { Verdict } from './check-result.ts';

export interface Section {
  readonly name: string;
  readonly runs: number;
  /** Kills, faults, limits: whatever was done to the runs. */
  readonly faults: number;
  readonly rows: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly outOfOrder: number;
  readonly recharged: number;
  /** Kills that hit a request in flight, and answers that the provider itself lost: what may be charged again. */
  readonly inFlight: number;
  readonly limitsPassed: number;
  readonly counted: number;
  readonly charged: number;
  readonly maybe: number;
  readonly seconds: number;
  readonly notes: readonly string[];
  readonly breaches: readonly string[];
}

/** A section that came to no end, with the error that ended it. */
export function broken(name: string, error: unknown): Section {
  const tally = new Tally();
  tally.breach(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return tally.section(name);
}

/** Adds up the runs of a section. */
export class Tally {
  readonly #verdicts: Verdict[] = [];
  readonly #breaches: string[] = [];
  readonly #notes: string[] = [];
  readonly #began = performance.now();
  faults = 0;
  inFlight = 0;

  add(verdict: Verdict): void {
    this.#verdicts.push(verdict);
    this.#breaches.push(...verdict.breaches);
  }

  breach(what: string): void {
    this.#breaches.push(what);
  }

  note(what: string): void {
    this.#notes.push(what);
  }

  section(name: string): Section {
    const sum = (of: (verdict: Verdict) => number): number =>
      this.#verdicts.reduce((total, verdict) => total + of(verdict), 0);
    const recharged = sum((verdict) => verdict.recharged);
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
