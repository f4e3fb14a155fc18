import { startTransition } from 'react';
import { i18n } from '#i18n';
import { noFilters, wholeList } from '../../../lib/lists/query.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { byStart } from '../../../lib/sets/comparable.ts';
import type { Status } from '../../../lib/sets/statuses.ts';
import { useComparisons } from '../../hooks/useChanges.ts';
import { useSnapshots } from '../../hooks/useDatabase.ts';
import { addressOfList } from '../address.ts';
import { listsOfProfile, usualOther } from '../changes/profile-lists.ts';
import { PairChoice } from '../changes/PairChoice.tsx';
import { StatusTable } from '../changes/StatusTable.tsx';
import { Timeline, TIMELINE_LENGTH } from '../changes/Timeline.tsx';
import '../../styles/changes.css';
import type { TabProps } from './tab.ts';

/** How the list differs from another of the same profile, and how the profile's lists follow each other. */
export default function ChangesTab({ snapshot, list, other: chosen, onList }: TabProps) {
  const all = useSnapshots();
  const lists = listsOfProfile(snapshot, all ?? []);
  const other = lists.find(({ id }) => id === chosen && id !== snapshot.id) ?? usualOther(lists, snapshot);
  const steps = lists.slice(-TIMELINE_LENGTH);
  const reader = list.opened?.reader ?? null;
  const changesOf = useComparisons(reader, [
    ...(other === undefined ? [] : [[snapshot, other] as const]),
    ...steps.slice(1).flatMap((list, at) => {
      const before = steps[at];
      return before === undefined ? [] : [[before, list] as const];
    }),
  ]);
  if (all === undefined) return <div aria-busy="true" />;
  if (other === undefined) return <p className="changes-none">{i18n.t('changes.only_one')}</p>;
  const [older, newer] = byStart(other, snapshot) < 0 ? [other, snapshot] : [snapshot, other];
  const { changes, error } = changesOf(snapshot.id, other.id);
  const show = (id: SnapshotId, status: Status, certain: boolean | null): void => {
    const compared = {
      kind: 'compared',
      with: id === older.id ? newer.id : older.id,
      statuses: [status],
      certain,
    } as const;
    const query = { ...wholeList, filters: { ...noFilters, conditions: [compared] } };
    // The table is drawn in parts, so that the page stays responsive.
    startTransition(() => {
      onList({ ...addressOfList(id), query });
    });
  };
  const compare = (open: SnapshotId, wanted: SnapshotId): void => {
    onList({ ...addressOfList(open), tab: 'changes', other: wanted });
  };
  return (
    <div className="changes">
      <PairChoice lists={lists} older={older} newer={newer} onPair={compare} />
      {error !== null && (
        <p className="error-text" role="alert">
          {i18n.t('list.reading_failed', { why: error })}
        </p>
      )}
      {changes === null ? (
        error === null && <p aria-busy="true">{i18n.t('changes.comparing')}</p>
      ) : (
        <StatusTable changes={changes} onShow={show} />
      )}
      <Timeline lists={steps} hidden={lists.length - steps.length} changesOf={changesOf} onPair={compare} />
    </div>
  );
}
