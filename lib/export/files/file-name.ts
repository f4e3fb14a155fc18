/** The name of an exported file. It is a promise to scripts that read such files. */
import { hasEnded, type Snapshot } from '../../model/snapshot.ts';

export interface FileNameOptions {
  readonly extension: string;
  /** Whether a filter or a selection leaves rows out. */
  readonly filtered: boolean;
}

type Named = Pick<Snapshot, 'platform' | 'handle' | 'relation' | 'state' | 'startedAt' | 'createdAt'>;

/**
 * No platform's handles are longer. A character takes up to four bytes, and a file system gives a name 255: a handle of
 * the length that is stored would leave no room for the rest.
 */
const MOST_OF_HANDLE = 30;

/** `followledger_{platform}_{handle}_{relation}_{YYYY-MM-DD}[_partial][_filtered].{extension}`; the day is UTC. */
export function fileName(snapshot: Named, { extension, filtered }: FileNameOptions): string {
  const { platform, relation, state } = snapshot;
  const handle = Array.from(snapshot.handle).slice(0, MOST_OF_HANDLE).join('');
  const day = new Date(snapshot.startedAt ?? snapshot.createdAt).toISOString().slice(0, 10);
  const complete = hasEnded(state) && state.outcome.kind === 'complete';
  const marks = `${complete ? '' : '_partial'}${filtered ? '_filtered' : ''}`;
  return `followledger_${platform}_${handle}_${relation}_${day}${marks}.${extension}`;
}
