import { expectedEnd } from '../../lib/collector/view.ts';
import { isSample, type Snapshot } from '../../lib/model.ts';
import { factsOf, type RunFacts } from '../../lib/words/facts.ts';
import { nameOfProvider } from './provider.ts';

/** What the sentences need of a snapshot, at a time. */
export function factsAt(snapshot: Snapshot, now: number): RunFacts {
  const facts = factsOf(snapshot, nameOfProvider(snapshot.provider), expectedEnd(snapshot, now));
  return isSample(snapshot) ? { ...facts, sample: true } : facts;
}
