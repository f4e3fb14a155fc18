import { useEffect, useEffectEvent, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import { hasEnded, type Snapshot } from '../../lib/model/snapshot.ts';
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

type Pair = readonly [Snapshot, Snapshot];

/** A list that is being collected grows too often to be compared again each time; it is once it has ended. */
function stampOf({ id, state, rows, filled }: Snapshot): string {
  return hasEnded(state) ? `${id}/${String(rows)}/${String(filled)}` : id;
}

/** Compares pairs of lists in their order, one after the other, in a worker. */
export function useComparisons(
  reader: Reader | null,
  pairs: readonly Pair[],
): (one: SnapshotId, other: SnapshotId) => KnownChanges {
  const [known, setKnown] = useState<ReadonlyMap<string, KnownChanges>>(new Map());
  const wanted = pairs.map(([one, other]) => `${stampOf(one)} ${stampOf(other)}`).join('\n');
  const pairsNow = useEffectEvent(() => pairs);
  useEffect(() => {
    if (reader === null) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    const all = pairsNow();
    const compareAll = async (): Promise<void> => {
      for (const [{ id: one }, { id: other }] of all) {
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
