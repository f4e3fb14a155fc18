/** Many pairs of lists that were collected in part, and how many statements about them are wrong. */
import fc from 'fast-check';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import {
  collectedProviders,
  wrongStatements,
  type CollectedPair,
  type CollectedPairs,
  type PairPlan,
  type RunPlan,
} from './collected-pairs.ts';

/** Unset more often than not. */
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const page = fc.integer({ min: 0, max: 5 });

const runPlan = fc.record({
  ends: fc.constantFrom('complete', 'newest', 'early', 'stalled', 'stopped'),
  after: fc.integer({ min: 1, max: 6 }),
  pause: fc.option(fc.record({ page, hours: fc.constantFrom(1, 10, 100) })),
  lost: rarely(page),
  unreadable: rarely(page),
  secondsPerPage: fc.constantFrom(1, 2, 20, 200),
} satisfies { [Key in keyof RunPlan]: fc.Arbitrary<RunPlan[Key]> });

const pairPlan: fc.Arbitrary<PairPlan> = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 31 }),
  provider: fc.constantFrom(...collectedProviders),
  followers: fc.integer({ min: 10, max: 70 }),
  changes: fc.integer({ min: 0, max: 25 }),
  suspended: fc.constantFrom(0, 2, 10),
  meanwhile: fc.constantFrom(0, 0.2, 0.8),
  older: runPlan,
  newer: runPlan,
});

export interface Counts {
  /** With the plans that led to them. */
  readonly wrongCertain: unknown[];
  wrongLikely: number;
  certainNoLongerListed: number;
  likelyNoLongerListed: number;
  certainNew: number;
  likelyNew: number;
  /** How many lists ended in each way. */
  readonly outcomes: Record<string, number>;
  unreadable: number;
}

function outcomeOf({ state }: Snapshot): string {
  return state.kind === 'ended' ? state.outcome.kind : state.kind;
}

function count(counts: Counts, plan: PairPlan, pair: CollectedPair): void {
  for (const { snapshot } of [pair.older, pair.newer]) {
    const outcome = outcomeOf(snapshot);
    counts.outcomes[outcome] = (counts.outcomes[outcome] ?? 0) + 1;
    counts.unreadable += snapshot.unreadable;
  }
  for (const { status, isCertain } of pair.statements) {
    if (status === 'noLongerListed')
      counts[isCertain ? 'certainNoLongerListed' : 'likelyNoLongerListed'] += 1;
    if (status === 'new') counts[isCertain ? 'certainNew' : 'likelyNew'] += 1;
  }
  for (const status of ['new', 'noLongerListed'] as const) {
    for (const wrong of wrongStatements(pair, status)) {
      if (wrong.isCertain) counts.wrongCertain.push({ ...wrong, plan });
      else if (status === 'noLongerListed') counts.wrongLikely += 1;
    }
  }
}

/** Collects pairs and counts what is said about them. */
export async function partialPairs(
  pairs: CollectedPairs,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<Counts> {
  const counts: Counts = {
    wrongCertain: [],
    wrongLikely: 0,
    certainNoLongerListed: 0,
    likelyNoLongerListed: 0,
    certainNew: 0,
    likelyNew: 0,
    outcomes: {},
    unreadable: 0,
  };
  for (const plan of fc.sample(pairPlan, { numRuns: runs, seed }))
    count(counts, plan, await pairs.collect(plan));
  return counts;
}
