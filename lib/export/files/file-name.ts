/** The name of an exported file. Scripts rely on it, so it must not change. */
import { hasEnded, type Snapshot } from '../../model/snapshot.ts';

export interface FileNameOptions {
  readonly extension: string;
  /** Whether a filter or a selection excludes rows. */
  readonly filtered: boolean;
}

type Named = Pick<Snapshot, 'platform' | 'handle' | 'relation' | 'state' | 'startedAt' | 'createdAt'>;

/**
 * No platform allows longer handles. File systems limit names to 255 bytes, and a character takes up to four of them, so
 * the longest handle that can be stored would leave no space for the rest.
 */
const MAX_HANDLE_LENGTH = 30;

/** `followledger_{platform}_{handle}_{relation}_{YYYY-MM-DD}[_partial][_filtered].{extension}`; the day is UTC. */
export function fileName(snapshot: Named, { extension, filtered }: FileNameOptions): string {
  const { platform, relation, state } = snapshot;
  const handle = Array.from(snapshot.handle).slice(0, MAX_HANDLE_LENGTH).join('');
  const day = new Date(snapshot.startedAt ?? snapshot.createdAt).toISOString().slice(0, 10);
  const complete = hasEnded(state) && state.outcome.kind === 'complete';
  const marks = `${complete ? '' : '_partial'}${filtered ? '_filtered' : ''}`;
  return `followledger_${platform}_${handle}_${relation}_${day}${marks}.${extension}`;
}
