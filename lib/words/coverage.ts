/** How much of a platform's count a list contains. */
import { shownRows, type Snapshot } from '../model/snapshot.ts';
import { percent } from './numbers.ts';

const coverageOf = (snapshot: Snapshot): number | null => {
  if (snapshot.expected === null) return null;
  return snapshot.expected === 0 ? 1 : shownRows(snapshot) / snapshot.expected;
};

/** The share of the platform's count that the list contains, in percent; `null` if there is no count. */
export function coverageText(snapshot: Snapshot): string | null {
  const share = coverageOf(snapshot);
  return share === null ? null : percent(share);
}
