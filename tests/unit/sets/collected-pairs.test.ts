import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Status } from '../../../lib/sets/statuses.ts';
import { CollectedPairs, collectedProviders, wholeRun, type CollectedPair } from './collected-pairs.ts';
import { partialPairs } from './partial-pairs.ts';

let pairs: CollectedPairs;
beforeAll(async () => {
  pairs = await CollectedPairs.open();
});
afterAll(() => pairs.emulator.close());

function idsWith({ statements }: CollectedPair, status: Status): readonly string[] {
  return statements.flatMap((one) => (one.status === status ? [one.id] : [])).sort();
}

describe('two complete lists of a profile that changed between them', () => {
  it.each(collectedProviders)('are compared exactly with %s', async (provider) => {
    for (const seed of [1, 2, 3, 4]) {
      const pair = await pairs.collect({
        seed,
        provider,
        followers: 60,
        changes: 30,
        suspended: 2,
        meanwhile: 0,
        older: wholeRun,
        newer: wholeRun,
      });
      const { truth, older, newer } = pair;
      expect([older.snapshot.state, newer.snapshot.state]).toEqual([
        { kind: 'ended', outcome: { kind: 'complete' } },
        { kind: 'ended', outcome: { kind: 'complete' } },
      ]);
      const [then, now] = [older, newer].map(({ accounts }) => new Set<string>(accounts.map(({ id }) => id)));
      const wasThere = (id: string): boolean => then?.has(id) === true;
      // Who follows and leaves again meanwhile is in neither list; who leaves and follows again is in both.
      expect(idsWith(pair, 'new')).toEqual([...truth.followed].filter((id) => !wasThere(id)).sort());
      expect(idsWith(pair, 'noLongerListed')).toEqual([...truth.left].filter(wasThere).sort());
      expect(idsWith(pair, 'renamed')).toEqual(
        [...truth.renamed].filter((id) => wasThere(id) && now?.has(id) === true).sort(),
      );
      expect(truth.left.size).toBeGreaterThan(1);
      expect(truth.renamed.size).toBeGreaterThan(0);
    }
  });
});

describe('two lists of a profile that were collected in part', () => {
  it('never state as certain that an account is no longer listed, or new, if it was there', async () => {
    const counts = await partialPairs(pairs, { runs: 60, seed: 20_261_121 });
    expect(counts.wrongCertain).toEqual([]);
    expect(counts.certainNoLongerListed).toBeGreaterThan(5);
    expect(counts.certainNew).toBeGreaterThan(20);
  });
});
