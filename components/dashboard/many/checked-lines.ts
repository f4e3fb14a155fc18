/** What would be collected of the lines that the user entered. Pure. */
import type { Adapter } from '../../../lib/providers/adapter.ts';
import type { HandleLine } from '../../../lib/batch/lines.ts';
import { handleKey, idInHandle } from '../../../lib/model/handles.ts';
import type { Platform, Relation } from '../../../lib/model/platform.ts';
import type { Handle } from '../../../lib/model/profile.ts';
import { hasEnded, isWorthOpening, type Snapshot } from '../../../lib/model/snapshot.ts';

export type CheckedKind =
  | 'new'
  | 'repeated'
  /** Its list was collected to its end. */
  | 'collected'
  /** Its list is being collected. */
  | 'running'
  /** The provider needs a handle, and only the ID is known. */
  | 'needs-handle'
  | 'refused';

export interface CheckedLine {
  readonly line: HandleLine;
  readonly kind: CheckedKind;
}

export interface CheckedLines {
  readonly lines: readonly CheckedLine[];
  readonly counts: Readonly<Record<CheckedKind, number>>;
  /** What is to be collected. */
  readonly handles: readonly Handle[];
  /** The count of each, as the newest list of its profile states it; `null` if none does. */
  readonly known: readonly (number | null)[];
}

export interface CheckOptions {
  readonly platform: Platform;
  readonly relation: Relation;
  readonly listsBy: Adapter['listsBy'];
  /** Whether lists that exist are collected again. */
  readonly again: boolean;
  /** Newest first. */
  readonly snapshots: readonly Snapshot[];
}

/** Compares the lines with the lists that exist. */
export function checkLines(lines: readonly HandleLine[], options: CheckOptions): CheckedLines {
  const { platform, relation, listsBy, again, snapshots } = options;
  const profiles = Map.groupBy(
    snapshots.filter((list) => list.platform === platform),
    (list) => list.handleKey,
  );
  const counts: Record<CheckedKind, number> = {
    new: 0,
    repeated: 0,
    collected: 0,
    running: 0,
    'needs-handle': 0,
    refused: 0,
  };
  const handles: Handle[] = [];
  const known: (number | null)[] = [];
  const checked = lines.map((line): CheckedLine => {
    const { result } = line;
    const kind = ((): CheckedKind => {
      if (result.kind !== 'understood') return result.kind;
      if (listsBy !== 'id' && idInHandle(platform, result.handle) !== null) return 'needs-handle';
      const own = (profiles.get(handleKey(result.handle)) ?? []).filter((list) => list.relation === relation);
      if (own.some(({ state }) => !hasEnded(state))) return 'running';
      return own.some(isWorthOpening) ? 'collected' : 'new';
    })();
    counts[kind] += 1;
    if (result.kind === 'understood' && (kind === 'new' || (kind === 'collected' && again))) {
      handles.push(result.handle);
      const stated = profiles.get(handleKey(result.handle))?.find(({ facts }) => facts?.[relation] != null);
      known.push(stated?.facts?.[relation] ?? null);
    }
    return { line, kind };
  });
  return { lines: checked, counts, handles, known };
}
