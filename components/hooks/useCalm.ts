import { useEffect, useState } from 'react';
import type { Snapshot } from '../../lib/model.ts';

/** Progress is shown at most so often; a change of state at once. */
const EVERY = 1000;

/** The snapshot as it is shown: numbers that run do not flicker. */
export function useCalm(snapshot: Snapshot): Snapshot {
  const [shown, setShown] = useState({ snapshot, at: 0 });
  const moved = shown.snapshot.id !== snapshot.id || shown.snapshot.state.kind !== snapshot.state.kind;
  useEffect(() => {
    if (shown.snapshot === snapshot) return;
    const show = (): void => {
      setShown({ snapshot, at: Date.now() });
    };
    const timer = setTimeout(show, moved ? 0 : Math.max(0, shown.at + EVERY - Date.now()));
    return () => {
      clearTimeout(timer);
    };
  }, [snapshot, shown, moved]);
  return moved ? snapshot : shown.snapshot;
}
