import { useEffect, useState } from 'react';
import type { List, ListedAccount } from '../../lib/lists/list.ts';

const SEGMENT = 100;
/** Segments kept: enough to scroll to and fro. */
const KEPT = 40;

type Segments = ReadonlyMap<number, readonly ListedAccount[]>;

interface Loaded {
  readonly list: List | null;
  readonly segments: Segments;
}

function rowAt(segments: Segments, position: number): ListedAccount | undefined {
  return segments.get(Math.floor(position / SEGMENT))?.[position % SEGMENT];
}

function withSegment(loaded: Loaded, list: List, segment: number, rows: readonly ListedAccount[]): Loaded {
  const segments = new Map(loaded.list === list ? loaded.segments : []);
  segments.delete(segment);
  segments.set(segment, rows);
  const [oldest] = segments.keys();
  if (segments.size > KEPT && oldest !== undefined) segments.delete(oldest);
  return { list, segments };
}

/**
 * The accounts at some positions of a list, read in segments as they come into view.
 * @returns a look-up that gives `undefined` for what is still being read
 */
export function useRows(
  list: List | null,
  positions: readonly number[],
): (position: number) => ListedAccount | undefined {
  const [loaded, setLoaded] = useState<Loaded>({ list: null, segments: new Map() });
  const segments = loaded.list === list ? loaded.segments : new Map<number, readonly ListedAccount[]>();
  const missing = Array.from(
    new Set(
      positions
        .filter((position) => rowAt(segments, position) === undefined)
        .map((position) => Math.floor(position / SEGMENT)),
    ),
  ).join(',');
  useEffect(() => {
    if (list === null || missing === '') return undefined;
    let gone = false;
    for (const segment of missing.split(',').map(Number)) {
      void list.rows(segment * SEGMENT, (segment + 1) * SEGMENT).then((rows) => {
        if (!gone) setLoaded((current) => withSegment(current, list, segment, rows));
      });
    }
    return () => {
      gone = true;
    };
  }, [list, missing]);
  return (position) => rowAt(segments, position);
}
