import { expectedEnd } from '../../lib/collector/expected-end.ts';
import type { CreditPrice } from '../../lib/model/money.ts';
import { isSample, type Snapshot } from '../../lib/model/snapshot.ts';
import { factsOf, type RunFacts } from '../../lib/words/run-facts.ts';
import { nameOfProvider } from './provider.ts';

/** The facts about a snapshot that status messages use, at a given time. */
export function factsAt(snapshot: Snapshot, now: number, creditPrice: CreditPrice | null = null): RunFacts {
  const provider = nameOfProvider(snapshot.provider);
  const facts = factsOf(snapshot, provider, expectedEnd(snapshot, now), creditPrice);
  return isSample(snapshot) ? { ...facts, sample: true } : facts;
}
