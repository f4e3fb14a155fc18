import { useEffect, useState } from 'react';
import type { Reader } from '../../lib/lists/reader.ts';
import { openReader } from '../../lib/lists/reader.ts';
import type { FollowAnswer, FollowBasis, FollowTimes } from '../../lib/model/follow-times.ts';
import type { Snapshot } from '../../lib/model/snapshot.ts';
import { store } from './store.ts';

interface Known extends FollowAnswer {
  readonly reader: Reader;
  readonly position: number;
}

/** When the account at a list position followed; `null` while it is being read. Read again with another `version`. */
export function useFollowTimes(reader: Reader, position: number, version: number): FollowTimes | null {
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let removed = false;
    reader
      .followTimes([position])
      .then((answer) => {
        if (!removed) setKnown({ ...answer, reader, position });
      })
      .catch(console.error);
    return () => {
      removed = true;
    };
  }, [reader, position, version]);
  return known?.reader === reader && known.position === position ? (known.times[0] ?? null) : null;
}

/** What the follow times of a list are based on, read when the receipt is open; `null` until then. */
export function useFollowBasis(
  { id, pages }: Pick<Snapshot, 'id' | 'pages'>,
  open: boolean,
): FollowBasis | null {
  const [known, setKnown] = useState<{ readonly id: string; readonly basis: FollowBasis } | null>(null);
  useEffect(() => {
    if (!open) return undefined;
    const reader = openReader(store, id);
    let removed = false;
    reader
      .refresh()
      .then(() => reader.followTimes([]))
      .then(({ basis }) => {
        if (!removed) setKnown({ id, basis });
      })
      .catch(console.error)
      .finally(() => {
        reader.close();
      });
    return () => {
      removed = true;
      reader.close();
    };
  }, [id, pages, open]);
  return known?.id === id ? known.basis : null;
}
