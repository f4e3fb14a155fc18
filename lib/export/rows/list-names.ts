/** How files call a list: the same in every language, and without the characters that separate names. */
import type { Snapshot } from '../../model/snapshot.ts';

type Named = Pick<Snapshot, 'id' | 'handle' | 'relation' | 'startedAt' | 'createdAt' | 'rows' | 'state'>;

/** Between the names of lists. No name contains it: handles consist of letters, digits, `_`, and `.`. */
export const BETWEEN_NAMES = '; ';

function nameOf({ handle, relation, startedAt, createdAt }: Named): string {
  return `${handle} ${relation} ${new Date(startedAt ?? createdAt).toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

/** `nasa followers 2026-11-21T14:05:09Z` for each list, with its ID if it isn't the only one of that second. */
export function namesOfLists(lists: readonly Named[]): readonly string[] {
  const names = lists.map(nameOf);
  return lists.map((list, index) => {
    const name = names[index] ?? '';
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${list.id}`;
  });
}

/** Each list for the receipt: its name, how many accounts it has, how it ended, and its ID. */
export function listsInReceipt(lists: readonly Named[]): string[] {
  const names = namesOfLists(lists);
  return lists.map(({ id, rows, state }, index) => {
    const outcome = state.kind === 'ended' ? state.outcome.kind : state.kind;
    return `${names[index] ?? ''} (${String(rows)} ${outcome} ${id})`;
  });
}
