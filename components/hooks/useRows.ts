import { useEffect, useState } from 'react';
import type { List, ListedAccount } from '../../lib/lists/list.ts';

const SEGMENT = 100;
/** Segments kept: enough to scroll to and fro. */
const KEPT = 40;

type Segments = ReadonlyMap<number, readonly ListedAccount[]>;

interface Loaded {
  readonly list: List | null;
  readonly segments: Segments;
  /** The version at which each segment was read. */
  readonly versions: ReadonlyMap<number, number>;
}

function rowAt(segments: Segments, position: number): ListedAccount | undefined {
  return segments.get(Math.floor(position / SEGMENT))?.[position % SEGMENT];
}

function withSegment(
  loaded: Loaded,
  list: List,
  segment: number,
  rows: readonly ListedAccount[],
  version: number,
): Loaded {
  const segments = new Map(loaded.list === list ? loaded.segments : []);
  segments.delete(segment);
  segments.set(segment, rows);
  const [oldest] = segments.keys();
  if (segments.size > KEPT && oldest !== undefined) segments.delete(oldest);
  const versions = new Map(loaded.list === list ? loaded.versions : []).set(segment, version);
  return { list, segments, versions };
}

/**
 * The accounts at some positions of a list, read in segments as they come into view. What was read at another
 * `version` of the list is read again, and shown until then.
 * @returns a look-up that gives `undefined` for what is still being read
 */
export function useRows(
  list: List | null,
  positions: readonly number[],
  version = 0,
): (position: number) => ListedAccount | undefined {
  const [loaded, setLoaded] = useState<Loaded>({
    list: null,
    segments: new Map(),
    versions: new Map(),
  });
  const segments = loaded.list === list ? loaded.segments : new Map<number, readonly ListedAccount[]>();
  const missing = Array.from(
    new Set(
      positions
        .filter((position) => {
          const segment = Math.floor(position / SEGMENT);
          return rowAt(segments, position) === undefined || loaded.versions.get(segment) !== version;
        })
        .map((position) => Math.floor(position / SEGMENT)),
    ),
  ).join(',');
  useEffect(() => {
    if (list === null || missing === '') return undefined;
    let gone = false;
    for (const segment of missing.split(',').map(Number)) {
      void list.rows(segment * SEGMENT, (segment + 1) * SEGMENT).then((rows) => {
        if (!gone) setLoaded((current) => withSegment(current, list, segment, rows, version));
      });
    }
    return () => {
      gone = true;
    };
  }, [list, missing, version]);
  return (position) => rowAt(segments, position);
}
