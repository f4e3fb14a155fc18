/** Which accounts meet the filters of a query that refer to other lists: one byte per account of the list. */
import type { ListSets } from '../sets/list-sets.ts';
import { statusAt, type Statements } from '../sets/classify.ts';
import { ABSENT } from '../sets/join.ts';
import type { SnapshotId } from '../model/ids.ts';
import type { Condition } from './conditions.ts';
import type { ListFilters } from './query.ts';

export type ComparedCondition = Extract<Condition, { kind: 'compared' }>;

/** The accounts that are in a list, by position; 1 is yes. */
export interface SetMarks {
  readonly inList: ReadonlyMap<SnapshotId, Uint8Array>;
  /** The accounts that meet a comparison, by the condition as text. */
  readonly compared: ReadonlyMap<string, Uint8Array>;
}

/** The key of a condition in {@link SetMarks.compared}. */
export function comparedKey(condition: ComparedCondition): string {
  return JSON.stringify(condition);
}

function marksOf(statements: Statements, { statuses, certain }: ComparedCondition): Uint8Array {
  const wanted = new Set(statuses);
  const marks = new Uint8Array(statements.status.length);
  for (let at = 0; at < marks.length; at += 1) {
    const isCertain = statements.doubts[at] === 0;
    if (wanted.has(statusAt(statements, at)) && (certain === null || certain === isCertain)) marks[at] = 1;
  }
  return marks;
}

/**
 * Reads what the filters of a query need of other lists.
 * @throws ListGoneError if one was deleted; `signal.reason` if it is aborted
 */
export async function setMarksFor(
  sets: ListSets,
  id: SnapshotId,
  { inLists, notInLists, conditions }: Pick<ListFilters, 'inLists' | 'notInLists' | 'conditions'>,
  signal: AbortSignal,
): Promise<SetMarks> {
  const inList = new Map<SnapshotId, Uint8Array>();
  for (const other of new Set([...inLists, ...notInLists])) {
    const { positions } = await sets.shared(id, other, signal);
    inList.set(
      other,
      Uint8Array.from(positions, (position) => (position === ABSENT ? 0 : 1)),
    );
  }
  const compared = new Map<string, Uint8Array>();
  for (const condition of conditions) {
    if (condition.kind !== 'compared') continue;
    const { older, classified } = await sets.compare(id, condition.with, signal);
    const statements = older.id === id ? classified.older : classified.newer;
    compared.set(comparedKey(condition), marksOf(statements, condition));
  }
  return { inList, compared };
}
