import { useEffect, useEffectEvent, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Changes } from '../../lib/sets/summary.ts';

/** What comparing two lists found, or why they could not be compared; neither while they are read. */
export interface KnownChanges {
  readonly changes: Changes | null;
  readonly error: string | null;
}

const NOTHING: KnownChanges = { changes: null, error: null };

/** The key of a pair of lists. */
function keyOf(one: SnapshotId, other: SnapshotId): string {
  return `${one} ${other}`;
}

/** Compares pairs of lists in their order, one after the other, in a worker. */
export function useComparisons(
  reader: Reader | null,
  pairs: readonly (readonly [SnapshotId, SnapshotId])[],
): (one: SnapshotId, other: SnapshotId) => KnownChanges {
  const [known, setKnown] = useState<ReadonlyMap<string, KnownChanges>>(new Map());
  const wanted = pairs.map(([one, other]) => keyOf(one, other)).join('\n');
  const pairsNow = useEffectEvent(() => pairs);
  useEffect(() => {
    if (reader === null) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    const all = pairsNow();
    const compareAll = async (): Promise<void> => {
      for (const [one, other] of all) {
        const found = await reader.compare([one, other], signal).then(
          (changes): KnownChanges => ({ changes, error: null }),
          (error: unknown): KnownChanges => ({
            changes: null,
            error: error instanceof Error ? error.message : String(error),
          }),
        );
        if (signal.aborted) return;
        setKnown((before) => new Map(before).set(keyOf(one, other), found));
      }
    };
    void compareAll();
    return () => {
      ending.abort();
    };
  }, [reader, wanted]);
  return (one, other) => known.get(keyOf(one, other)) ?? NOTHING;
}
