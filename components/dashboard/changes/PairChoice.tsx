import { useId } from 'react';
import { i18n } from '#i18n';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import type { Snapshot } from '../../../lib/model/snapshot.ts';
import { listTitle } from '../../../lib/words/lists.ts';
import { stateName } from '../../../lib/words/names.ts';
import { count } from '../../../lib/words/numbers.ts';
import { useNow } from '../../hooks/useNow.ts';

interface PairChoiceProps {
  /** Oldest first. */
  readonly lists: readonly Snapshot[];
  readonly older: Snapshot;
  readonly newer: Snapshot;
  /** Opens a list, compared with another. */
  readonly onPair: (open: SnapshotId, other: SnapshotId) => void;
}

/** Which two lists are compared. */
export function PairChoice({ lists, older, newer, onPair }: PairChoiceProps) {
  return (
    <div className="changes-pair">
      <Choice
        label={i18n.t('changes.older')}
        lists={lists.filter(({ id }) => id !== newer.id)}
        chosen={older}
        onList={(id) => {
          onPair(newer.id, id);
        }}
      />
      <Choice
        label={i18n.t('changes.newer')}
        lists={lists.filter(({ id }) => id !== older.id)}
        chosen={newer}
        onList={(id) => {
          onPair(id, older.id);
        }}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly lists: readonly Snapshot[];
  readonly chosen: Snapshot;
  readonly onList: (id: SnapshotId) => void;
}

function Choice({ label, lists, chosen, onList }: ChoiceProps) {
  const id = useId();
  const now = useNow(60_000);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={chosen.id}
        onChange={({ target }) => {
          const found = lists.find((one) => one.id === target.value);
          if (found !== undefined) onList(found.id);
        }}
      >
        {lists.map((one) => (
          <option key={one.id} value={one.id}>
            {i18n.t('changes.list_option', {
              list: listTitle(one, now),
              state: stateName(one.state),
              n: count(one.rows),
            })}
          </option>
        ))}
      </select>
    </div>
  );
}
