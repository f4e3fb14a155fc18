import { useId } from 'react';
import { i18n } from '#i18n';
import { MOST_LISTS } from '../../../lib/model/most-lists.ts';
import type { SnapshotId } from '../../../lib/model/ids.ts';
import { collectedNothing, type Snapshot } from '../../../lib/model/snapshot.ts';
import { listTitle } from '../../../lib/words/lists.ts';
import { profileName } from '../../../lib/words/names.ts';
import { useSnapshots } from '../../hooks/useDatabase.ts';
import { useNow } from '../../hooks/useNow.ts';
import { profileKey, profilesOf } from '../list-groups.ts';
import type { EditorProps } from './editors.tsx';

interface ProfileLists {
  readonly title: string;
  readonly lists: readonly Snapshot[];
}

/** The lists with accounts, under their profiles. */
function groupsOf(snapshots: readonly Snapshot[]): readonly ProfileLists[] {
  const lists = snapshots.filter((list) => !collectedNothing(list));
  return Array.from(profilesOf(lists), ([key, { name, platform, handle }]) => ({
    title: name ?? profileName(platform, handle),
    lists: lists.filter((list) => profileKey(list) === key),
  }));
}

/** One or several lists: a field for each, and an empty one that adds another. */
export function ListsEditor({ label, value, onValue }: EditorProps<readonly SnapshotId[]>) {
  const id = useId();
  const snapshots = useSnapshots();
  const groups = groupsOf(snapshots ?? []);
  const fields: readonly (SnapshotId | null)[] = value.length < MOST_LISTS ? [...value, null] : value;
  const choose = (at: number, chosen: SnapshotId | null): void => {
    const next = [...value];
    if (chosen === null) next.splice(at, 1);
    else next[at] = chosen;
    onValue(Array.from(new Set(next)));
  };
  return (
    <div className="field" role="group" aria-labelledby={id} aria-busy={snapshots === undefined}>
      <span id={id} className="label">
        {label}
      </span>
      {fields.map((list, at) => (
        <ListField
          key={at}
          label={i18n.t('filter.list_number', { field: label, n: at + 1 })}
          groups={groups}
          list={list}
          isFirst={at === 0}
          onList={(chosen) => {
            choose(at, chosen);
          }}
        />
      ))}
    </div>
  );
}

interface ListFieldProps {
  readonly label: string;
  readonly groups: readonly ProfileLists[];
  readonly list: SnapshotId | null;
  readonly isFirst: boolean;
  readonly onList: (list: SnapshotId | null) => void;
}

function ListField({ label, groups, list, isFirst, onList }: ListFieldProps) {
  const now = useNow(60_000);
  const all = groups.flatMap(({ lists }) => lists);
  const isKnown = list === null || all.some(({ id }) => id === list);
  return (
    <select
      className="select"
      aria-label={label}
      value={list ?? ''}
      onChange={({ target }) => {
        onList(all.find(({ id }) => id === target.value)?.id ?? null);
      }}
    >
      <option value="">{i18n.t(isFirst ? 'filter.choose_list' : 'filter.another_list')}</option>
      {!isKnown && <option value={list}>{i18n.t('sets.unknown_list')}</option>}
      {groups.map(({ title, lists }) => (
        <optgroup key={lists[0]?.id ?? title} label={title}>
          {lists.map((one) => (
            <option key={one.id} value={one.id}>
              {listTitle(one, now)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
