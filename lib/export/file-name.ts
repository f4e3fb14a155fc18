/** The name of an exported file. It is a promise to scripts that read such files. */
import { hasEnded, type Snapshot } from '../model.ts';

export interface FileNameOptions {
  readonly extension: string;
  /** Whether a filter or a selection leaves rows out. */
  readonly filtered: boolean;
}

/** `followledger_{platform}_{handle}_{relation}_{YYYY-MM-DD}[_partial][_filtered].{extension}`; the day is UTC. */
export function fileName(snapshot: Snapshot, { extension, filtered }: FileNameOptions): string {
  const { platform, handle, relation, state } = snapshot;
  const day = new Date(snapshot.startedAt ?? snapshot.createdAt).toISOString().slice(0, 10);
  const complete = hasEnded(state) && state.outcome.kind === 'complete';
  const marks = `${complete ? '' : '_partial'}${filtered ? '_filtered' : ''}`;
  return `followledger_${platform}_${handle}_${relation}_${day}${marks}.${extension}`;
}
